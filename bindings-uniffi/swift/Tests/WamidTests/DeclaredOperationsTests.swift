import Foundation
import Wamid
import XCTest

/// The operations that are generated: what the conformance cases cannot see.
final class DeclaredOperationsTests: XCTestCase {
    private func client(of host: Silence) throws -> Client {
        try .cloud(accessToken: "TOKEN", phoneNumberId: "1066", options: ClientOptions(graphUrl: host.url))
    }

    func testWhatIsNoJsonIsNamedByItsArgumentBeforeAnythingIsAsked() async throws {
        let host = try Silence()
        let client = try client(of: host)
        let definition = try await failure { _ = try await client.createTemplate(#"{"name": "#) }
        XCTAssertEqual(definition.field, "definition")
        XCTAssertEqual(definition.kind, "invalid_input")
        let query = try await failure { _ = try await client.request(method: "GET", path: "1066", query: "{]") }
        XCTAssertEqual(query.field, "query")
        XCTAssertEqual(host.asked.wait(timeout: .now()), .timedOut)
    }

    func testATemplateMessageIsHeldToATemplateAndNobodyIsAsked() async throws {
        let host = try Silence()
        let client = try client(of: host)
        func template(_ components: String) -> TemplateInfo {
            TemplateInfo(
                id: "1", name: "on_its_way", language: "en_US", status: "APPROVED", category: "UTILITY",
                components: components, raw: "{}")
        }
        let made = template(#"[{"type": "BODY", "text": "Hello {{1}}"}]"#)
        let fits = Content.template("on_its_way", language: "en_US", bodyParams: [.text(text: "Asha")])
        try await client.checkTemplate(content: fits, template: made)
        try await client.checkTemplate(content: .fromJson(fits.toJson()), template: made)
        let misfit = Content.template("on_its_way", language: "en_US")
        let refused = try await failure { try await client.checkTemplate(content: misfit, template: made) }
        XCTAssertEqual(refused.field, "body_params")
        let broken = try await failure { try await client.checkTemplate(content: fits, template: template("{")) }
        XCTAssertEqual(broken.field, "template.components")
        let content = Content.template("on_its_way", components: "{")
        let components = try await failure { try await client.checkTemplate(content: content, template: made) }
        XCTAssertEqual(components.field, "components")
        XCTAssertEqual(host.asked.wait(timeout: .now()), .timedOut)
    }

    func testCancellingATaskHangsUpOnTheRequest() async throws {
        let host = try Silence()
        let client = try client(of: host)
        let task = Task { try await client.markRead("wamid.A", typing: true) }
        let asked = await Silence.wait(for: host.asked)
        XCTAssertTrue(asked)
        task.cancel()
        guard case .failure(let error) = await task.result else { return XCTFail("it answered") }
        XCTAssertTrue(error is CancellationError, "\(error)")
        let left = await Silence.wait(for: host.left)
        XCTAssertTrue(left)
    }

    /// It has what every stand-in must have.
    private struct StandIn: ClientProtocol {
        func send(_ message: Message) async throws -> Receipt { throw CancellationError() }
        func chats() async throws -> [Conversation] { [] }
        func sendMany(
            sends: [Message], concurrency: Int64?, progress: (@Sendable (SendProgress) -> Void)?
        ) async throws -> [Outcome] { [] }
        func receiveWebhook(body: Data, signature: String) async throws -> [Event] { [] }
    }

    /// It has one operation too.
    private struct Blocker: ClientProtocol {
        let others = StandIn()
        func send(_ message: Message) async throws -> Receipt { try await others.send(message) }
        func chats() async throws -> [Conversation] { [] }
        func sendMany(
            sends: [Message], concurrency: Int64?, progress: (@Sendable (SendProgress) -> Void)?
        ) async throws -> [Outcome] { [] }
        func receiveWebhook(body: Data, signature: String) async throws -> [Event] { [] }
        func ask(_ operation: String, arguments: String) async throws -> Answer {
            guard operation == "block_users" else { return .null }
            let failed = Answer.object(members: ["phone": .text(text: arguments), "code": .integer(integer: 131047)])
            return .object(members: ["done": .array(items: []), "failed": .array(items: [failed])])
        }
    }

    func testAStandInHasTheOperationsThatItNeeds() async throws {
        let client: any ClientProtocol = Blocker()
        let blocking = try await client.blockUsers(["1"])
        let failed = BlockFailure(phone: #"{"phones":["1"]}"#, code: 131047)
        XCTAssertEqual(blocking, Blocking(done: [], failed: [failed]))
        XCTAssertEqual(try JSONDecoder().decode(Blocking.self, from: JSONEncoder().encode(blocking)), blocking)
        let unexpected = try await failure { _ = try await client.profile() }
        XCTAssertEqual(unexpected.kind, "unexpected_response")
        let without = try await failure { try await StandIn().markRead("wamid.A") }
        XCTAssertEqual(without.kind, "unsupported")
    }
}
