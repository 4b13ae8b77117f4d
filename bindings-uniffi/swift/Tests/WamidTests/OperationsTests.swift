import Foundation
import Wamid
import XCTest

/// The operations, through a gateway and without one.
final class OperationsTests: SandboxTests {
    private let phone = Sandbox.phone

    func testATextThroughAGatewayArrivesAndItsChatSaysWhen() async throws {
        let client = try sandbox.gateway()
        let receipt = try await client.sendMessage(
            phone: phone, message: "Your order is on its way.", reference: "order A-1042")
        XCTAssertTrue(receipt.id.hasPrefix("wamid."), receipt.id)
        XCTAssertEqual(receipt.phone, "919876543210")
        XCTAssertEqual(receipt.reference, "order A-1042")
        XCTAssertTrue(receipt.raw.contains(receipt.id), receipt.raw)
        let chats = try await client.chats()
        let chat = try XCTUnwrap(chats.first { $0.phoneNumber == "919876543210" })
        XCTAssertLessThan(abs(try XCTUnwrap(chat.lastMessageAt).timeIntervalSinceNow), 300)
    }

    func testAllThatALocationAndATemplateHoldArrivesAtMeta() async throws {
        let client = try sandbox.cloud()
        _ = try await client.sendLocation(
            phone: phone, latitude: 28.6139, longitude: 77.2090, name: "Our Office", address: "Connaught Place")
        let pin = try XCTUnwrap(sandbox.lastBody()["location"] as? [String: Any])
        XCTAssertEqual(pin["latitude"] as? Double, 28.6139)
        XCTAssertEqual(pin["longitude"] as? Double, 77.209)
        XCTAssertEqual(pin["name"] as? String, "Our Office")
        XCTAssertEqual(pin["address"] as? String, "Connaught Place")

        let params: [TemplateParameter] = [.text(text: "Asha"), .number(number: 5)]
        _ = try await client.sendTemplate(
            phone: phone, templateName: "order_update", language: "en_US", bodyParams: params)
        let template = try XCTUnwrap(sandbox.lastBody()["template"] as? [String: Any])
        let built = try JSONSerialization.jsonObject(with: Data(buildTemplateComponents(bodyParams: params).utf8))
        XCTAssertEqual(template["components"] as? NSArray, built as? NSArray)
        XCTAssertEqual(template["language"] as? [String: String], ["code": "en_US"])
    }

    func testManyAreAnsweredInTheirOrderEachByItselfAndProgressIsTold() async throws {
        let told = Told<SendProgress>()
        let sends: [Message] = [
            Message(to: phone, .text("one")),
            Message(to: "no number", .text("two")),
            Message(to: phone, .template("hello_world")),
            Message(to: phone, .location(latitude: 1, longitude: 2)),
            Message(to: Sandbox.magic(131047), .text("refused")),
        ]
        let outcomes = try await sandbox.cloud().sendMany(sends: sends, concurrency: 2) { told.add($0) }
        let fields: [String?] = outcomes.map {
            if case .failed(let error) = $0 { return error.field ?? error.kind }
            return nil
        }
        XCTAssertEqual(fields, [nil, "phone", nil, nil, "rejected"])
        XCTAssertEqual(told.last, SendProgress(sent: 3, failed: 2, unknown: 0, left: 0))
    }

    func testWhoIsToldOfTheProgressMayTakeItsTimeAndTheSendsGoOn() async throws {
        let sandbox = try sandbox
        let before = try sandbox.arrived()
        let (told, stands) = (Told<SendProgress>(), DispatchSemaphore(value: 0))
        let sends = (1...20).map { Message(to: phone, .text("slow \($0)")) }
        let many = Task {
            try await sandbox.cloud().sendMany(sends: sends, concurrency: 2) {
                told.add($0)
                // Goes on when all of them have arrived, and not before.
                stands.wait()
                stands.signal()
            }
        }
        while try sandbox.arrived() < before + 20 { await Task.yield() }
        stands.signal()
        let outcomes = try await many.value
        XCTAssertEqual(outcomes.count, 20)
        XCTAssertEqual(told.last, SendProgress(sent: 20, failed: 0, unknown: 0, left: 0))
    }

    func testATransferTellsHowFarItHasCome() async throws {
        let content = Data(repeating: 120, count: 2_000_001)
        let whole = TransferProgress(bytes: 2_000_001, total: 2_000_001)
        for client in [try sandbox.cloud(), try sandbox.gateway()] {
            let (up, down) = (Told<TransferProgress>(), Told<TransferProgress>())
            let id = try await client.uploadMedia(data: content, mimeType: "text/plain") { up.add($0) }
            XCTAssertEqual(up.last, whole)
            let fetched = try await client.downloadMedia(id) { down.add($0) }
            XCTAssertEqual(fetched.data.count, content.count)
            XCTAssertEqual(down.last, whole)
        }
    }

    func testWhatWasSentIsOnRecord() async throws {
        let gateway = try sandbox.gateway()
        let receipt = try await gateway.sendMessage(phone: phone, message: "Hello", reference: "order-43")
        let sends = try await gateway.sends(reference: "order-43")
        let send = try XCTUnwrap(sends.first)
        XCTAssertEqual(send.messageId, receipt.id)
        XCTAssertEqual(send.operation, "text")
        XCTAssertLessThan(abs(send.createdAt.timeIntervalSinceNow), 300)
        let cloud = try sandbox.cloud()
        let error = try await failure { _ = try await cloud.sends() }
        XCTAssertEqual(error.field, "store")
    }

