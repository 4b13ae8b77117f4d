import Foundation

#if canImport(Glibc)
import Glibc
private let stream = Int32(SOCK_STREAM.rawValue)
#else
import Darwin
private let stream = SOCK_STREAM
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
        let listener = socket(AF_INET, stream, 0)
        self.listener = listener
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard bound else { throw Failed(what: "no socket: \(errno)") }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
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
