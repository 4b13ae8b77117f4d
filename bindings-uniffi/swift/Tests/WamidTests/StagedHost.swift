import Foundation

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A host that leaves a call in the stage that the call names, and counts what reached it.
///
/// A text begins with the stage: `silent` is never answered, `busy` is told to wait two seconds, any other is taken. An upload is read
/// a little at a time, and a download is written so: neither comes to its end.
final class StagedHost: @unchecked Sendable {
    /// How long a caller is to wait that is told so, in seconds.
    static let busy: TimeInterval = 2

    private let listener: Int32
    let url: String
    private let lock = NSLock()
    // Under the lock.
    private var texts: [String: Int] = [:]
    private var connections: Set<Int32> = []

    init() throws {
        let (listener, address) = try listening(backlog: 512)
        self.listener = listener
        url = WamidTests.url(of: address)
        Thread.detachNewThread { [self] in
            while true {
                let caller = accept(listener, nil, nil)
                if caller < 0 { return }
                lock.withLock { _ = connections.insert(caller) }
                Thread.detachNewThread { [self] in
                    answer(Caller(caller))
                    lock.withLock { _ = connections.remove(caller) }
                    close(caller)
                }
            }
        }
    }

    /// How often a text has come whole.
    func times(_ text: String) -> Int { lock.withLock { texts[text] ?? 0 } }

    /// How many messages have come whole.
    var arrived: Int { lock.withLock { texts.values.reduce(0, +) } }

    /// How many connections are open.
    var open: Int { lock.withLock { connections.count } }

    func stop() {
        shutdown(listener, bothWays)
        close(listener)
        lock.withLock { connections.forEach { shutdown($0, bothWays) } }
    }

    private func answer(_ caller: Caller) {
        while let request = caller.line() {
            var length = 0
            while let header = caller.line(), !header.isEmpty {
                if header.lowercased().hasPrefix("content-length:") { length = Int(header.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0 }
            }
            if request.contains("/messages") {
                guard message(caller, length) else { return }
            } else if request.hasPrefix("POST") {
                while caller.read(1) != nil { usleep(2_000) }
                return
            } else if request.contains("/file") {
                guard caller.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 50000000\r\n\r\n") else { return }
                while caller.write(String(repeating: "x", count: 512)) { usleep(2_000) }
                return
            } else {
                let hash = String(repeating: "0", count: 64)
                guard caller.reply("200 OK", #"{"url":"\#(url)/file","mime_type":"text/plain","sha256":"\#(hash)","file_size":50000000,"id":"1","messaging_product":"whatsapp"}"#)
                else { return }
            }
        }
    }

    /// Answers a message; false where there is nothing more to do for this caller.
    private func message(_ caller: Caller, _ length: Int) -> Bool {
        guard let body = caller.read(length) else { return false }
        let text = body.components(separatedBy: #""body":""#).dropFirst().first?.prefix { $0 != "\"" } ?? ""
        lock.withLock { texts[String(text), default: 0] += 1 }
        if text.hasPrefix("silent") {
            while caller.read(1) != nil {}
            return false
        }
        if text.hasPrefix("busy") { return caller.reply("429 Too Many Requests", #"{"busy":true}"#, "Retry-After: \(Int(StagedHost.busy))\r\n") }
        return caller.reply("200 OK", #"{"messaging_product":"whatsapp","contacts":[],"messages":[{"id":"wamid.A"}]}"#)
    }
}

/// One connection of a caller's, used by one thread.
private final class Caller {
    private let socket: Int32
    private var buffer: [UInt8] = []

    init(_ socket: Int32) { self.socket = socket }

    private func more() -> Bool {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &bytes, bytes.count, 0)
        guard count > 0 else { return false }
        buffer += bytes[..<count]
        return true
    }

    func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<end], as: UTF8.self).trimmingCharacters(in: .newlines)
                buffer.removeFirst(end + 1)
                return line
            }
            if !more() { return nil }
        }
    }

    func read(_ length: Int) -> String? {
        while buffer.count < length { if !more() { return nil } }
        defer { buffer.removeFirst(length) }
        return String(decoding: buffer[..<length], as: UTF8.self)
    }

    func write(_ text: String) -> Bool {
        #if canImport(Glibc)
        return send(socket, text, text.utf8.count, Int32(MSG_NOSIGNAL)) == text.utf8.count
        #else
        return send(socket, text, text.utf8.count, 0) == text.utf8.count
        #endif
    }

    func reply(_ status: String, _ body: String, _ headers: String = "") -> Bool {
        write("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\n\(headers)Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
}

/// An address that takes no connection, and refuses none: the queue of its listener is full.
final class FullHost: Sendable {
    private let listener: Int32
    private let queued: [Int32]
    let url: String

    init() throws {
        let (listener, address) = try listening(backlog: 1)
        var queued: [Int32] = []
        // The listener has room for two; what comes then waits.
        for _ in 0..<8 {
            let caller = socket(AF_INET, streamType, 0)
            _ = fcntl(caller, F_SETFL, O_NONBLOCK)
            var to = address
            _ = withUnsafePointer(to: &to) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(caller, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
            }
            queued.append(caller)
        }
        (self.listener, self.queued, url) = (listener, queued, WamidTests.url(of: address))
    }

    deinit {
        queued.forEach { close($0) }
        close(listener)
    }
}

/// Waits until something holds.
func until(_ what: String, _ holds: () throws -> Bool) async throws {
    let begun = Date()
    while try !holds() {
        if Date().timeIntervalSince(begun) > 60 { throw Failed(what: "not within a minute: \(what)") }
        try await Task.sleep(nanoseconds: 10_000_000)
    }
}
