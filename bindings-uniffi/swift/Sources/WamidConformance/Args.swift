import Foundation
import Wamid

/// What no user should ever see.
struct Untyped: Error, CustomStringConvertible {
    let description: String
}

/// Arguments by their names in the contract; null is absent.
struct Args {
    let json: Json

    private func typed<T>(_ name: String, _ read: (Json) -> T?) throws -> T? {
        guard let value = json[name] else { return nil }
        guard let read = read(value) else {
            throw Untyped(description: "\(name) cannot be \(value.written) in Swift")
        }
        return read
    }

    func optional(_ name: String) throws -> String? {
        try typed(name) { if case .text(let text) = $0 { return text } else { return nil } }
    }

    func text(_ name: String) throws -> String { try optional(name) ?? "" }

    func data(_ name: String) throws -> Data { Data(try text(name).utf8) }

    func flag(_ name: String) throws -> Bool? {
        try typed(name) { if case .bool(let value) = $0 { return value } else { return nil } }
    }

    func integer(_ name: String) throws -> Int64? {
        try typed(name) { if case .number(let text) = $0 { return Int64(text) } else { return nil } }
    }

    func optionalNumber(_ name: String) throws -> Double? {
        try typed(name) { if case .number(let text) = $0 { return Double(text) } else { return nil } }
    }

    func number(_ name: String) throws -> Double { try optionalNumber(name) ?? .nan }

    func list(_ name: String) throws -> [Json]? { try typed(name) { $0.list } }

    func texts(_ name: String) throws -> [String]? {
        try list(name)?.map {
            guard case .text(let text) = $0 else { throw Untyped(description: "\(name) cannot hold \($0.written) in Swift") }
            return text
        }
    }

    /// What a case has in base64.
    func content(_ name: String) throws -> Data? {
        try typed(name) { if case .text(let text) = $0 { return Data(base64Encoded: text) } else { return nil } }
    }

    /// An argument with fields of its own.
    func part(_ name: String) throws -> Args? {
        try typed(name) { if case .object = $0 { return Args(json: $0) } else { return nil } }
    }

    /// As JSON text.
    func written(_ name: String) throws -> String? { json[name]?.written }

    func params(_ name: String) throws -> [TemplateParameter]? { try list(name)?.map { .fromJson($0.written) } }

    func buttons() throws -> [TemplateButton]? { try list("buttons")?.map { .fromJson($0.written) } }

    func content() throws -> Content { try .fromJson(json["content"]?.written ?? "null") }

    /// A message of many, by its operation.
    func message(_ op: String) throws -> Message {
        let content: Content
        switch op {
        case "send": content = try self.content()
        case "send_message": content = .text(try text("message"), previewUrl: try flag("preview_url"))
        case "send_location":
            content = .location(
                latitude: try number("latitude"), longitude: try number("longitude"), name: try optional("name"),
                address: try optional("address"))
        case "send_template":
            content = .template(
                try text("template_name"), language: try optional("language"), components: json["components"]?.written,
                headerParams: try params("header_params"), bodyParams: try params("body_params"), buttons: try buttons())
        default: throw Untyped(description: "no send \(op)")
        }
        return Message(
            to: try text("phone"), content, accountId: try integer("account_id"), replyTo: try optional("reply_to"),
            reference: try optional("reference"), idempotencyKey: try optional("idempotency_key"),
            extra: json["extra"]?.written)
    }

    func client() throws -> Client {
        let options = ClientOptions(
            timeout: try optionalNumber("timeout"), connectTimeout: try optionalNumber("connect_timeout"),
            totalTimeout: try optionalNumber("total_timeout"), maxRetries: try integer("max_retries"),
            maxPerSecond: try optionalNumber("max_per_second"),
            defaultCountryCode: try optional("default_country_code"), userAgent: try optional("user_agent"),
            proxy: try optional("proxy"), allowHttp: try flag("allow_http"), caFile: try optional("ca_file"),
            poolIdleTimeout: try optionalNumber("pool_idle_timeout"), poolMaxIdle: try integer("pool_max_idle"),
            maxConnections: try integer("max_connections"),
            graphVersion: try optional("graph_version"), graphUrl: try optional("graph_url"),
            appSecret: try optional("app_secret"), businessAccountId: try optional("business_account_id"),
            appId: try optional("app_id"), checkTemplates: try flag("check_templates"),
            store: try optional("store"))
        switch try text("host") {
        case "cloud":
            return try .cloud(
                accessToken: try text("access_token"), phoneNumberId: try text("phone_number_id"), options: options)
        case "gateway":
            return try .gateway(baseUrl: try text("base_url"), apiKey: try text("api_key"), options: options)
        case let host: throw Untyped(description: "no host \(host)")
        }
    }
}
