import Foundation

/// Tells a closure how far many sends have come: on a queue of its own, where it may take its time, and only the latest.
final class Telling: ProgressListener, @unchecked Sendable {
    private let report: @Sendable (SendProgress) -> Void
    private let queue = DispatchQueue(label: "wamid.progress")
    private let lock = NSLock()
    // Under the lock.
    private var latest: SendProgress?
    private var busy = false
    private var ending: CheckedContinuation<Void, Never>?

    init(_ report: @escaping @Sendable (SendProgress) -> Void) {
        self.report = report
    }

    func progress(progress: SendProgress) {
        lock.lock()
        latest = progress
        let begins = !busy
        busy = true
        lock.unlock()
        if begins { queue.async { self.tell() } }
    }

    private func tell() {
        while let progress = next() { report(progress) }
    }

    private func next() -> SendProgress? {
        lock.lock()
        let next = latest
        latest = nil
        var ended: CheckedContinuation<Void, Never>?
        if next == nil {
            busy = false
            ended = ending
            ending = nil
        }
        lock.unlock()
        ended?.resume()
        return next
    }

    /// Waits until the last has been told.
    func end() async {
        await withCheckedContinuation { continuation in
            if !waits(continuation) { continuation.resume() }
        }
    }

    private func waits(_ continuation: CheckedContinuation<Void, Never>) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        if busy { ending = continuation }
        return busy
    }
}
