// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid

import java.util.concurrent.CompletableFuture
import java.util.function.Consumer

/** What a client does besides sending. Each of them has a body: whoever stands in for a client writes those that it needs. */
public interface Operations {
    /**
     * Blocks users: they can no longer write to the business, and get no messages from it.
     *
     * Meta takes only users who wrote in the last 24 hours. More than 1,000 go in several requests.
     * (Meta: "block users".)
     *
     * @param phones Their phones with country code, or user ids.
     */
    @Throws(WamidException::class)
    public suspend fun blockUsers(phones: List<String>): Blocking = notHere("block_users")

    /**
     * Lists the blocked users. Each is given by its address: the phone with country code, or the user id.
     *
     * (Meta: "block users".)
     */
    @Throws(WamidException::class)
    public suspend fun blockedUsers(): List<String> = notHere("blocked_users")

    /**
     * Holds a template message to its template, as `templates` lists it. It asks nobody.
     *
     * What Meta would refuse with 132000, 132001, 132012 or 132018 is an `invalid_input` that names what does not fit by its path:
     * the count, the kind or the name of a parameter, the medium of the header, a button's index or type, the cards of a carousel, a
     * missing offer or code, the name, the language, or a template that is not approved (`template.status`). What cannot be told from
     * the template is left to Meta.
     *
     * @param content The message, a content of type `template`.
     * @param template The template, as `templates` lists it.
     */
    @Throws(WamidException::class)
    public suspend fun checkTemplate(content: Content, template: TemplateInfo): Unit = notHere("check_template")

    /**
     * Makes a template, which Meta then reviews.
     *
     * (Meta: "message templates" reference, create.)
     *
     * @param definition Meta's JSON for a template: `name`, `language`, `category`, `components` …
     */
    @Throws(WamidException::class)
    public suspend fun createTemplate(definition: String): CreatedTemplate = notHere("create_template")

    /**
     * Deletes a file at Meta. Messages that were sent with it keep it.
     *
     * (Meta: "media" reference, delete media.)
     *
     * @param mediaId The file's id.
     */
    @Throws(WamidException::class)
    public suspend fun deleteMedia(mediaId: String): Unit = notHere("delete_media")

    /**
     * Deletes a template: in all languages, or only the one of that id. Its name is blocked for 30 days.
     *
     * (Meta: "message templates" reference, delete.)
     *
     * @param name The template's name.
     * @param templateId The id of the one language that is deleted.
     */
    @Throws(WamidException::class)
    public suspend fun deleteTemplate(name: String, templateId: String? = null): Unit = notHere("delete_template")

    /**
     * Fetches a file that a customer sent, or that was uploaded, into memory. Its SHA-256 is checked.
     *
     * The access token goes only to Meta's own hosts. For large files use `downloadMediaTo`.
     * (Meta: "media" reference, download media.)
     *
     * @param mediaId The file's id.
     * @param maxBytes The most bytes that it may have. Default 104,857,600 (100 MiB).
     * @param progress Is told how far it has come, at most ten times a second, and once at the end: on a thread of the library's, where it may take its time. What it throws stops nothing.
     */
    @Throws(WamidException::class)
    public suspend fun downloadMedia(
        mediaId: String,
        maxBytes: Long? = null,
        progress: TransferListener? = null,
    ): Download = notHere("download_media")

    /**
     * Fetches a file that a customer sent, or that was uploaded, onto the disk. The answer is the path.
     *
     * It is written beside the path and renamed once it is whole and its SHA-256 is right: an interrupted download leaves no file. Memory stays flat.
     *
     * @param mediaId The file's id.
     * @param path Where it is put. A file that is there already is replaced.
     * @param maxBytes The most bytes that it may have. Default 104,857,600 (100 MiB).
     * @param progress Is told how far it has come, at most ten times a second, and once at the end: on a thread of the library's, where it may take its time. What it throws stops nothing.
     */
    @Throws(WamidException::class)
    public suspend fun downloadMediaTo(
        mediaId: String,
        path: String,
        maxBytes: Long? = null,
        progress: TransferListener? = null,
    ): String = notHere("download_media_to")

