import Foundation
import Wamid
import XCTest

/// Tasks that are cancelled in any stage of their calls, at any moment: a thousand of them, with one seed.
final class CancelAnywhereTests: XCTestCase {
    /// The clients that the calls are made with. They are the same from the first call to the last.
    private struct Clients: Sendable {
        let plain, narrow, paced, unconnected: Client

        init(_ host: StagedHost, _ full: FullHost) throws {
            // However slow the machine is, nothing ends but what is cancelled.
            func client(_ url: String, _ maxConnections: Int64, _ maxPerSecond: Double? = nil) throws -> Client {
                try .cloud(
                    accessToken: "TOKEN", phoneNumberId: "1066",
                    options: ClientOptions(
                        timeout: 900, connectTimeout: 900, totalTimeout: 900, maxPerSecond: maxPerSecond,
                        maxConnections: maxConnections, graphUrl: url))
            }
            plain = try client(host.url, 64)
            narrow = try client(host.url, 1)
            paced = try client(host.url, 64, 0.001)
            unconnected = try client(full.url, 64)
        }
    }

    /// A way into a stage. `most` is how often a text of such a call may reach the host, `mostLater` where it was not cancelled
    /// before the call was made again.
    private struct Stage: Sendable {
        let name: String
        let most: Int
        var mostLater: Int { name == "busy" ? 3 : most }
        let call: @Sendable (Clients, _ text: String) async throws -> Void
    }

    private static let phone = Sandbox.phone
    /// More than the host has read when the call is cancelled.
    private static let file: String = {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("wamid-\(UUID().uuidString).txt")
        _ = FileManager.default.createFile(atPath: file.path, contents: Data(repeating: 120, count: 8_000_000))
        return file.path
    }()

    override class func tearDown() {
        try? FileManager.default.removeItem(atPath: file)
        super.tearDown()
    }

    private static func many(_ text: String) -> [Message] { (0..<8).map { _ in Message(to: phone, .text(text)) } }

