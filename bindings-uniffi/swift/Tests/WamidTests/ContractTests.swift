import Foundation
import Wamid
import XCTest

/// The library against the core's own contract: what one of them has, the other has. Swift cannot ask a function for its
/// arguments, so the sources are read.
final class ContractTests: XCTestCase {
    private func contract() throws -> [String: Any] {
        let environment = ProcessInfo.processInfo.environment
        let project = try XCTUnwrap(environment["WAMID_PROJECT"], "set WAMID_PROJECT to the project's folder")
        let file = URL(fileURLWithPath: project).appendingPathComponent("tests/conformance/contract.json")
        return try XCTUnwrap(JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    }

    private func names(_ list: Any?) throws -> [String] {
        try XCTUnwrap(list as? [String]).map { name in
            let words = name.split(separator: "_")
            return words[0] + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
    }

    private func source(_ name: String) throws -> String {
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let file = package.appendingPathComponent("Sources/Wamid").appendingPathComponent(name)
        // Without what is said between the arguments.
        return try String(contentsOf: file, encoding: .utf8)
            .replacingOccurrences(of: #"(?s)/\*.*?\*/"#, with: "", options: .regularExpression)
    }

    /// The arguments that are declared between `declaration` and the bracket that closes them.
    private func arguments(_ declaration: String, in source: String) throws -> [String] {
        let start = try XCTUnwrap(source.range(of: declaration + "("), "no \(declaration)").upperBound
        var depth = 1
        var list = ""
        for character in source[start...] {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if depth == 0 { break }
            list.append(character)
        }
        let name = try NSRegularExpression(pattern: #"(?:^|,)\s*(?:\w+\s+)?`?(\w+)`?\s*:"#)
        return name.matches(in: list, range: NSRange(list.startIndex..., in: list)).map {
            String(list[Range($0.range(at: 1), in: list)!])
        }
    }

    private func fields(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }

    func testEachOperationHasEachArgument() throws {
        let operations = try XCTUnwrap(contract()["operations"] as? [String: Any])
        let sources = try ["Client.swift", "Sends.swift", "Operations.swift", "Wamid.swift"].map(source)
        for (operation, list) in operations {
            let name = try names([operation])[0]
            // The first that has it: what is asked of a client, what is made of that, and what needs no client.
            let declared = try sources.filter { $0.contains("func \(name)(") }.map { try arguments("func \(name)", in: $0) }
            // A message stands for all of them.
            XCTAssertEqual(try XCTUnwrap(declared.first { $0 != ["message"] }, name), try names(list), name)
        }
    }

    func testAMessageAndTheContentsOfOperationsHaveEachArgument() throws {
        let operations = try XCTUnwrap(contract()["operations"] as? [String: Any])
        let send = try names(operations["send"])
        XCTAssertEqual(fields(Message(to: "", .text(""))), send)
        let contents: [String: Any] = [
            "send_message": Content.Text(""), "send_location": Content.Location(latitude: 0, longitude: 0),
            "send_template": Content.Template(""),
        ]
        for (operation, content) in contents {
            // A content may have more than the call, which stays as the original API has it.
            let own = try names(operations[operation]).filter { !send.contains($0) }
            XCTAssertEqual(Set(own).subtracting(fields(content)), [], operation)
        }
    }

    func testEachKindOfContentIsReadFromJson() throws {
        let types = try XCTUnwrap(contract()["content_types"] as? [String])
        XCTAssertEqual(Content.types, types)
        for type in types {
            // What it misses is a field of its own.
            XCTAssertThrowsError(try Content.fromJson(#"{"type": "\#(type)", "no such": 1}"#)) {
                XCTAssertNotEqual(($0 as? WamidError)?.field ?? "type", "type", type)
            }
        }
        XCTAssertThrowsError(try Content.fromJson(#"{"type": "no such"}"#)) {
            XCTAssertEqual(($0 as? WamidError)?.field, "type")
        }
    }

    func testEachConstructorHasItsArgumentsAndEachOption() throws {
        let clients = try XCTUnwrap(contract()["clients"] as? [String: Any])
        let hosts = ["cloud", "gateway"]
        for host in hosts {
            let expected = try names((clients[host] as? [String: Any])?["arguments"])
            XCTAssertEqual(try arguments("static func \(host)", in: try source("Client.swift")), expected + ["options"])
        }
        let cloud = try names((clients["cloud"] as? [String: Any])?["options"])
        XCTAssertEqual(fields(ClientOptions()), try names(clients["options"]) + cloud)
    }

    func testResultsAndEventsHaveEachField() throws {
        let contract = try contract()
        let (now, none) = (Date(), String?.none)
        let receipt = Receipt(
            id: "", phone: "", waId: none, userId: none, address: none, status: none, reference: none, attempts: 1,
            raw: "")
        XCTAssertEqual(fields(receipt), try names(contract["receipt_fields"]))
        let chat = Conversation(id: 1, phoneNumber: "", address: none, label: nil, unreadCount: 0, lastMessageAt: now)
        XCTAssertEqual(fields(chat), try names(contract["conversation_fields"]))
        XCTAssertEqual(
            fields(SendProgress(sent: 0, failed: 0, unknown: 0, left: 0)), try names(contract["progress_fields"]))
        XCTAssertEqual(
            fields(TransferProgress(bytes: 0, total: nil)), try names(contract["transfer_progress_fields"]))
        let events = try XCTUnwrap(contract["event_fields"] as? [String: Any])
        let message = MessageEvent(
            id: "", timestamp: now, phoneNumberId: "", type: "", redelivered: false, raw: "")
        let echo = EchoEvent(
            id: "", timestamp: now, phoneNumberId: "", type: "", redelivered: false, raw: "")
        let status = StatusEvent(
            id: "", status: "", timestamp: now, phoneNumberId: "", redelivered: false, raw: "")
        let template = TemplateEvent(templateId: "", change: "", raw: "")
        let preference = PreferenceEvent(value: "", timestamp: now, phoneNumberId: "", raw: "")
        let values: [String: Any] = [
            "message": message, "echo": echo, "status": status, "template": template, "preference": preference,
            "other": OtherEvent(field: "", raw: ""),
        ]
        XCTAssertEqual(Set(values.keys), Set(events.keys))
        for (event, value) in values {
            // Which event it is, its case says.
            XCTAssertEqual(fields(value), try names(events[event]).filter { $0 != "event" }, event)
        }
        let parts = try XCTUnwrap(contract["event_parts"] as? [String: Any])
        let some: [String: Any] = [
            "EventMedia": EventMedia(), "EventReply": EventReply(kind: ""), "EventFlow": EventFlow(),
            "EventLocation": EventLocation(), "EventContact": EventContact(), "EventOrder": EventOrder(),
            "EventSystem": EventSystem(), "EventContext": EventContext(), "EventReferral": EventReferral(),
            "EventConversation": EventConversation(), "EventPricing": EventPricing(), "StatusError": StatusError(code: 0),
            "EventReaction": EventReaction(messageId: ""), "Edit": Edit(messageId: ""), "Revoke": Revoke(messageId: ""),
        ]
        for (part, value) in some {
            XCTAssertEqual(fields(value), try names(parts[part]), part)
        }
    }

    func testWhatOperationsAnswerHasEachField() throws {
        let results = try XCTUnwrap(contract()["result_fields"] as? [String: Any])
        let source = try source("Results.swift")
        let property = try NSRegularExpression(pattern: #"public let `?(\w+)`?:"#)
        for (name, list) in results {
            let start = try XCTUnwrap(source.range(of: "public struct \(name): "), name).upperBound
            let end = try XCTUnwrap(source.range(of: "\n}", range: start..<source.endIndex)).lowerBound
            let body = String(source[start..<end])
            let declared = property.matches(in: body, range: NSRange(body.startIndex..., in: body)).map {
                String(body[Range($0.range(at: 1), in: body)!])
            }
            XCTAssertEqual(declared, try names(list), name)
        }
    }

    func testEachKindOfErrorIsACaseAndEachFieldIsOnTheError() throws {
        let contract = try contract()
        let source = try source("Wamid.swift")
        let start = try XCTUnwrap(source.range(of: "enum WamidError: Swift.Error")).upperBound
        let end = try XCTUnwrap(source.range(of: "\n}", range: start..<source.endIndex)).lowerBound
        let cases = source[start..<end].split(separator: "\n").compactMap { line -> String? in
            let line = line.trimmingCharacters(in: .whitespaces)
            guard line.hasPrefix("case "), line.hasSuffix("(failure: Failure") || line.contains("(") else { return nil }
            return String(line.dropFirst(5).prefix { $0 != "(" })
        }
        let kinds = try names(contract["error_kinds"]).map { $0.prefix(1).uppercased() + $0.dropFirst() }
        XCTAssertEqual(Set(cases), Set(kinds))
        // Named as in Kotlin, whose exceptions have a `message` of their own.
        let expected = try names(contract["error_fields"]).map { $0 == "message" ? "detail" : $0 }
        let failure = Failure(kind: "", detail: "", retryable: false, maybeSent: false, attempts: 0)
        XCTAssertEqual(fields(failure), expected)
        let errors = try self.source("Errors.swift")
        for field in expected {
            XCTAssertTrue(errors.contains("public var \(field): "), field)
        }
    }
}