    /**
     * Changes a template that is approved, rejected or paused. Its components are replaced as a whole.
     *
     * (Meta: "message templates" reference, edit.)
     *
     * @param templateId The template's id.
     * @param definition Meta's JSON for the change.
     */
    @Throws(WamidException::class)
    public suspend fun editTemplate(templateId: String, definition: String): Unit = notHere("edit_template")

    /**
     * Asks Meta's Graph API for anything that has no operation here, and gives its answer as it is.
     *
     * GET, PUT and DELETE are tried again as reads are, POST as a send is: only where it surely had no effect.
     *
     * @param method `GET`, `POST`, `PUT` or `DELETE`.
     * @param path The path below the API's version, such as `106540352242922/whatsapp_business_profile`, without a query.
     * @param query The query: an object of texts, numbers and booleans. JSON text.
     * @param json The body, which is sent as JSON.
     * @param form A form in place of `json`, for the paths that take no JSON: an object of texts, numbers, booleans and files. A file is an object with `data` (its content in base64), `filename` and `mimeType`.
     */
    @Throws(WamidException::class)
    public suspend fun request(
        method: String,
        path: String,
        query: String? = null,
        json: String? = null,
        form: String? = null,
    ): String = notHere("request")

    /**
     * Lists what is on record of sends, the newest first: to look before you send again what may have gone out.
     *
     * A cloud client reads its `store`, and knows the sends of its own number. A gateway client asks its gateway, which tells of the
     * sends that were made with the same API key. Status webhooks keep the record up to date.
     *
     * @param reference Only those with this reference.
     * @param messageId Only the one that became this message.
     * @param status Only those of this status.
     * @param limit At most so many, above 0; a gateway tells of at most 250. Default 50.
     */
    @Throws(WamidException::class)
    public suspend fun sends(
        reference: String? = null,
        messageId: String? = null,
        status: String? = null,
        limit: Long? = null,
    ): List<SendRecord> = notHere("sends")

    /**
     * Lists the templates of the business account.
     *
     * `name` and `status` are asked of Meta, and all four filters hold for the answer. Pages are followed. A gateway is asked for no more
     * than the filters and `limit` leave.
     * (Meta: "message templates" reference.)
     *
     * @param name Only those of exactly this name.
     * @param language Only those in this language, such as `en_US`.
     * @param status Only those of this status, such as `APPROVED`.
     * @param category Only those of this category, such as `UTILITY`.
     * @param limit At most so many, above 0. Default: all.
     */
    @Throws(WamidException::class)
    public suspend fun templates(
        name: String? = null,
        language: String? = null,
        status: String? = null,
        category: String? = null,
        limit: Long? = null,
    ): List<TemplateInfo> = notHere("templates")

    /**
     * Looks up a file at Meta: its type, size and SHA-256, and where it can be fetched.
     *
     * Ids of uploaded files live 30 days, those of webhooks 7 days.
     * (Meta: "media" reference, retrieve media url.)
     *
     * @param mediaId The file's id, as a webhook or an upload has it.
     */
    @Throws(WamidException::class)
    public suspend fun mediaInfo(mediaId: String): MediaInfo = notHere("media_info")

    /**
     * Marks a customer's message as read. Earlier messages of the conversation are marked too. The customer sees blue ticks.
     *
     * Meta takes messages of the last 30 days. With `typing` the customer sees that an answer is being written, until it comes or 25
     * seconds are over. Twice is the same as once, so it is tried again also where the outcome is unknown.
     * (Meta: "mark messages as read", "typing indicators".)
     *
     * @param messageId The message's id, as its webhook has it.
     * @param typing Whether the customer sees that an answer is being written. Default false.
     */
    @Throws(WamidException::class)
    public suspend fun markRead(messageId: String, typing: Boolean? = null): Unit = notHere("mark_read")

    /**
     * Reads the profile that customers see of the business number.
     *
     * (Meta: "business profiles".)
     */
    @Throws(WamidException::class)
    public suspend fun profile(): BusinessProfile = notHere("profile")

    /**
     * Lets users that were blocked write again. More than 1,000 go in several requests.
     *
     * (Meta: "block users".)
     *
     * @param phones Their phones with country code, or user ids.
     */
    @Throws(WamidException::class)
    public suspend fun unblockUsers(phones: List<String>): Blocking = notHere("unblock_users")

