import Foundation

/// Tells a closure how far many sends, or a file, have come: on a queue of its own, where it may take its time, and only the latest.
final class Telling<Progress: Sendable>: @unchecked Sendable {
    private let report: @Sendable (Progress) -> Void
    private let queue = DispatchQueue(label: "wamid.progress")
    private let lock = NSLock()
    // Under the lock.
    private var latest: Progress?
    private var busy = false
    private var ending: CheckedContinuation<Void, Never>?

    init(_ report: @escaping @Sendable (Progress) -> Void) {
        self.report = report
    }

    func put(_ progress: Progress) {
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

    private func next() -> Progress? {
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

extension Telling: ProgressListener where Progress == SendProgress {
    func progress(progress: SendProgress) { put(progress) }
}

extension Telling: TransferListener where Progress == TransferProgress {
    func progress(progress: TransferProgress) { put(progress) }
}
