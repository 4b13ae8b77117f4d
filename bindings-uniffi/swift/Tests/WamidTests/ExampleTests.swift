import Foundation
import Wamid
import XCTest

@testable import WamidExample

/// What newcomers copy.
final class ExampleTests: SandboxTests {
    func testTheProgramTellsItsStory() throws {
        let sandbox = try sandbox
        let built = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let program = Process()
        program.executableURL = URL(fileURLWithPath: built).deletingLastPathComponent()
            .appendingPathComponent("WamidExample")
        program.environment = ProcessInfo.processInfo.environment.merging([
            "WAMID_GATEWAY_URL": sandbox.gatewayUrl, "WAMID_API_KEY": sandbox.apiKey,
        ]) { $1 }
        let output = Pipe()
        program.standardOutput = output
        try program.run()
        let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        program.waitUntilExit()
        XCTAssertEqual(program.terminationStatus, 0, said)
        var told: [Substring] = []
        for word in said.split(separator: "\n").map({ $0.prefix { $0 != " " } }) where told.last != word {
            told.append(word)
        }
        XCTAssertEqual(told, ["text", "location", "template", "chat", "error"], said)
    }

    func testAfterAnUnknownOutcomeTheModelSendsOtherMessagesAndTheSameOneNotTwice() async throws {
        let sandbox = try sandbox
        // A webhook that comes in time makes the outcome known.
        try await sandbox.stopWebhooks()
        let model = await ChatModel(client: try sandbox.gateway())
        let lost = Sandbox.magic(900003)
        await model.send(phone: lost, message: "Hello")
        var state = await model.state
        XCTAssertTrue(state.canSendAgain && state.notice?.contains("Perhaps") == true, "\(state)")
        for message in ["Hello", "Hello", "Hi"] {
            await model.send(phone: Sandbox.phone, message: message)
            state = await model.state
            XCTAssertEqual(state.notice, "Sent.")
            XCTAssertFalse(state.canSendAgain)
        }
        let before = try sandbox.arrived()
        await model.send(phone: lost, message: "Hello")
        state = await model.state
        XCTAssertTrue(state.notice?.contains("Perhaps") == true, "\(state)")
        XCTAssertEqual(try sandbox.arrived(), before)
        await model.send(phone: lost, message: "Hello?")
        XCTAssertEqual(try sandbox.arrived(), before + 1)
    }
}
