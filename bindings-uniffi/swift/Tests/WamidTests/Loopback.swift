import Foundation

#if canImport(Glibc)
import Glibc
let streamType = Int32(SOCK_STREAM.rawValue)
let bothWays = Int32(SHUT_RDWR)
#else
import Darwin
let streamType = SOCK_STREAM
let bothWays = SHUT_RDWR
#endif

/// A socket that listens on loopback, and its address.
func listening(backlog: Int32) throws -> (socket: Int32, address: sockaddr_in) {
    let listener = socket(AF_INET, streamType, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = withUnsafeMutablePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(listener, $0, size) == 0 && listen(listener, backlog) == 0 && getsockname(listener, $0, &size) == 0
        }
    }
    guard bound else { throw Failed(what: "no socket: \(errno)") }
    return (listener, address)
}

func url(of address: sockaddr_in) -> String { "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))" }
