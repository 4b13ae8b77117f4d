import Foundation
import Wamid
import XCTest

final class CancellationTests: XCTestCase {
    private func client(of host: Silence) throws -> Client {
        try .cloud(accessToken: "TOKEN", phoneNumberId: "1066", options: ClientOptions(graphUrl: host.url))
    }

    func testCancellingATaskHangsUpOnTheRequest() async throws {
        let host = try Silence()
        let client = try client(of: host)
        let task = Task { try await client.sendMessage(phone: Sandbox.phone, message: "Hello") }
        let asked = await Silence.wait(for: host.asked)
        XCTAssertTrue(asked)
        task.cancel()
        await assertCancelled(task)
        let left = await Silence.wait(for: host.left)
        XCTAssertTrue(left)
    }

    func testSoDoesCancellingManyAndWhatIsKnownIsToldAndNothingMoreGoesOut() async throws {
        let host = try Silence()
        let client = try client(of: host)
        let sends = [Message(to: "nobody", .text("Hello"))]
            + (1...3).map { Message(to: Sandbox.phone, .text("Hello \($0)")) }
        let task = Task { try await client.sendMany(sends: sends, concurrency: 1) }
        let asked = await Silence.wait(for: host.asked)
        XCTAssertTrue(asked)
        task.cancel()
        guard case .failure(let error) = await task.result, let cancelled = error as? SendManyCancelled else {
            return XCTFail("it was not cancelled")
        }
        let left = await Silence.wait(for: host.left)
        XCTAssertTrue(left)
        XCTAssertEqual(cancelled.progress, SendProgress(sent: 0, failed: 1, unknown: 1, left: 2))
        guard case .failed(let refused) = cancelled.outcomes[0], case .failed(let unknown) = cancelled.outcomes[1] else {
            return XCTFail("\(cancelled)")
        }
        XCTAssertEqual(refused.field, "phone")
        XCTAssertTrue(unknown.maybeSent)
        XCTAssertEqual(cancelled.outcomes[2...], [nil, nil])
        XCTAssertTrue(cancelled.localizedDescription.contains("1 unknown, 2 not begun"), cancelled.localizedDescription)
    }

    func testATaskCancelledBeforeItBeganSendsNothing() async throws {
        let host = try Silence()
        let client = try client(of: host)
        let task = Task {
            // Until it is cancelled.
            while !Task.isCancelled { await Task.yield() }
            return try await client.sendMessage(phone: Sandbox.phone, message: "Hello")
        }
        task.cancel()
        await assertCancelled(task)
        XCTAssertEqual(host.asked.wait(timeout: .now()), .timedOut)
    }

    func testInstantsKeepTheirMicrosecondsAlsoBefore1970() async throws {
        let rows = ["1969-12-31T23:59:59.500001Z", "1901-01-01T00:00:00Z", "2026-11-22T10:00:00.123456Z"].map {
            #"{"id":1,"phone_number":"919876543210","unread_count":0,"label":null,"last_message_at":"\#($0)"}"#
        }
        let body = #"{"conversations":[\#(rows.joined(separator: ","))]}"#
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        let host = try Silence(answer: head + body)
        let client = try Client.gateway(baseUrl: host.url, apiKey: "KEY")
        let times = try await client.chats().map { try XCTUnwrap($0.lastMessageAt).timeIntervalSince1970 }
        for (came, expected) in zip(times, [-0.499999, -2_177_452_800, 1_795_341_600.123456]) {
            XCTAssertEqual(came, expected, accuracy: 0.0000005)
        }
        XCTAssertEqual(times.count, 3)
    }

    private func assertCancelled<T: Sendable>(_ task: Task<T, Error>) async {
        switch await task.result {
        case .success(let value): XCTFail("it answered \(value)")
        case .failure(let error): XCTAssertTrue(error is CancellationError, "\(error)")
        }
    }
}