    func testSomethingElseCanStandInTheClientsPlace() async throws {
        struct Canned: ClientProtocol {
            func send(_ message: Message) async throws -> Receipt {
                let id = message.replyTo ?? "wamid.A"
                return Receipt(id: id, phone: message.phone, waId: nil, userId: nil, address: nil, status: nil, reference: nil, attempts: 1, raw: "{}")
            }
            func chats() async throws -> [Conversation] { [] }
            func sendMany(
                sends: [Message], concurrency: Int64?, progress: (@Sendable (SendProgress) -> Void)?
            ) async throws -> [Outcome] {
                try await sends.asyncMap { .sent(receipt: try await self.send($0)) }
            }
            func receiveWebhook(body: Data, signature: String) async throws -> [Event] { try parseWebhook(body: body) }
        }
        let clients: [any ClientProtocol] = [Canned(), try sandbox.cloud()]
        for client in clients {
            let receipt = try await client.sendMessage(phone: phone, message: "Hello")
            XCTAssertTrue(receipt.id.hasPrefix("wamid."))
            let outcomes = try await client.sendMany(sends: [Message(to: phone, .text("Hello"))])
            XCTAssertEqual(outcomes.count, 1)
        }
    }

    func testResultsCanBeKeptAndTold() async throws {
        let receipt = try await sandbox.cloud().sendMessage(phone: phone, message: "Hello")
        XCTAssertEqual(try kept(receipt), receipt)
        XCTAssertEqual(Set([receipt, receipt]).count, 1)
        let outcomes = try await sandbox.cloud().sendMany(sends: [
            Message(to: phone, .text("one")), Message(to: "nobody", .text("two")),
        ])
        XCTAssertEqual(try kept(outcomes), outcomes)
        let chats = try await sandbox.gateway().chats()
        XCTAssertEqual(try kept(chats), chats)
        let ids: [any Identifiable] = [receipt] + chats
        XCTAssertEqual(ids.count, 1 + chats.count)
        let status = Data(
            #"{"entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.A","status":"sent"}]}}]}]}"#.utf8)
        let events = try parseWebhook(body: status)
        XCTAssertEqual(try kept(events), events)
    }

    private func kept<T: Codable>(_ value: T) throws -> T {
        try JSONDecoder().decode(T.self, from: JSONEncoder().encode(value))
    }

    func testAWebhookIsToldAsTypedEvents() async throws {
        let body = Data(#"{"object":"whatsapp_business_account","entry":[]}"#.utf8)
        let signature = "sha256=d3e4f9da0ce6c71ab3dba55929b8eeeee2455349e534924ead19f98d143e904f"
        XCTAssertTrue(try verifyWebhook(body: body, signature: signature, appSecret: "app-secret"))
        let client = try sandbox.cloud(ClientOptions(appSecret: "app-secret"))
        let received = try await client.receiveWebhook(body: body, signature: signature)
        XCTAssertEqual(received.count, 0)
        let error = try await failure { _ = try await client.receiveWebhook(body: body, signature: "sha256=00") }
        XCTAssertEqual(error.field, "signature")

        let status = Data(
            """
            {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1066"},
            "statuses":[{"id":"wamid.A","status":"delivered","timestamp":"1749416383","recipient_id":"919876543210"}]}}]}]}
            """.utf8)
        guard case .status(let event) = try parseWebhook(body: status).first else { return XCTFail("no status") }
        XCTAssertEqual(event.timestamp, Date(timeIntervalSince1970: 1_749_416_383))
        XCTAssertEqual(event.status, "delivered")
    }

    func testAMessageIsAnsweredAtItsNumberOrItsUserIdAndMarkedAsRead() async throws {
        func inbound(_ names: String) throws -> MessageEvent {
            let body = Data(
                """
                {"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1066"},"messages":[
                {\(names),"id":"wamid.IN","timestamp":"1749416383","type":"text","text":{"body":"Is it open?"}}]}}]}]}
                """.utf8)
            guard case .message(let message)? = try parseWebhook(body: body).first else { throw Failed(what: "no message") }
            return message
        }
        let client = try sandbox.cloud(ClientOptions(defaultCountryCode: "1"))
        for (names, recipient) in [
            (#""from":"4790000011""#, "+4790000011"), (#""from_user_id":"NO.1349120""#, "NO.1349120"),
        ] {
            let event = try inbound(names)
            try await event.markRead(client, typing: true)
            let receipt = try await event.reply(client, .text("Until nine"), reference: "r-1")
            XCTAssertEqual(receipt.reference, "r-1")
            let body = try sandbox.lastBody()
            XCTAssertEqual((body["to"] ?? body["recipient"]) as? String, recipient)
            XCTAssertEqual(body["context"] as? [String: String], ["message_id": "wamid.IN"])
        }
        let group = try inbound(#""from":"4790000011","group_id":"G1""#)
        let error = try await failure { _ = try await group.reply(client, .text("x")) }
        XCTAssertEqual(error.field, "phone")
    }

    func testJsonFormsNameTheirPlaceInTheList() async throws {
        let error = try await failure {
            _ = try buildTemplateComponents(buttons: [
                .url(text: "A-1042"), .fromJson(#"{"sub_type":"copy_code","coupon_code":""}"#),
            ])
        }
        XCTAssertEqual(error.field, "buttons[1].coupon_code")
        let broken = try await failure {
            _ = try buildTemplateComponents(bodyParams: [.text(text: "Asha"), .fromJson("{")])
        }
        XCTAssertEqual(broken.field, "body_params[1]")
    }
}

extension Array {
    fileprivate func asyncMap<T>(_ transform: (Element) async throws -> T) async throws -> [T] {
        var mapped: [T] = []
        for element in self { mapped.append(try await transform(element)) }
        return mapped
    }
}

/// What was told, from whatever thread.
private final class Told<Progress: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var all: [Progress] = []

    func add(_ progress: Progress) {
        lock.withLock { all.append(progress) }
    }

    var last: Progress? { lock.withLock { all.last } }
}