    /**
     * Changes the profile that customers see of the business number. An absent field stays as it is. An empty text clears a field.
     *
     * (Meta: "business profiles".)
     *
     * @param about The line under the name, at most 139 characters.
     * @param address The address, at most 256 characters.
     * @param description What the business does, at most 512 characters.
     * @param email The email address, at most 128 characters.
     * @param websites The web sites, at most two.
     * @param vertical The industry, such as `RETAIL`.
     * @param photo The picture. It is uploaded first, to the app, so the client needs the option `app_id`.
     */
    @Throws(WamidException::class)
    public suspend fun updateProfile(
        about: String? = null,
        address: String? = null,
        description: String? = null,
        email: String? = null,
        websites: List<String>? = null,
        vertical: String? = null,
        photo: ProfilePhoto? = null,
    ): Unit = notHere("update_profile")

    /**
     * Uploads a file to Meta, to be sent by its id as often as one likes for 30 days. The answer is the id.
     *
     * Type and size are checked against Meta's table before. A file is read as it goes out, so that memory stays flat. An upload sends nothing to anybody:
     * it is tried again also where the outcome is unknown.
     * (Meta: "media" reference, upload media.)
     *
     * @param file The path of a file. Give exactly one of `file` and `data`.
     * @param data The content itself.
     * @param mimeType Its MIME type, such as `image/jpeg`. Default: by the file's name, else by its first bytes.
     * @param filename The name that it is uploaded with. Default: the file's own.
     * @param progress Is told how far it has come, at most ten times a second, and once at the end: on a thread of the library's, where it may take its time. What it throws stops nothing.
     */
    @Throws(WamidException::class)
    public suspend fun uploadMedia(
        file: String? = null,
        data: ByteArray? = null,
        mimeType: String? = null,
        filename: String? = null,
        progress: TransferListener? = null,
    ): String = notHere("upload_media")
}

/** Asks the library for each of them. */
internal class AskedOperations(private val client: NumberedClient) : Operations {
    override suspend fun blockUsers(phones: List<String>): Blocking =
        ask(
            client, "block_users",
            { writer ->
                writer.field("phones", phones) { value -> list(value) { item -> text(item) } }
            },
            { answer -> readBlocking(answer) },
        )

    override suspend fun blockedUsers(): List<String> =
        ask(
            client, "blocked_users",
            {},
            { answer -> answer.list { item -> item.text() } },
        )

    override suspend fun checkTemplate(content: Content, template: TemplateInfo): Unit =
        ask(
            client, "check_template",
            { writer ->
                writer.field("content", content) { value -> content(value) }
                writer.field("template", template) { value -> record(value::write) }
            },
            {},
        )

    override suspend fun createTemplate(definition: String): CreatedTemplate =
        ask(
            client, "create_template",
            { writer ->
                writer.field("definition", definition) { value -> json(value) }
            },
            { answer -> readCreatedTemplate(answer) },
        )

    override suspend fun deleteMedia(mediaId: String): Unit =
        ask(
            client, "delete_media",
            { writer ->
                writer.field("media_id", mediaId) { value -> text(value) }
            },
            {},
        )

    override suspend fun deleteTemplate(name: String, templateId: String?): Unit =
        ask(
            client, "delete_template",
            { writer ->
                writer.field("name", name) { value -> text(value) }
                writer.field("template_id", templateId) { value -> text(value) }
            },
            {},
        )

    override suspend fun downloadMedia(
        mediaId: String,
        maxBytes: Long?,
        progress: TransferListener?,
    ): Download =
        ask(
            client, "download_media",
            { writer ->
                writer.field("media_id", mediaId) { value -> text(value) }
                writer.field("max_bytes", maxBytes) { value -> integer(value) }
            },
            { answer -> readDownload(answer) },
            progress,
        )

    override suspend fun downloadMediaTo(
        mediaId: String,
        path: String,
        maxBytes: Long?,
        progress: TransferListener?,
    ): String =
        ask(
            client, "download_media_to",
            { writer ->
                writer.field("media_id", mediaId) { value -> text(value) }
                writer.field("path", path) { value -> text(value) }
                writer.field("max_bytes", maxBytes) { value -> integer(value) }
            },
            { answer -> answer.text() },
            progress,
        )

    override suspend fun editTemplate(templateId: String, definition: String): Unit =
        ask(
            client, "edit_template",
            { writer ->
                writer.field("template_id", templateId) { value -> text(value) }
                writer.field("definition", definition) { value -> json(value) }
            },
            {},
        )

