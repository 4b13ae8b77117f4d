import Foundation
import Wamid
import XCTest

/// What a user has to go by when a call fails.
final class ErrorsTests: SandboxTests {
    func testARefusalOfMetasHasItsCodeItsWordsAndWhatBecameOfTheMessage() async throws {
        let client = try sandbox.gateway()
        let error = try await failure {
            _ = try await client.sendMessage(phone: Sandbox.magic(131047), message: "Again", reference: "A-1042")
        }
        guard case .Rejected = error else { return XCTFail("\(error)") }
        XCTAssertEqual(error.kind, "rejected")
        XCTAssertEqual(error.code, 131047)
        XCTAssertEqual(error.reference, "A-1042")
        XCTAssertNotNil(error.details)
        XCTAssertNotNil(error.traceId)
        XCTAssertEqual(error.attempts, 1)
        XCTAssertFalse(error.maybeSent || error.retryable)
        XCTAssertEqual(error.localizedDescription, error.detail)
        XCTAssertTrue("\(error)".contains(error.detail), "\(error)")
    }

    func testAThrottledSendSaysWhenToComeBack() async throws {
        let client = try sandbox.cloud(ClientOptions(maxRetries: 0))
        let error = try await failure {
            _ = try await client.sendMessage(phone: Sandbox.magic(900024), message: "Hello")
        }
        guard case .RateLimited = error else { return XCTFail("\(error)") }
        XCTAssertEqual(error.status, 429)
        XCTAssertEqual(error.retryAfter, 1)
        XCTAssertTrue(error.retryable)
    }

    func testALostAnswerIsUnknown() async throws {
        let client = try sandbox.cloud()
        let error = try await failure {
            _ = try await client.sendMessage(phone: Sandbox.magic(900003), message: "Hello")
        }
        guard case .Connection = error else { return XCTFail("\(error)") }
        XCTAssertTrue(error.maybeSent)
    }

    func testOptionsThatNoTypeOfTheCoreHoldsAreRefusedByName() async throws {
        let wrong: [(String, ClientOptions)] = [
            ("timeout", ClientOptions(timeout: -1)),
            ("connect_timeout", ClientOptions(connectTimeout: .nan)),
            ("total_timeout", ClientOptions(totalTimeout: .infinity)),
            ("max_retries", ClientOptions(maxRetries: -1)),
            ("pool_max_idle", ClientOptions(poolMaxIdle: -1)),
            ("max_connections", ClientOptions(maxConnections: 0)),
        ]
        for (field, options) in wrong {
            let error = try await failure {
                _ = try Client.gateway(baseUrl: "https://example.com", apiKey: "KEY", options: options)
            }
            XCTAssertEqual(error.field, field)
        }
    }

    func testThisLibraryHasNoStoreAndSaysSo() async throws {
        let error = try await failure {
            _ = try Client.cloud(
                accessToken: "TOKEN", phoneNumberId: "1066", options: ClientOptions(store: "sqlite::memory:"))
        }
        guard case .Unsupported = error else { return XCTFail("\(error)") }
        XCTAssertEqual(error.field, "store")
        let client = try sandbox.cloud()
        let chats = try await failure { _ = try await client.chats() }
        XCTAssertEqual(chats.kind, "unsupported")
        // What can be done here, and not what another package could do.
        XCTAssertTrue(chats.detail.contains("gateway client") && !chats.detail.contains("sqlite"), chats.detail)
    }

    func testOptionsDoNotShowTheirSecrets() {
        let options = ClientOptions(maxRetries: 7, proxy: "http://user:proxy-hush@127.0.0.1:1", appSecret: "app-hush")
        var dumped = ""
        dump(options, to: &dumped)
        dump(["options": options], to: &dumped)
        let mirrored = Mirror(reflecting: options).children.map { "\($0)" }.joined()
        let described = String(describing: options)
        let failed = "\(WamidError.InvalidInput(failure: Failure(kind: "", detail: "", retryable: false, maybeSent: false, attempts: 0)))"
        for shown in [described, String(reflecting: options), "\(Optional(options) as Any)", dumped, mirrored, failed] {
            XCTAssertFalse(shown.contains("hush"), shown)
        }
        XCTAssertEqual(described, #"ClientOptions(maxRetries: 7, proxy: ***, appSecret: ***)"#)
        XCTAssertTrue(dumped.contains("***") && dumped.contains("7"), dumped)
    }
}
