import Foundation

extension ClientProtocol {
    /// Sends each message as it comes, some at a time, and tells each outcome with the index of its message as it ends, in no
    /// certain order: for more messages than an array should hold, or that come one by one.
    ///
    /// Nothing begins before it is gone through. Leaving the loop, or cancelling its task, sends nothing more. Where `sends`
    /// fails, what is under way is told before its error.
    ///
    /// ```swift
    /// for try await (index, outcome) in client.sendEach(rows) {
    ///     print(index, outcome)
    /// }
    /// ```
    ///
    /// - Parameters:
    ///   - sends: What to send. It is asked for the next when another may be held.
    ///   - concurrency: How many have been taken from `sends` and are not told yet, at most; at least 1, 64 where absent. So a
    ///     slow loop slows `sends`; no send that is under way is slowed by it.
    /// - Throws: What `sends` throws, and ``WamidError`` where `concurrency` is not sound.
    public func sendEach<Sends: AsyncSequence & Sendable>(_ sends: Sends, concurrency: Int64? = nil) -> SentEach
    where Sends.Element == Message {
        SentEach(send: sending, concurrency: concurrency) { take in
            for try await send in sends { if await !take(send) { return } }
        }
    }

    /// The same for messages of an array, or of anything else that can be gone through.
    public func sendEach<Sends: Sequence & Sendable>(_ sends: Sends, concurrency: Int64? = nil) -> SentEach
    where Sends.Element == Message {
        SentEach(send: sending, concurrency: concurrency) { take in
            for send in sends { if await !take(send) { return } }
        }
    }

    private var sending: @Sendable (Message) async throws -> Receipt {
        if let client = self as? Client { return { try await client.sendApart($0) } }
        return { try await self.send($0) }
    }
}

/// The outcomes of sends as they end, each with the index of its message.
public struct SentEach: AsyncSequence, Sendable {
    /// The index of a message among those that were sent, from 0, and how it ended.
    public typealias Element = (index: Int, outcome: Outcome)

    typealias Take = @Sendable (Message) async -> Bool

    let send: @Sendable (Message) async throws -> Receipt
    let concurrency: Int64?
    /// Hands over one message after the other, until there are no more or one is not taken.
    let source: @Sendable (@escaping Take) async throws -> Void

    init(
        send: @escaping @Sendable (Message) async throws -> Receipt, concurrency: Int64?,
        source: @escaping @Sendable (@escaping Take) async throws -> Void
    ) {
        self.send = send
        self.concurrency = concurrency
        self.source = source
    }

    /// Begins.
    public func makeAsyncIterator() -> Iterator {
        Iterator(of: self)
    }

    /// Goes through the outcomes.
    public struct Iterator: AsyncIteratorProtocol {
        private var outcomes: AsyncThrowingStream<Element, Error>.Iterator
        private let permits: Permits

        init(of all: SentEach) {
            let permits = Permits()
            self.permits = permits
            outcomes = AsyncThrowingStream { told in
                let sending = Task { await all.run(permits, told) }
                told.onTermination = { _ in sending.cancel() }
            }.makeAsyncIterator()
        }

        /// The next outcome; none where all have been told.
        public mutating func next() async throws -> Element? {
            let next = try await outcomes.next()
            if next != nil { permits.give() }
            return next
        }
    }

    private func run(_ permits: Permits, _ told: AsyncThrowingStream<Element, Error>.Continuation) async {
        do {
            let most = Int(clamping: try Wamid.concurrency(asked: concurrency))
            permits.give(most)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (sends, taken) = AsyncStream<Message>.makeStream()
                group.addTask {
                    defer { taken.finish() }
                    // Before a message is asked for, so that no more are held than are allowed.
                    guard await permits.take() else { return }
                    try await source { send in
                        taken.yield(send)
                        return await permits.take()
                    }
                }
                await withTaskGroup(of: Void.self) { under in
                    var begun = 0
                    for await send in sends {
                        // One of those before has been told, or there would be no permit. A group keeps what nobody asks for.
                        if begun >= most { await under.next() }
                        let index = begun
                        begun += 1
                        under.addTask {
                            guard let outcome = await self.outcome(send) else { return }
                            told.yield((index: index, outcome: outcome))
                        }
                    }
                }
                // What the source threw, after what was under way has been told.
                try await group.waitForAll()
            }
            told.finish()
        } catch {
            told.finish(throwing: error)
        }
    }

    /// How a send ended; nothing where it was cancelled.
    private func outcome(_ message: Message) async -> Outcome? {
        do {
            return .sent(receipt: try await send(message))
        } catch let error as WamidError {
            return .failed(error: error)
        } catch {
            return nil
        }
    }
}

/// How many more messages may be taken.
private final class Permits: @unchecked Sendable {
    private let lock = NSLock()
    private var left = 0
    private var ended = false
    private var waiting: CheckedContinuation<Bool, Never>?

    func give(_ more: Int = 1) {
        lock.lock()
        left += more
        let waits = left > 0 ? waiting : nil
        if waits != nil {
            waiting = nil
            left -= 1
        }
        lock.unlock()
        waits?.resume(returning: true)
    }

    /// Waits for a permit; false where the task is cancelled. One waits at a time.
    func take() async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if let taken = takes(continuation) { continuation.resume(returning: taken) }
            }
        } onCancel: {
            end()
        }
    }

    private func takes(_ continuation: CheckedContinuation<Bool, Never>) -> Bool? {
        lock.lock()
        defer { lock.unlock() }
        if ended { return false }
        if left > 0 {
            left -= 1
            return true
        }
        waiting = continuation
        return nil
    }

    private func end() {
        lock.lock()
        ended = true
        let waits = waiting
        waiting = nil
        lock.unlock()
        waits?.resume(returning: false)
    }
}
