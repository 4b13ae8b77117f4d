// Written by `cargo xtask generate` from the declarations in core/src/webhook.

package dev.wamid.conformance

import dev.wamid.EchoEvent
import dev.wamid.Edit
import dev.wamid.Event
import dev.wamid.EventMedia
import dev.wamid.MessageEvent
import dev.wamid.OtherEvent
import dev.wamid.Revoke
import dev.wamid.StatusError
import dev.wamid.StatusEvent
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

internal fun Event.toJson(): JsonObject = when (this) {
    is Event.Message -> message.toJson()
    is Event.Echo -> echo.toJson()
    is Event.Status -> status.toJson()
    is Event.Other -> other.toJson()
}

private fun EventMedia.toJson(): JsonObject = json(
    "id" to id?.let { value -> JsonPrimitive(value) },
    "mime_type" to mimeType?.let { value -> JsonPrimitive(value) },
    "sha256" to sha256?.let { value -> JsonPrimitive(value) },
    "caption" to caption?.let { value -> JsonPrimitive(value) },
    "filename" to filename?.let { value -> JsonPrimitive(value) },
    "voice" to voice?.let { value -> JsonPrimitive(value) },
    "animated" to animated?.let { value -> JsonPrimitive(value) },
    "url" to url?.let { value -> JsonPrimitive(value) },
)

private fun Edit.toJson(): JsonObject = json(
    "message_id" to JsonPrimitive(messageId),
    "text" to text?.let { value -> JsonPrimitive(value) },
    "media" to media?.let { value -> value.toJson() },
)

private fun Revoke.toJson(): JsonObject = json(
    "message_id" to JsonPrimitive(messageId),
)

private fun StatusError.toJson(): JsonObject = json(
    "code" to JsonPrimitive(code),
    "title" to title?.let { value -> JsonPrimitive(value) },
    "message" to message?.let { value -> JsonPrimitive(value) },
    "details" to details?.let { value -> JsonPrimitive(value) },
)

private fun MessageEvent.toJson(): JsonObject = json(
    "event" to "message",
    "id" to JsonPrimitive(id),
    "from" to from?.let { value -> JsonPrimitive(value) },
    "user_id" to userId?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "profile_name" to profileName?.let { value -> JsonPrimitive(value) },
    "username" to username?.let { value -> JsonPrimitive(value) },
    "group_id" to groupId?.let { value -> JsonPrimitive(value) },
    "timestamp" to JsonPrimitive(timestamp.toString()),
    "phone_number_id" to JsonPrimitive(phoneNumberId),
    "type" to JsonPrimitive(type),
    "text" to text?.let { value -> JsonPrimitive(value) },
    "reply_to" to replyTo?.let { value -> JsonPrimitive(value) },
    "edit" to edit?.let { value -> value.toJson() },
    "revoke" to revoke?.let { value -> value.toJson() },
    "redelivered" to JsonPrimitive(redelivered),
    "raw" to raw(raw),
)

private fun EchoEvent.toJson(): JsonObject = json(
    "event" to "echo",
    "to" to to?.let { value -> JsonPrimitive(value) },
    "id" to JsonPrimitive(id),
    "from" to from?.let { value -> JsonPrimitive(value) },
    "user_id" to userId?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "profile_name" to profileName?.let { value -> JsonPrimitive(value) },
    "username" to username?.let { value -> JsonPrimitive(value) },
    "group_id" to groupId?.let { value -> JsonPrimitive(value) },
    "timestamp" to JsonPrimitive(timestamp.toString()),
    "phone_number_id" to JsonPrimitive(phoneNumberId),
    "type" to JsonPrimitive(type),
    "text" to text?.let { value -> JsonPrimitive(value) },
    "reply_to" to replyTo?.let { value -> JsonPrimitive(value) },
    "edit" to edit?.let { value -> value.toJson() },
    "revoke" to revoke?.let { value -> value.toJson() },
    "redelivered" to JsonPrimitive(redelivered),
    "raw" to raw(raw),
)

private fun StatusEvent.toJson(): JsonObject = json(
    "event" to "status",
    "id" to JsonPrimitive(id),
    "status" to JsonPrimitive(status),
    "timestamp" to JsonPrimitive(timestamp.toString()),
    "recipient" to recipient?.let { value -> JsonPrimitive(value) },
    "user_id" to userId?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "phone_number_id" to JsonPrimitive(phoneNumberId),
    "reference" to reference?.let { value -> JsonPrimitive(value) },
    "errors" to JsonArray(errors.map { item -> item.toJson() }),
    "payment" to payment?.let { value -> raw(value) },
    "redelivered" to JsonPrimitive(redelivered),
    "raw" to raw(raw),
)

private fun OtherEvent.toJson(): JsonObject = json(
    "event" to "other",
    "field" to JsonPrimitive(field),
    "raw" to raw(raw),
)
