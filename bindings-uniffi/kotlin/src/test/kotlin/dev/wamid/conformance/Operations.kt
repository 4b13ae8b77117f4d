// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid.conformance

import dev.wamid.BlockFailure
import dev.wamid.Blocking
import dev.wamid.BusinessProfile
import dev.wamid.Client
import dev.wamid.Content
import dev.wamid.CreatedTemplate
import dev.wamid.Download
import dev.wamid.MediaInfo
import dev.wamid.ProfilePhoto
import dev.wamid.SendRecord
import dev.wamid.TemplateInfo
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.JsonPrimitive

/** What the operation of that name answers; null where there is none. */
internal suspend fun operation(op: String, client: Client, args: Args): JsonElement? = when (op) {
    "block_users" -> client.blockUsers(phones = args.texts("phones").orEmpty()).toJson()
    "blocked_users" -> JsonArray(client.blockedUsers().map { item -> JsonPrimitive(item) })
    "check_template" -> client.checkTemplate(content = Content.fromJson(args.json("content") ?: "null"), template = givenTemplateInfo(args.part("template") ?: Args(JsonObject(emptyMap())))).let { JsonNull }
    "create_template" -> client.createTemplate(definition = args.json("definition") ?: "null").toJson()
    "delete_media" -> client.deleteMedia(mediaId = args.optional("media_id").orEmpty()).let { JsonNull }
    "delete_template" -> client.deleteTemplate(name = args.optional("name").orEmpty(), templateId = args.optional("template_id")).let { JsonNull }
    "download_media" -> client.downloadMedia(mediaId = args.optional("media_id").orEmpty(), maxBytes = args.long("max_bytes")).toJson()
    "download_media_to" -> JsonPrimitive(client.downloadMediaTo(mediaId = args.optional("media_id").orEmpty(), path = args.optional("path").orEmpty(), maxBytes = args.long("max_bytes")))
    "edit_template" -> client.editTemplate(templateId = args.optional("template_id").orEmpty(), definition = args.json("definition") ?: "null").let { JsonNull }
    "request" -> raw(client.request(method = args.optional("method").orEmpty(), path = args.optional("path").orEmpty(), query = args.json("query"), json = args.json("json"), form = args.json("form")))
    "sends" -> JsonArray(client.sends(reference = args.optional("reference"), messageId = args.optional("message_id"), status = args.optional("status"), limit = args.long("limit")).map { item -> item.toJson() })
    "templates" -> JsonArray(client.templates(name = args.optional("name"), language = args.optional("language"), status = args.optional("status"), category = args.optional("category"), limit = args.long("limit")).map { item -> item.toJson() })
    "media_info" -> client.mediaInfo(mediaId = args.optional("media_id").orEmpty()).toJson()
    "mark_read" -> client.markRead(messageId = args.optional("message_id").orEmpty(), typing = args.flag("typing")).let { JsonNull }
    "profile" -> client.profile().toJson()
    "unblock_users" -> client.unblockUsers(phones = args.texts("phones").orEmpty()).toJson()
    "update_profile" -> client.updateProfile(about = args.optional("about"), address = args.optional("address"), description = args.optional("description"), email = args.optional("email"), websites = args.texts("websites"), vertical = args.optional("vertical"), photo = args.part("photo")?.let { args -> ProfilePhoto(file = args.optional("file"), data = args.content("data"), mimeType = args.optional("mime_type")) }).let { JsonNull }
    "upload_media" -> JsonPrimitive(client.uploadMedia(file = args.optional("file"), data = args.content("data"), mimeType = args.optional("mime_type"), filename = args.optional("filename")))
    else -> null
}

private fun givenTemplateInfo(args: Args): TemplateInfo = TemplateInfo.build {
    id = args.optional("id").orEmpty()
    name = args.optional("name").orEmpty()
    language = args.optional("language").orEmpty()
    status = args.optional("status").orEmpty()
    category = args.optional("category").orEmpty()
    parameterFormat = args.optional("parameter_format")
    components = args.json("components") ?: "null"
    quality = args.optional("quality")
    rejectedReason = args.optional("rejected_reason")
}

private fun BlockFailure.toJson(): JsonObject = json(
    "phone" to JsonPrimitive(phone),
    "code" to code?.let { value -> JsonPrimitive(value) },
    "message" to message?.let { value -> JsonPrimitive(value) },
    "details" to details?.let { value -> JsonPrimitive(value) },
)

private fun Blocking.toJson(): JsonObject = json(
    "done" to JsonArray(done.map { item -> JsonPrimitive(item) }),
    "failed" to JsonArray(failed.map { item -> item.toJson() }),
)

private fun CreatedTemplate.toJson(): JsonObject = json(
    "id" to JsonPrimitive(id),
    "status" to JsonPrimitive(status),
    "category" to JsonPrimitive(category),
)

private fun Download.toJson(): JsonObject = json(
    "base64" to base64(data),
    "mime_type" to JsonPrimitive(mimeType),
)

private fun SendRecord.toJson(): JsonObject = json(
    "reference" to reference?.let { value -> JsonPrimitive(value) },
    "message_id" to messageId?.let { value -> JsonPrimitive(value) },
    "recipient" to JsonPrimitive(recipient),
    "operation" to JsonPrimitive(operation),
    "status" to JsonPrimitive(status),
    "code" to code?.let { value -> JsonPrimitive(value) },
    "created_at" to JsonPrimitive(createdAt.toString()),
    "updated_at" to JsonPrimitive(updatedAt.toString()),
)

private fun TemplateInfo.toJson(): JsonObject = json(
    "id" to JsonPrimitive(id),
    "name" to JsonPrimitive(name),
    "language" to JsonPrimitive(language),
    "status" to JsonPrimitive(status),
    "category" to JsonPrimitive(category),
    "parameter_format" to parameterFormat?.let { value -> JsonPrimitive(value) },
    "components" to raw(components),
    "quality" to quality?.let { value -> JsonPrimitive(value) },
    "rejected_reason" to rejectedReason?.let { value -> JsonPrimitive(value) },
    "raw" to raw(raw),
)

private fun MediaInfo.toJson(): JsonObject = json(
    "id" to JsonPrimitive(id),
    "url" to JsonPrimitive(url),
    "mime_type" to JsonPrimitive(mimeType),
    "sha256" to JsonPrimitive(sha256),
    "file_size" to JsonPrimitive(fileSize),
    "raw" to raw(raw),
)

private fun BusinessProfile.toJson(): JsonObject = json(
    "about" to about?.let { value -> JsonPrimitive(value) },
    "address" to address?.let { value -> JsonPrimitive(value) },
    "description" to description?.let { value -> JsonPrimitive(value) },
    "email" to email?.let { value -> JsonPrimitive(value) },
    "profile_picture_url" to profilePictureUrl?.let { value -> JsonPrimitive(value) },
    "websites" to JsonArray(websites.map { item -> JsonPrimitive(item) }),
    "vertical" to vertical?.let { value -> JsonPrimitive(value) },
    "raw" to raw(raw),
)
