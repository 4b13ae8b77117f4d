import Foundation
import Wamid

func json(_ entries: KeyValuePairs<String, Json>) -> Json {
    .object(entries.map { (key: $0.key, value: $0.value) })
}

func text(_ text: String?) -> Json { text.map(Json.text) ?? .null }

func number<N: CustomStringConvertible>(_ number: N?) -> Json {
    number.map { .number($0.description) } ?? .null
}

/// The JSON text that a result carries.
func raw(_ text: String) throws -> Json { try Json.parse(text) }

func instant(_ date: Date?) -> Json {
    guard let date else { return .null }
    let microseconds = Int64((date.timeIntervalSince1970 * 1e6).rounded())
    let seconds = Int64((Double(microseconds) / 1e6).rounded(.down))
    let formatter = ISO8601DateFormatter()
    let whole = formatter.string(from: Date(timeIntervalSince1970: Double(seconds))).dropLast()
    let rest = String(microseconds - seconds * 1_000_000)
    var fraction = String(repeating: "0", count: 6 - rest.count) + rest
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return .text(whole + (fraction.isEmpty ? "" : "." + fraction) + "Z")
}

extension Receipt {
    func json() throws -> Json {
        WamidConformance.json([
            "id": .text(id), "phone": .text(phone), "wa_id": text(waId), "user_id": text(userId),
            "address": text(address), "status": text(status), "reference": text(reference),
            "attempts": number(attempts), "raw": try WamidConformance.raw(raw),
        ])
    }
}

extension Conversation {
    func json() -> Json {
        WamidConformance.json([
            "id": number(id), "phone_number": .text(phoneNumber), "address": text(address), "label": number(label),
            "unread_count": number(unreadCount), "last_message_at": instant(lastMessageAt),
        ])
    }
}

extension Outcome {
    func json() throws -> Json {
        switch self {
        case .sent(let receipt): return WamidConformance.json(["ok": try receipt.json()])
        case .failed(let error): return WamidConformance.json(["error": error.json()])
        }
    }
}

extension WamidError {
    func json() -> Json {
        WamidConformance.json([
            "kind": .text(kind), "message": .text(detail), "status": number(status), "code": number(code),
            "subcode": number(subcode), "title": text(title), "details": text(details), "trace_id": text(traceId),
            "field": text(field), "reference": text(reference), "retry_after": number(retryAfter),
            "retryable": .bool(retryable), "maybe_sent": .bool(maybeSent), "attempts": number(attempts),
        ])
    }
}
