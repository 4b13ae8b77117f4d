// Swift's conformance runner: reads a call a line, makes it, answers a line. It only renames and hands over; see the
// runner protocol in tests/conformance/README.md.

import Foundation
import Wamid

@main
struct Runner {
    private var clients: [String: Client] = [:]

    static func main() async {
        var runner = Runner()
        while let line = readLine() {
            let answer: Json
            do {
                answer = .object([(key: "ok", value: try await runner.answer(Json.parse(line)))])
            } catch let error as WamidError {
                answer = Runner.error(error)
            } catch {
                let said = Json.text(String(describing: error))
                answer = .object([
                    (key: "error", value: .object([(key: "kind", value: .text("UNTYPED")), (key: "message", value: said)]))
                ])
            }
            FileHandle.standardOutput.write(Data((answer.written + "\n").utf8))
        }
    }

    private mutating func answer(_ call: Json) async throws -> Json {
        let op = try Args(json: call).text("op")
        let args = Args(json: call["args"] ?? .object([]))
        guard let spec = call["client"] else { return try pure(op, args) }
        if op == "close" {
            clients[spec.written] = nil
            return .null
        }
        let client = try client(spec)
        switch op {
        case "send":
            return try await client.send(
                to: args.text("phone"), args.content(), accountId: args.integer("account_id"),
                replyTo: args.optional("reply_to"), reference: args.optional("reference"),
                idempotencyKey: args.optional("idempotency_key"),
                extra: args.json["extra"]?.written
            ).json()
        case "send_message":
            return try await client.sendMessage(
                phone: args.text("phone"), message: args.text("message"), previewUrl: args.flag("preview_url"),
                accountId: args.integer("account_id"), replyTo: args.optional("reply_to"),
                reference: args.optional("reference"), idempotencyKey: args.optional("idempotency_key"),
                extra: args.json["extra"]?.written
            ).json()
        case "send_location":
            return try await client.sendLocation(
                phone: args.text("phone"), latitude: args.number("latitude"), longitude: args.number("longitude"),
                name: args.optional("name"), address: args.optional("address"), accountId: args.integer("account_id"),
                replyTo: args.optional("reply_to"), reference: args.optional("reference"),
                idempotencyKey: args.optional("idempotency_key"),
                extra: args.json["extra"]?.written
            ).json()
        case "send_template":
            return try await client.sendTemplate(
                phone: args.text("phone"), templateName: args.text("template_name"),
                language: args.optional("language"), headerParams: args.params("header_params"),
                bodyParams: args.params("body_params"), buttons: args.buttons(),
                components: args.json["components"]?.written, accountId: args.integer("account_id"),
                replyTo: args.optional("reply_to"), reference: args.optional("reference"),
                idempotencyKey: args.optional("idempotency_key"),
                extra: args.json["extra"]?.written
            ).json()
        case "chats":
            return .list(try await client.chats().map { $0.json() })
        case "send_many":
            // `sends` and `concurrency` stand in the arguments, or beside them.
            let beside = Args(json: call)
            let sends = try (args.list("sends") ?? beside.list("sends") ?? []).map(row)
            let concurrency = try args.integer("concurrency") ?? beside.integer("concurrency")
            let outcomes = try await client.sendMany(sends: sends.compactMap { try? $0.get() }, concurrency: concurrency)
            var told = outcomes.makeIterator()
            return .list(
                try sends.compactMap {
                    switch $0 {
                    case .success: return try told.next()?.json()
                    case .failure(let refused): return Runner.error(refused)
                    }
                })
        case "receive_webhook":
            let events = try await client.receiveWebhook(body: args.data("body"), signature: args.text("signature"))
            return .list(try events.map { try $0.json() })
        case "download_media_to":
            // The answer is what is there then.
            let path =
                try args.optional("path")
                ?? FileManager.default.temporaryDirectory.appendingPathComponent("wamid-\(UUID().uuidString)").path
            let told = try await client.downloadMediaTo(
                mediaId: args.text("media_id"), path: path, maxBytes: args.integer("max_bytes"))
            let content = try Data(contentsOf: URL(fileURLWithPath: told))
            return .object([(key: "base64", value: .text(content.base64EncodedString()))])
        default:
            return try await operation(op, client, args) ?? pure(op, args)
        }
    }

    private static func error(_ error: WamidError) -> Json {
        .object([(key: "error", value: error.json())])
    }

    /// A message of many, or why its content is none.
    private func row(_ send: Json) throws -> Result<Message, WamidError> {
        do {
            return .success(try Args(json: send["args"] ?? .object([])).message(Args(json: send).text("op")))
        } catch let refused as WamidError {
            return .failure(refused)
        }
    }

    private func pure(_ op: String, _ args: Args) throws -> Json {
        switch op {
        case "build_template_components":
            return try raw(
                buildTemplateComponents(
                    headerParams: args.params("header_params"), bodyParams: args.params("body_params"),
                    buttons: args.buttons()))
        case "verify_webhook":
            return .bool(
                try verifyWebhook(
                    body: args.data("body"), signature: args.text("signature"), appSecret: args.text("app_secret")))
        case "parse_webhook":
            return .list(try parseWebhook(body: args.data("body")).map { try $0.json() })
        default:
            throw Untyped(description: "no operation \(op)")
        }
    }

    private mutating func client(_ spec: Json) throws -> Client {
        if let client = clients[spec.written] { return client }
        let client = try Args(json: spec).client()
        clients[spec.written] = client
        return client
    }
}
