package dev.wamid.conformance

import dev.wamid.Conversation
import dev.wamid.Outcome
import dev.wamid.Receipt
import dev.wamid.WamidException
import dev.wamid.attempts
import dev.wamid.code
import dev.wamid.detail
import dev.wamid.details
import dev.wamid.field
import dev.wamid.kind
import dev.wamid.maybeSent
import dev.wamid.reference
import dev.wamid.retryAfter
import dev.wamid.retryable
import dev.wamid.status
import dev.wamid.subcode
import dev.wamid.title
import dev.wamid.traceId
import java.time.Instant
import java.util.Base64
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

internal fun json(vararg entries: Pair<String, Any?>): JsonObject = JsonObject(
    entries.associate { (name, value) ->
        name to when (value) {
            null -> JsonNull
            is JsonElement -> value
            is Number -> JsonPrimitive(value)
            is Boolean -> JsonPrimitive(value)
            is Instant -> JsonPrimitive(value.toString())
            else -> JsonPrimitive(value as String)
        }
    },
)

/** The JSON text that a result carries. */
internal fun raw(text: String): JsonElement = Json.parseToJsonElement(text)

internal fun base64(content: ByteArray): JsonPrimitive = JsonPrimitive(Base64.getEncoder().encodeToString(content))

internal fun Receipt.toJson(): JsonObject = json(
    "id" to id, "phone" to phone, "wa_id" to waId, "user_id" to userId, "address" to address, "status" to status,
    "reference" to reference, "attempts" to attempts, "raw" to raw(raw),
)

internal fun Conversation.toJson(): JsonObject = json(
    "id" to id, "phone_number" to phoneNumber, "address" to address, "label" to label, "unread_count" to unreadCount,
    "last_message_at" to lastMessageAt,
)

internal fun Outcome.toJson(): JsonObject = when (this) {
    is Outcome.Sent -> json("ok" to receipt.toJson())
    is Outcome.Failed -> json("error" to error.toJson())
}

internal fun WamidException.toJson(): JsonObject = json(
    "kind" to kind, "message" to detail, "status" to status, "code" to code, "subcode" to subcode, "title" to title,
    "details" to details, "trace_id" to traceId, "field" to field, "reference" to reference,
    "retry_after" to retryAfter?.let { it.toNanos() / 1e9 }, "retryable" to retryable, "maybe_sent" to maybeSent,
    "attempts" to attempts,
)