    override suspend fun request(
        method: String,
        path: String,
        query: String?,
        json: String?,
        form: String?,
    ): String =
        ask(
            client, "request",
            { writer ->
                writer.field("method", method) { value -> text(value) }
                writer.field("path", path) { value -> text(value) }
                writer.field("query", query) { value -> json(value) }
                writer.field("json", json) { value -> json(value) }
                writer.field("form", form) { value -> json(value) }
            },
            { answer -> answer.text() },
        )

    override suspend fun sends(
        reference: String?,
        messageId: String?,
        status: String?,
        limit: Long?,
    ): List<SendRecord> =
        ask(
            client, "sends",
            { writer ->
                writer.field("reference", reference) { value -> text(value) }
                writer.field("message_id", messageId) { value -> text(value) }
                writer.field("status", status) { value -> text(value) }
                writer.field("limit", limit) { value -> integer(value) }
            },
            { answer -> answer.list { item -> readSendRecord(item) } },
        )

    override suspend fun templates(
        name: String?,
        language: String?,
        status: String?,
        category: String?,
        limit: Long?,
    ): List<TemplateInfo> =
        ask(
            client, "templates",
            { writer ->
                writer.field("name", name) { value -> text(value) }
                writer.field("language", language) { value -> text(value) }
                writer.field("status", status) { value -> text(value) }
                writer.field("category", category) { value -> text(value) }
                writer.field("limit", limit) { value -> integer(value) }
            },
            { answer -> answer.list { item -> readTemplateInfo(item) } },
        )

    override suspend fun mediaInfo(mediaId: String): MediaInfo =
        ask(
            client, "media_info",
            { writer ->
                writer.field("media_id", mediaId) { value -> text(value) }
            },
            { answer -> readMediaInfo(answer) },
        )

    override suspend fun markRead(messageId: String, typing: Boolean?): Unit =
        ask(
            client, "mark_read",
            { writer ->
                writer.field("message_id", messageId) { value -> text(value) }
                writer.field("typing", typing) { value -> flag(value) }
            },
            {},
        )

    override suspend fun profile(): BusinessProfile =
        ask(
            client, "profile",
            {},
            { answer -> readBusinessProfile(answer) },
        )

    override suspend fun unblockUsers(phones: List<String>): Blocking =
        ask(
            client, "unblock_users",
            { writer ->
                writer.field("phones", phones) { value -> list(value) { item -> text(item) } }
            },
            { answer -> readBlocking(answer) },
        )

    override suspend fun updateProfile(
        about: String?,
        address: String?,
        description: String?,
        email: String?,
        websites: List<String>?,
        vertical: String?,
        photo: ProfilePhoto?,
    ): Unit =
        ask(
            client, "update_profile",
            { writer ->
                writer.field("about", about) { value -> text(value) }
                writer.field("address", address) { value -> text(value) }
                writer.field("description", description) { value -> text(value) }
                writer.field("email", email) { value -> text(value) }
                writer.field("websites", websites) { value -> list(value) { item -> text(item) } }
                writer.field("vertical", vertical) { value -> text(value) }
                writer.field("photo", photo) { value -> record(value::write) }
            },
            {},
        )

    override suspend fun uploadMedia(
        file: String?,
        data: ByteArray?,
        mimeType: String?,
        filename: String?,
        progress: TransferListener?,
    ): String =
        ask(
            client, "upload_media",
            { writer ->
                writer.field("file", file) { value -> text(value) }
                writer.field("data", data) { value -> bytes(value) }
                writer.field("mime_type", mimeType) { value -> text(value) }
                writer.field("filename", filename) { value -> text(value) }
            },
            { answer -> answer.text() },
            progress,
        )
}

/** What a [FutureClient] does besides sending. */
public sealed class FutureOperations(private val operations: Operations) {
    internal abstract fun <T> begun(call: suspend () -> T): CompletableFuture<T>

    /** As [Operations.blockUsers]. */
    public fun blockUsers(phones: List<String>): CompletableFuture<Blocking> = begun { operations.blockUsers(phones) }

    /** As [Operations.blockedUsers]. */
    public fun blockedUsers(): CompletableFuture<List<String>> = begun { operations.blockedUsers() }