    private static let stages: [Stage] = [
        Stage(name: "connecting", most: 0) { _ = try await $0.unconnected.sendMessage(phone: phone, message: $1) },
        Stage(name: "waiting for a slot", most: 0) { _ = try await $0.narrow.sendMessage(phone: phone, message: $1) },
        Stage(name: "waiting for its turn", most: 0) { _ = try await $0.paced.sendMessage(phone: phone, message: $1) },
        Stage(name: "silent", most: 1) { _ = try await $0.plain.sendMessage(phone: phone, message: $1) },
        Stage(name: "busy", most: 1) { _ = try await $0.plain.sendMessage(phone: phone, message: $1) },
        Stage(name: "taken", most: 1) { _ = try await $0.plain.sendMessage(phone: phone, message: $1) },
        Stage(name: "an upload", most: 0) {
            _ = try await $0.plain.uploadMedia(file: file, mimeType: "text/plain", filename: $1) { _ in }
        },
        Stage(name: "a download", most: 0) { clients, _ in _ = try await clients.plain.downloadMedia("1") { _ in } },
        Stage(name: "silent, many", most: 2) { _ = try await $0.plain.sendMany(sends: many($1), concurrency: 2) { _ in } },
        Stage(name: "taken, many", most: 8) {
            _ = try await $0.plain.sendMany(sends: many($1), concurrency: 2) { _ in usleep(1_000) }
        },
        Stage(name: "silent, each", most: 3) {
            for try await _ in $0.plain.sendEach(many($1), concurrency: 3) {}
            try Task.checkCancellation()
        },
        // Children of one task, each of which is cancelled with it.
        Stage(name: "silent, a group", most: 3) { clients, text in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 { group.addTask { _ = try await clients.plain.sendMessage(phone: phone, message: text) } }
                try await group.waitForAll()
            }
        },
        // One child fails, which cancels the others.
        Stage(name: "silent, a group that fails", most: 2) { clients, text in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 { group.addTask { _ = try await clients.plain.sendMessage(phone: phone, message: text) } }
                group.addTask { throw CancellationError() }
                try await group.next()
                try await group.waitForAll()
            }
        },
        Stage(name: "silent, a child", most: 1) { clients, text in
            async let receipt = clients.plain.sendMessage(phone: phone, message: text)
            _ = try await receipt
        },
        // What is detached is cancelled by itself alone.
        Stage(name: "silent, detached", most: 1) { clients, text in
            let call = Task.detached { try await clients.plain.sendMessage(phone: phone, message: text) }
            _ = try await withTaskCancellationHandler { try await call.value } onCancel: { call.cancel() }
        },
    ]

    func testAThousandTasksCancelledAnywhereSendNothingLaterAndLeaveNothingBehind() async throws {
        let (host, full) = (try StagedHost(), try FullHost())
        var moments = Moments(state: 17)
        var clients: Clients? = try Clients(host, full)
        let (plain, narrow, paced) = (clients!.plain, clients!.narrow, clients!.paced)
        weak var gone = clients!.unconnected
        // Both the only connection and the only turn are taken.
        let holder = Task { try await narrow.sendMessage(phone: Sandbox.phone, message: "silent holder") }
        _ = try await paced.sendMessage(phone: Sandbox.phone, message: "taken first")
        try await until("the connection is taken") { host.times("silent holder") == 1 }

        var begun: [(text: String, most: Int)] = []
        var before = 0
        for wave in 0..<24 {
            try await withThrowingTaskGroup(of: (String, Int).self) { [clients] group in
                for number in wave * 42..<(wave + 1) * 42 {
                    let (stage, moment) = (Self.stages[number % Self.stages.count], moments.next() % 16)
                    let text = "\(stage.name), no. \(number)"
                    group.addTask {
                        let took = try await CancelAnywhereTests.cancelled(stage, clients!, text, after: moment)
                        return (text, took < StagedHost.busy ? stage.most : stage.mostLater)
                    }
                }
                for try await each in group { begun.append(each) }
            }
            if wave == 1 { before = try openFiles() }
        }

        // What is still to go out again after a refusal would have done so by then.
        let later = Date()
        for number in 0..<20 { _ = try await plain.sendMessage(phone: Sandbox.phone, message: "taken later \(number)") }
        try await until("it is time") { Date().timeIntervalSince(later) > StagedHost.busy + 0.5 }
        for (text, most) in begun { XCTAssertLessThanOrEqual(host.times(text), most, text) }

        holder.cancel()
        _ = await holder.result
        _ = try await narrow.sendMessage(phone: Sandbox.phone, message: "taken by the same client")
        let idle = 64 + 1 + 1
        try await until("no connection of a cancelled call is open") { host.open <= idle }
        try await until("no file is") { try self.openFiles() <= before + 2 * idle }
        clients = nil
        try await until("a client that nobody holds is gone") { gone == nil }
        host.stop()
    }

    /// Begins a call in a task of its own, and cancels it some milliseconds later. Answers the seconds that it took.
    private static func cancelled(
        _ stage: Stage, _ clients: Clients, _ text: String, after moment: UInt64
    ) async throws -> TimeInterval {
        let begun = Date()
        let task = Task { try await stage.call(clients, text) }
        if moment > 1 { try await Task.sleep(nanoseconds: moment * 1_000_000) }
        task.cancel()
        if case .failure(let error) = await task.result, !(error is CancellationError || error is SendManyCancelled) {
            throw Failed(what: "\(text): \(error)")
        }
        return Date().timeIntervalSince(begun)
    }

    func testWhatACallHeldIsGoneWithItAndTheClientWithItsLastCall() async throws {
        let host = try StagedHost()
        for _ in 0..<20 {
            weak var client: Client?
            weak var told: Listener?
            var task: Task<Void, Error>?
            do {
                let made = try Client.cloud(
                    accessToken: "TOKEN", phoneNumberId: "1066", options: ClientOptions(graphUrl: host.url))
                let listens = Listener()
                (client, told) = (made, listens)
                task = Task { _ = try await made.downloadMedia("1") { _ in listens.tell() } }
            }
            // Only the call holds the client now.
            try await until("it is told of") { told?.isTold ?? false }
            XCTAssertNotNil(client)
            task?.cancel()
            _ = await task?.result
            task = nil
            try await until("all is gone") { client == nil && told == nil }
        }
        try await until("no connection of a client that is gone is open") { host.open == 0 }
        host.stop()
    }

    private func openFiles() throws -> Int {
        #if os(Linux)
        return try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        #else
        return 0
        #endif
    }
}

/// Notes that it was told.
private final class Listener: @unchecked Sendable {
    private let lock = NSLock()
    private var told = false

    func tell() { lock.withLock { told = true } }
    var isTold: Bool { lock.withLock { told } }
}

/// Numbers that look random, and are the same in each run.
private struct Moments: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 33
    }
}
