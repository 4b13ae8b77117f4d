import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A host on loopback that takes one request, and answers with what it is given or not at all.
final class Silence: @unchecked Sendable {
    private let listener: Int32
    let url: String
    /// The request has come.
    let asked = DispatchSemaphore(value: 0)
    /// The caller has hung up.
    let left = DispatchSemaphore(value: 0)

    init(answer: String? = nil) throws {
        let (listener, address) = try listening(backlog: 1)
        self.listener = listener
        url = WamidTests.url(of: address)
        Thread.detachNewThread { [self] in
            let connection = accept(listener, nil, nil)
            var buffer = [UInt8](repeating: 0, count: 65536)
            while recv(connection, &buffer, buffer.count, 0) > 0 {
                asked.signal()
                if let answer { _ = send(connection, answer, answer.utf8.count, 0) }
            }
            left.signal()
            close(connection)
        }
    }

    deinit { close(listener) }

    /// Waits on a thread that may wait.
    static func wait(for semaphore: DispatchSemaphore) async -> Bool {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: semaphore.wait(timeout: .now() + 20) == .success)
            }
        }
    }
}