    /** As [Operations.checkTemplate]. */
    public fun checkTemplate(content: Content, template: TemplateInfo): CompletableFuture<Void?> = begun {
        operations.checkTemplate(content, template)
        null
    }

    /** As [Operations.createTemplate]. */
    public fun createTemplate(definition: String): CompletableFuture<CreatedTemplate> = begun { operations.createTemplate(definition) }

    /** As [Operations.deleteMedia]. */
    public fun deleteMedia(mediaId: String): CompletableFuture<Void?> = begun {
        operations.deleteMedia(mediaId)
        null
    }

    /** As [Operations.deleteTemplate]. */
    @JvmOverloads
    public fun deleteTemplate(name: String, templateId: String? = null): CompletableFuture<Void?> = begun {
        operations.deleteTemplate(name, templateId)
        null
    }

    /** As [Operations.downloadMedia]. */
    @JvmOverloads
    public fun downloadMedia(
        mediaId: String,
        maxBytes: Long? = null,
        progress: Consumer<TransferProgress>? = null,
    ): CompletableFuture<Download> = begun { operations.downloadMedia(mediaId, maxBytes, progress?.let { TransferListener(it::accept) }) }

    /** As [Operations.downloadMediaTo]. */
    @JvmOverloads
    public fun downloadMediaTo(
        mediaId: String,
        path: String,
        maxBytes: Long? = null,
        progress: Consumer<TransferProgress>? = null,
    ): CompletableFuture<String> = begun { operations.downloadMediaTo(mediaId, path, maxBytes, progress?.let { TransferListener(it::accept) }) }

    /** As [Operations.editTemplate]. */
    public fun editTemplate(templateId: String, definition: String): CompletableFuture<Void?> = begun {
        operations.editTemplate(templateId, definition)
        null
    }

    /** As [Operations.request]. */
    @JvmOverloads
    public fun request(
        method: String,
        path: String,
        query: String? = null,
        json: String? = null,
        form: String? = null,
    ): CompletableFuture<String> = begun { operations.request(method, path, query, json, form) }

    /** As [Operations.sends]. */
    @JvmOverloads
    public fun sends(
        reference: String? = null,
        messageId: String? = null,
        status: String? = null,
        limit: Long? = null,
    ): CompletableFuture<List<SendRecord>> = begun { operations.sends(reference, messageId, status, limit) }

    /** As [Operations.templates]. */
    @JvmOverloads
    public fun templates(
        name: String? = null,
        language: String? = null,
        status: String? = null,
        category: String? = null,
        limit: Long? = null,
    ): CompletableFuture<List<TemplateInfo>> = begun { operations.templates(name, language, status, category, limit) }

    /** As [Operations.mediaInfo]. */
    public fun mediaInfo(mediaId: String): CompletableFuture<MediaInfo> = begun { operations.mediaInfo(mediaId) }

    /** As [Operations.markRead]. */
    @JvmOverloads
    public fun markRead(messageId: String, typing: Boolean? = null): CompletableFuture<Void?> = begun {
        operations.markRead(messageId, typing)
        null
    }

    /** As [Operations.profile]. */
    public fun profile(): CompletableFuture<BusinessProfile> = begun { operations.profile() }

    /** As [Operations.unblockUsers]. */
    public fun unblockUsers(phones: List<String>): CompletableFuture<Blocking> = begun { operations.unblockUsers(phones) }

    /** As [Operations.updateProfile]. */
    @JvmOverloads
    public fun updateProfile(
        about: String? = null,
        address: String? = null,
        description: String? = null,
        email: String? = null,
        websites: List<String>? = null,
        vertical: String? = null,
        photo: ProfilePhoto? = null,
    ): CompletableFuture<Void?> = begun {
        operations.updateProfile(about, address, description, email, websites, vertical, photo)
        null
    }

    /** As [Operations.uploadMedia]. */
    @JvmOverloads
    public fun uploadMedia(
        file: String? = null,
        data: ByteArray? = null,
        mimeType: String? = null,
        filename: String? = null,
        progress: Consumer<TransferProgress>? = null,
    ): CompletableFuture<String> = begun { operations.uploadMedia(file, data, mimeType, filename, progress?.let { TransferListener(it::accept) }) }
}
