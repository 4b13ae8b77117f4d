import Foundation
import XCTest

import Wamid

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// `wamid demo --keep`: a sandbox that plays Meta and a gateway in front of it, in a process of its own.
final class Sandbox: @unchecked Sendable {
    static let token = "sandbox-token"
    static let phoneNumberId = "106540352242922"
    static let phone = "+91 98765-43210"

    let gatewayUrl: String
    let apiKey: String
    /// Meta, as the sandbox plays it.
    let graphUrl: String
    private let process = Process()
    private let output = Pipe()
    private let folder: URL

    init() throws {
        let binary = try XCTUnwrap(
            ProcessInfo.processInfo.environment["WAMID_BINARY"],
            "set WAMID_BINARY to the binary wamid: cargo build -p wamid-cli")
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("wamid-swift-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = ["demo", "--keep"]
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { $1 }
        process.standardOutput = output
        try process.run()
        var printed = Data()
        // The last line that it prints.
        while printed.range(of: Data("-p wamid-example\n".utf8)) == nil {
            let more = output.fileHandleForReading.availableData
            if more.isEmpty { throw Failed(what: "the demo ended: \(String(decoding: printed, as: UTF8.self))") }
            printed.append(more)
        }
        let words = String(decoding: printed, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
        func value(_ name: String) throws -> String {
            let word = try XCTUnwrap(words.first { $0.hasPrefix(name + "=") })
            return String(word.dropFirst(name.count + 1))
        }
        gatewayUrl = try value("WAMID_GATEWAY_URL")
        apiKey = try value("WAMID_API_KEY")
        let sandbox = words.drop { $0 != "sandbox" }
        graphUrl = try XCTUnwrap(sandbox.first { $0.hasPrefix("http://") })
    }

    func stop() {
        // Foundation starts its children with SIGTERM blocked on Linux: `terminate` would wait for ever.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    func gateway() throws -> Client { try .gateway(baseUrl: gatewayUrl, apiKey: apiKey) }

    func cloud(_ options: ClientOptions = ClientOptions()) throws -> Client {
        var options = options
        options.graphUrl = graphUrl
        return try .cloud(accessToken: Sandbox.token, phoneNumberId: Sandbox.phoneNumberId, options: options)
    }

    private func messages() throws -> [[String: Any]] {
        let data = try Data(contentsOf: URL(string: graphUrl + "/_sandbox/messages")!)
        let all = try XCTUnwrap(JSONSerialization.jsonObject(with: data) as? [String: [[String: Any]]])
        return try XCTUnwrap(all["messages"])
    }

    /// The body of what arrived at Meta last.
    func lastBody() throws -> [String: Any] { try XCTUnwrap(messages().last?["body"] as? [String: Any]) }

    /// How many messages have arrived at Meta.
    func arrived() throws -> Int { try messages().count }

    /// Tells the gateway nothing more of what becomes of a message, as if Meta's webhooks were late.
    func stopWebhooks() async throws {
        var request = URLRequest(url: URL(string: graphUrl + "/_sandbox/webhook")!)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(#"{"url": null}"#.utf8)
        let (data, answer) = try await URLSession.shared.data(for: request)
        guard let status = (answer as? HTTPURLResponse)?.statusCode, (200...299).contains(status) else {
            throw Failed(what: String(decoding: data, as: UTF8.self))
        }
    }

    /// The magic recipient that plays a Graph code or, from 900001 on, something else.
    static func magic(_ number: Int) -> String { "15550" + String(format: "%06d", number) }
}

struct Failed: Error {
    let what: String
}

/// Tests that send to one sandbox.
class SandboxTests: XCTestCase {
    nonisolated(unsafe) private static var running: Sandbox?

    var sandbox: Sandbox {
        get throws {
            if let running = SandboxTests.running { return running }
            let sandbox = try Sandbox()
            SandboxTests.running = sandbox
            return sandbox
        }
    }

    override class func tearDown() {
        running?.stop()
        running = nil
        super.tearDown()
    }
}

/// The error that a call must fail with.
func failure(of call: () async throws -> Void, file: StaticString = #filePath, line: UInt = #line) async throws
    -> WamidError
{
    do {
        try await call()
    } catch let error as WamidError {
        return error
    }
    throw Failed(what: "\(file):\(line): the call did not fail")
}
