// Written by `cargo xtask generate` from the declarations in core/src/webhook.

import Foundation
import Wamid

extension Event {
    func json() throws -> Json {
        switch self {
        case .message(let message): return try message.json()
        case .echo(let echo): return try echo.json()
        case .status(let status): return try status.json()
        case .other(let other): return try other.json()
        }
    }
}

extension EventMedia {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "id", value: id.map { .text($0) } ?? .null))
        out.append((key: "mime_type", value: mimeType.map { .text($0) } ?? .null))
        out.append((key: "sha256", value: sha256.map { .text($0) } ?? .null))
        out.append((key: "caption", value: caption.map { .text($0) } ?? .null))
        out.append((key: "filename", value: filename.map { .text($0) } ?? .null))
        out.append((key: "voice", value: voice.map { .bool($0) } ?? .null))
        out.append((key: "animated", value: animated.map { .bool($0) } ?? .null))
        out.append((key: "url", value: url.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension Edit {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: .text(messageId)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "media", value: try media.map { try $0.json() } ?? .null))
        return .object(out)
    }
}

extension Revoke {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: .text(messageId)))
        return .object(out)
    }
}

extension StatusError {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "code", value: WamidConformance.number(code)))
        out.append((key: "title", value: title.map { .text($0) } ?? .null))
        out.append((key: "message", value: message.map { .text($0) } ?? .null))
        out.append((key: "details", value: details.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension MessageEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("message")))
        out.append((key: "id", value: .text(id)))
        out.append((key: "from", value: from.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "profile_name", value: profileName.map { .text($0) } ?? .null))
        out.append((key: "username", value: username.map { .text($0) } ?? .null))
        out.append((key: "group_id", value: groupId.map { .text($0) } ?? .null))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "type", value: .text(type)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "reply_to", value: replyTo.map { .text($0) } ?? .null))
        out.append((key: "edit", value: try edit.map { try $0.json() } ?? .null))
        out.append((key: "revoke", value: try revoke.map { try $0.json() } ?? .null))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension EchoEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("echo")))
        out.append((key: "to", value: to.map { .text($0) } ?? .null))
        out.append((key: "id", value: .text(id)))
        out.append((key: "from", value: from.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "profile_name", value: profileName.map { .text($0) } ?? .null))
        out.append((key: "username", value: username.map { .text($0) } ?? .null))
        out.append((key: "group_id", value: groupId.map { .text($0) } ?? .null))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "type", value: .text(type)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "reply_to", value: replyTo.map { .text($0) } ?? .null))
        out.append((key: "edit", value: try edit.map { try $0.json() } ?? .null))
        out.append((key: "revoke", value: try revoke.map { try $0.json() } ?? .null))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension StatusEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("status")))
        out.append((key: "id", value: .text(id)))
        out.append((key: "status", value: .text(status)))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "recipient", value: recipient.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "reference", value: reference.map { .text($0) } ?? .null))
        out.append((key: "errors", value: try .list(errors.map { try $0.json() })))
        out.append((key: "payment", value: try payment.map { try WamidConformance.raw($0) } ?? .null))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension OtherEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("other")))
        out.append((key: "field", value: .text(field)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}
