// Written by `cargo xtask generate` from the declarations in core/src/webhook.

package dev.wamid.conformance

import dev.wamid.EchoEvent
import dev.wamid.Edit
import dev.wamid.Event
import dev.wamid.EventAddress
import dev.wamid.EventContact
import dev.wamid.EventContext
import dev.wamid.EventConversation
import dev.wamid.EventEmail
import dev.wamid.EventFlow
import dev.wamid.EventLocation
import dev.wamid.EventMedia
import dev.wamid.EventOrder
import dev.wamid.EventOrderItem
import dev.wamid.EventPhone
import dev.wamid.EventPricing
import dev.wamid.EventProduct
import dev.wamid.EventReaction
import dev.wamid.EventReferral
import dev.wamid.EventReply
import dev.wamid.EventSystem
import dev.wamid.EventUrl
import dev.wamid.MessageEvent
import dev.wamid.OtherEvent
import dev.wamid.PreferenceEvent
import dev.wamid.Revoke
import dev.wamid.StatusError
import dev.wamid.StatusEvent
import dev.wamid.TemplateEvent
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

internal fun Event.toJson(): JsonObject = when (this) {
    is Event.Message -> message.toJson()
    is Event.Echo -> echo.toJson()
    is Event.Status -> status.toJson()
    is Event.Template -> template.toJson()
    is Event.Preference -> preference.toJson()
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

private fun EventReply.toJson(): JsonObject = json(
    "kind" to JsonPrimitive(kind),
    "id" to id?.let { value -> JsonPrimitive(value) },
    "title" to title?.let { value -> JsonPrimitive(value) },
    "description" to description?.let { value -> JsonPrimitive(value) },
)

private fun EventFlow.toJson(): JsonObject = json(
    "name" to name?.let { value -> JsonPrimitive(value) },
    "body" to body?.let { value -> JsonPrimitive(value) },
    "token" to token?.let { value -> JsonPrimitive(value) },
    "response" to response?.let { value -> raw(value) },
)

private fun EventLocation.toJson(): JsonObject = json(
    "latitude" to latitude?.let { value -> JsonPrimitive(value) },
    "longitude" to longitude?.let { value -> JsonPrimitive(value) },
    "name" to name?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "url" to url?.let { value -> JsonPrimitive(value) },
)

private fun EventPhone.toJson(): JsonObject = json(
    "phone" to phone?.let { value -> JsonPrimitive(value) },
    "type" to type?.let { value -> JsonPrimitive(value) },
    "wa_id" to waId?.let { value -> JsonPrimitive(value) },
)

private fun EventEmail.toJson(): JsonObject = json(
    "email" to email?.let { value -> JsonPrimitive(value) },
    "type" to type?.let { value -> JsonPrimitive(value) },
)

private fun EventUrl.toJson(): JsonObject = json(
    "url" to url?.let { value -> JsonPrimitive(value) },
    "type" to type?.let { value -> JsonPrimitive(value) },
)

private fun EventAddress.toJson(): JsonObject = json(
    "street" to street?.let { value -> JsonPrimitive(value) },
    "city" to city?.let { value -> JsonPrimitive(value) },
    "state" to state?.let { value -> JsonPrimitive(value) },
    "zip" to zip?.let { value -> JsonPrimitive(value) },
    "country" to country?.let { value -> JsonPrimitive(value) },
    "country_code" to countryCode?.let { value -> JsonPrimitive(value) },
    "type" to type?.let { value -> JsonPrimitive(value) },
)

private fun EventContact.toJson(): JsonObject = json(
    "formatted_name" to formattedName?.let { value -> JsonPrimitive(value) },
    "first_name" to firstName?.let { value -> JsonPrimitive(value) },
    "last_name" to lastName?.let { value -> JsonPrimitive(value) },
    "middle_name" to middleName?.let { value -> JsonPrimitive(value) },
    "prefix" to prefix?.let { value -> JsonPrimitive(value) },
    "suffix" to suffix?.let { value -> JsonPrimitive(value) },
    "phones" to JsonArray(phones.map { item -> item.toJson() }),
    "emails" to JsonArray(emails.map { item -> item.toJson() }),
    "urls" to JsonArray(urls.map { item -> item.toJson() }),
    "addresses" to JsonArray(addresses.map { item -> item.toJson() }),
    "company" to company?.let { value -> JsonPrimitive(value) },
    "department" to department?.let { value -> JsonPrimitive(value) },
    "title" to title?.let { value -> JsonPrimitive(value) },
    "birthday" to birthday?.let { value -> JsonPrimitive(value) },
    "origin" to origin?.let { value -> JsonPrimitive(value) },
    "vcard" to vcard?.let { value -> JsonPrimitive(value) },
)

private fun EventReaction.toJson(): JsonObject = json(
    "message_id" to JsonPrimitive(messageId),
    "emoji" to emoji?.let { value -> JsonPrimitive(value) },
)

private fun EventOrderItem.toJson(): JsonObject = json(
    "product_retailer_id" to productRetailerId?.let { value -> JsonPrimitive(value) },
    "quantity" to quantity?.let { value -> JsonPrimitive(value) },
    "price" to price?.let { value -> JsonPrimitive(value) },
    "currency" to currency?.let { value -> JsonPrimitive(value) },
)

private fun EventOrder.toJson(): JsonObject = json(
    "catalog_id" to catalogId?.let { value -> JsonPrimitive(value) },
    "text" to text?.let { value -> JsonPrimitive(value) },
    "items" to JsonArray(items.map { item -> item.toJson() }),
)

private fun EventSystem.toJson(): JsonObject = json(
    "type" to type?.let { value -> JsonPrimitive(value) },
    "body" to body?.let { value -> JsonPrimitive(value) },
    "new_wa_id" to newWaId?.let { value -> JsonPrimitive(value) },
    "user_id" to userId?.let { value -> JsonPrimitive(value) },
    "previous_user_id" to previousUserId?.let { value -> JsonPrimitive(value) },
)

private fun Edit.toJson(): JsonObject = json(
    "message_id" to JsonPrimitive(messageId),
    "text" to text?.let { value -> JsonPrimitive(value) },
    "media" to media?.let { value -> value.toJson() },
)

private fun Revoke.toJson(): JsonObject = json(
    "message_id" to JsonPrimitive(messageId),
)

private fun EventProduct.toJson(): JsonObject = json(
    "catalog_id" to catalogId?.let { value -> JsonPrimitive(value) },
    "product_retailer_id" to productRetailerId?.let { value -> JsonPrimitive(value) },
)

private fun EventContext.toJson(): JsonObject = json(
    "message_id" to messageId?.let { value -> JsonPrimitive(value) },
    "from" to from?.let { value -> JsonPrimitive(value) },
    "forwarded" to forwarded?.let { value -> JsonPrimitive(value) },
    "frequently_forwarded" to frequentlyForwarded?.let { value -> JsonPrimitive(value) },
    "product" to product?.let { value -> value.toJson() },
)

private fun EventReferral.toJson(): JsonObject = json(
    "source_type" to sourceType?.let { value -> JsonPrimitive(value) },
    "source_id" to sourceId?.let { value -> JsonPrimitive(value) },
    "source_url" to sourceUrl?.let { value -> JsonPrimitive(value) },
    "headline" to headline?.let { value -> JsonPrimitive(value) },
    "body" to body?.let { value -> JsonPrimitive(value) },
    "media_type" to mediaType?.let { value -> JsonPrimitive(value) },
    "image_url" to imageUrl?.let { value -> JsonPrimitive(value) },
    "video_url" to videoUrl?.let { value -> JsonPrimitive(value) },
    "thumbnail_url" to thumbnailUrl?.let { value -> JsonPrimitive(value) },
    "ctwa_clid" to ctwaClid?.let { value -> JsonPrimitive(value) },
)

private fun StatusError.toJson(): JsonObject = json(
    "code" to JsonPrimitive(code),
    "title" to title?.let { value -> JsonPrimitive(value) },
    "message" to message?.let { value -> JsonPrimitive(value) },
    "details" to details?.let { value -> JsonPrimitive(value) },
)

private fun EventConversation.toJson(): JsonObject = json(
    "id" to id?.let { value -> JsonPrimitive(value) },
    "origin" to origin?.let { value -> JsonPrimitive(value) },
    "expires_at" to expiresAt?.let { value -> JsonPrimitive(value.toString()) },
)

private fun EventPricing.toJson(): JsonObject = json(
    "billable" to billable?.let { value -> JsonPrimitive(value) },
    "model" to model?.let { value -> JsonPrimitive(value) },
    "category" to category?.let { value -> JsonPrimitive(value) },
    "type" to type?.let { value -> JsonPrimitive(value) },
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
    "media" to media?.let { value -> value.toJson() },
    "reply" to reply?.let { value -> value.toJson() },
    "flow" to flow?.let { value -> value.toJson() },
    "location" to location?.let { value -> value.toJson() },
    "contacts" to JsonArray(contacts.map { item -> item.toJson() }),
    "reaction" to reaction?.let { value -> value.toJson() },
    "order" to order?.let { value -> value.toJson() },
    "system" to system?.let { value -> value.toJson() },
    "edit" to edit?.let { value -> value.toJson() },
    "revoke" to revoke?.let { value -> value.toJson() },
    "context" to context?.let { value -> value.toJson() },
    "referral" to referral?.let { value -> value.toJson() },
    "errors" to JsonArray(errors.map { item -> item.toJson() }),
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
    "media" to media?.let { value -> value.toJson() },
    "reply" to reply?.let { value -> value.toJson() },
    "flow" to flow?.let { value -> value.toJson() },
    "location" to location?.let { value -> value.toJson() },
    "contacts" to JsonArray(contacts.map { item -> item.toJson() }),
    "reaction" to reaction?.let { value -> value.toJson() },
    "order" to order?.let { value -> value.toJson() },
    "system" to system?.let { value -> value.toJson() },
    "edit" to edit?.let { value -> value.toJson() },
    "revoke" to revoke?.let { value -> value.toJson() },
    "context" to context?.let { value -> value.toJson() },
    "referral" to referral?.let { value -> value.toJson() },
    "errors" to JsonArray(errors.map { item -> item.toJson() }),
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
    "conversation" to conversation?.let { value -> value.toJson() },
    "pricing" to pricing?.let { value -> value.toJson() },
    "payment" to payment?.let { value -> raw(value) },
    "redelivered" to JsonPrimitive(redelivered),
    "raw" to raw(raw),
)

private fun TemplateEvent.toJson(): JsonObject = json(
    "event" to "template",
    "template_id" to JsonPrimitive(templateId),
    "change" to JsonPrimitive(change),
    "name" to name?.let { value -> JsonPrimitive(value) },
    "language" to language?.let { value -> JsonPrimitive(value) },
    "value" to value?.let { value -> JsonPrimitive(value) },
    "previous" to previous?.let { value -> JsonPrimitive(value) },
    "reason" to reason?.let { value -> JsonPrimitive(value) },
    "raw" to raw(raw),
)

private fun PreferenceEvent.toJson(): JsonObject = json(
    "event" to "preference",
    "value" to JsonPrimitive(value),
    "timestamp" to JsonPrimitive(timestamp.toString()),
    "phone_number_id" to JsonPrimitive(phoneNumberId),
    "category" to category?.let { value -> JsonPrimitive(value) },
    "phone" to phone?.let { value -> JsonPrimitive(value) },
    "user_id" to userId?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "raw" to raw(raw),
)

private fun OtherEvent.toJson(): JsonObject = json(
    "event" to "other",
    "field" to JsonPrimitive(field),
    "raw" to raw(raw),
)
