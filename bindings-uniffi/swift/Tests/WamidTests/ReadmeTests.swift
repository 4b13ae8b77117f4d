import Foundation
import Wamid
import XCTest

/// What the READMEs show.
final class ReadmeTests: SandboxTests {
    func testTheFirstProgramSendsItsMessage() async throws {
        let sandbox = try sandbox
        setenv("WAMID_GATEWAY_URL", sandbox.gatewayUrl, 1)
        setenv("WAMID_API_KEY", sandbox.apiKey, 1)
        defer {
            unsetenv("WAMID_GATEWAY_URL")
            unsetenv("WAMID_API_KEY")
        }
        let before = try sandbox.arrived()
        let client = try Client.fromEnv()
        do {
            let receipt = try await client.sendMessage(phone: "+91 98765-43210", message: "Your order is on its way.")
            print("sent: \(receipt.id)")
        } catch let error as WamidError {
            print(error.maybeSent ? "unknown, look before sending again: \(error.detail)" : "not sent: \(error.detail)")
        }
        XCTAssertEqual(try sandbox.arrived(), before + 1)
    }

    func testOperationsBesidesSends() async throws {
        var options = ClientOptions()
        options.businessAccountId = "102290129340398"
        let client = try sandbox.cloud(options)
        let messageId = "wamid.IN"
        try await client.markRead(messageId, typing: true)
        for template in try await client.templates(status: "APPROVED") { print(template.name, template.language) }
        let approved = try await client.templates(status: "APPROVED")
        XCTAssertFalse(approved.isEmpty)
    }
}
