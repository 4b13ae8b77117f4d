// Written by `cargo xtask generate` from the declarations in core/src/operation.

package dev.wamid

import java.util.Objects

/** Whom Meta did not block, or not unblock, and why. */
public class BlockFailure private constructor(builder: Builder) : java.io.Serializable {
    /** The phone as it was given. */
    public val phone: String = builder.phone

    /** Meta's code, such as 131047: the user has not written in the last 24 hours. */
    public val code: Long? = builder.code

    /** Meta's words. */
    public val message: String? = builder.message

    /** More of them. */
    public val details: String? = builder.details

    override fun equals(other: Any?): Boolean =
        this === other || other is BlockFailure &&
            Objects.equals(phone, other.phone) &&
            Objects.equals(code, other.code) &&
            Objects.equals(message, other.message) &&
            Objects.equals(details, other.details)

    override fun hashCode(): Int = Objects.hash(phone, code, message, details)

    override fun toString(): String = "BlockFailure(phone=$phone, code=$code, message=$message, details=$details)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [BlockFailure.phone]. */
        public var phone: String = ""

        /** As [BlockFailure.code]. */
        public var code: Long? = null

        /** As [BlockFailure.message]. */
        public var message: String? = null

        /** As [BlockFailure.details]. */
        public var details: String? = null

        /** What has been set. */
        public fun build(): BlockFailure = BlockFailure(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): BlockFailure = Builder().apply(set).build()
    }
}

internal fun readBlockFailure(answer: Answer?): BlockFailure = BlockFailure.build {
    phone = answer.member("phone").text()
    code = answer.member("code")?.let { value -> value.integer() }
    message = answer.member("message")?.let { value -> value.text() }
    details = answer.member("details")?.let { value -> value.text() }
}

/** What became of each user. */
public class Blocking private constructor(builder: Builder) : java.io.Serializable {
    /** Those that are blocked now, or unblocked, as they were given. */
    public val done: List<String> = builder.done

    /** The others. */
    public val failed: List<BlockFailure> = builder.failed

    override fun equals(other: Any?): Boolean =
        this === other || other is Blocking &&
            Objects.equals(done, other.done) &&
            Objects.equals(failed, other.failed)

    override fun hashCode(): Int = Objects.hash(done, failed)

    override fun toString(): String = "Blocking(done=$done, failed=$failed)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [Blocking.done]. */
        public var done: List<String> = emptyList()

        /** As [Blocking.failed]. */
        public var failed: List<BlockFailure> = emptyList()

        /** What has been set. */
        public fun build(): Blocking = Blocking(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): Blocking = Builder().apply(set).build()
    }
}

internal fun readBlocking(answer: Answer?): Blocking = Blocking.build {
    done = answer.member("done").list { item -> item.text() }
    failed = answer.member("failed").list { item -> readBlockFailure(item) }
}

/** A template that was just made. */
public class CreatedTemplate private constructor(builder: Builder) : java.io.Serializable {
    /** Its id. */
    public val id: String = builder.id

    /** Whether it can be sent already. */
    public val status: String = builder.status

    /** Its category, which Meta may have changed. */
    public val category: String = builder.category

    override fun equals(other: Any?): Boolean =
        this === other || other is CreatedTemplate &&
            Objects.equals(id, other.id) &&
            Objects.equals(status, other.status) &&
            Objects.equals(category, other.category)

    override fun hashCode(): Int = Objects.hash(id, status, category)

    override fun toString(): String = "CreatedTemplate(id=$id, status=$status, category=$category)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [CreatedTemplate.id]. */
        public var id: String = ""

        /** As [CreatedTemplate.status]. */
        public var status: String = ""

        /** As [CreatedTemplate.category]. */
        public var category: String = ""

        /** What has been set. */
        public fun build(): CreatedTemplate = CreatedTemplate(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): CreatedTemplate = Builder().apply(set).build()
    }
}

internal fun readCreatedTemplate(answer: Answer?): CreatedTemplate = CreatedTemplate.build {
    id = answer.member("id").text()
    status = answer.member("status").text()
    category = answer.member("category").text()
}

/** A file that was fetched. */
public class Download private constructor(builder: Builder) : java.io.Serializable {
    /** Its content. */
    public val data: ByteArray = builder.data

    /** Its MIME type. */
    public val mimeType: String = builder.mimeType

    override fun equals(other: Any?): Boolean =
        this === other || other is Download &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(data.contentHashCode(), mimeType)

    override fun toString(): String = "Download(data=${data.size} bytes, mimeType=$mimeType)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [Download.data]. */
        public var data: ByteArray = ByteArray(0)

        /** As [Download.mimeType]. */
        public var mimeType: String = ""

        /** What has been set. */
        public fun build(): Download = Download(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): Download = Builder().apply(set).build()
    }
}

internal fun readDownload(answer: Answer?): Download = Download.build {
    data = answer.member("data").bytes()
    mimeType = answer.member("mime_type").text()
}

/** What is on record of a send. Its content is not. */
public class SendRecord private constructor(builder: Builder) : java.io.Serializable {
    /** Its reference. */
    public val reference: String? = builder.reference

    /** The message's id, once it is known. */
    public val messageId: String? = builder.messageId

    /** Whom it went to, as it was sent: digits only, or a user id. */
    public val recipient: String = builder.recipient

    /** The type of its content, such as `text` or `image`. */
    public val operation: String = builder.operation

    /** What became of it: `sending`, `unknown` (it may have gone out), `sent`, `delivered`, `read` or `failed`. */
    public val status: String = builder.status

    /** Why it failed, by Meta's error code. */
    public val code: Long? = builder.code

    /** When it was written down, before it went out. */
    public val createdAt: java.time.Instant = builder.createdAt

    /** When something of it last changed. */
    public val updatedAt: java.time.Instant = builder.updatedAt

    override fun equals(other: Any?): Boolean =
        this === other || other is SendRecord &&
            Objects.equals(reference, other.reference) &&
            Objects.equals(messageId, other.messageId) &&
            Objects.equals(recipient, other.recipient) &&
            Objects.equals(operation, other.operation) &&
            Objects.equals(status, other.status) &&
            Objects.equals(code, other.code) &&
            Objects.equals(createdAt, other.createdAt) &&
            Objects.equals(updatedAt, other.updatedAt)

    override fun hashCode(): Int = Objects.hash(reference, messageId, recipient, operation, status, code, createdAt, updatedAt)

    override fun toString(): String = "SendRecord(reference=$reference, messageId=$messageId, recipient=$recipient, operation=$operation, status=$status, code=$code, createdAt=$createdAt, updatedAt=$updatedAt)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [SendRecord.reference]. */
        public var reference: String? = null

        /** As [SendRecord.messageId]. */
        public var messageId: String? = null

        /** As [SendRecord.recipient]. */
        public var recipient: String = ""

        /** As [SendRecord.operation]. */
        public var operation: String = ""

        /** As [SendRecord.status]. */
        public var status: String = ""

        /** As [SendRecord.code]. */
        public var code: Long? = null

        /** As [SendRecord.createdAt]. */
        public var createdAt: java.time.Instant = java.time.Instant.EPOCH

        /** As [SendRecord.updatedAt]. */
        public var updatedAt: java.time.Instant = java.time.Instant.EPOCH

        /** What has been set. */
        public fun build(): SendRecord = SendRecord(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): SendRecord = Builder().apply(set).build()
    }
}

internal fun readSendRecord(answer: Answer?): SendRecord = SendRecord.build {
    reference = answer.member("reference")?.let { value -> value.text() }
    messageId = answer.member("message_id")?.let { value -> value.text() }
    recipient = answer.member("recipient").text()
    operation = answer.member("operation").text()
    status = answer.member("status").text()
    code = answer.member("code")?.let { value -> value.integer() }
    createdAt = answer.member("created_at").instant()
    updatedAt = answer.member("updated_at").instant()
}

/** A template as Meta keeps it. */
public class TemplateInfo private constructor(builder: Builder) : java.io.Serializable {
    /** Its id. */
    public val id: String = builder.id

    /** Its name. */
    public val name: String = builder.name

    /** The language it is in, such as `en_US`. */
    public val language: String = builder.language

    /** Whether it can be sent: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`; new ones come without notice. */
    public val status: String = builder.status

    /** `MARKETING`, `UTILITY` or `AUTHENTICATION`. */
    public val category: String = builder.category

    /** Whether its variables are counted (`POSITIONAL`) or have names (`NAMED`). */
    public val parameterFormat: String? = builder.parameterFormat

    /**
     * Its header, body, footer and buttons, in Meta's form.
     * JSON text.
     */
    public val components: String = builder.components

    /** Meta's rating, such as `GREEN`. */
    public val quality: String? = builder.quality

    /** Why it was rejected. */
    public val rejectedReason: String? = builder.rejectedReason

    /** All that the host answered of it, as JSON. */
    public val raw: String = builder.raw

    internal fun write(json: JsonWriter) {
        json.field("id", id) { value -> text(value) }
        json.field("name", name) { value -> text(value) }
        json.field("language", language) { value -> text(value) }
        json.field("status", status) { value -> text(value) }
        json.field("category", category) { value -> text(value) }
        json.field("parameter_format", parameterFormat) { value -> text(value) }
        json.field("components", components) { value -> json(value) }
        json.field("quality", quality) { value -> text(value) }
        json.field("rejected_reason", rejectedReason) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is TemplateInfo &&
            Objects.equals(id, other.id) &&
            Objects.equals(name, other.name) &&
            Objects.equals(language, other.language) &&
            Objects.equals(status, other.status) &&
            Objects.equals(category, other.category) &&
            Objects.equals(parameterFormat, other.parameterFormat) &&
            Objects.equals(components, other.components) &&
            Objects.equals(quality, other.quality) &&
            Objects.equals(rejectedReason, other.rejectedReason) &&
            Objects.equals(raw, other.raw)

    override fun hashCode(): Int = Objects.hash(id, name, language, status, category, parameterFormat, components, quality, rejectedReason, raw)

    override fun toString(): String = "TemplateInfo(id=$id, name=$name, language=$language, status=$status, category=$category, parameterFormat=$parameterFormat, components=$components, quality=$quality, rejectedReason=$rejectedReason, raw=$raw)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [TemplateInfo.id]. */
        public var id: String = ""

        /** As [TemplateInfo.name]. */
        public var name: String = ""

        /** As [TemplateInfo.language]. */
        public var language: String = ""

        /** As [TemplateInfo.status]. */
        public var status: String = ""

        /** As [TemplateInfo.category]. */
        public var category: String = ""

        /** As [TemplateInfo.parameterFormat]. */
        public var parameterFormat: String? = null

        /** As [TemplateInfo.components]. */
        public var components: String = ""

        /** As [TemplateInfo.quality]. */
        public var quality: String? = null

        /** As [TemplateInfo.rejectedReason]. */
        public var rejectedReason: String? = null

        /** As [TemplateInfo.raw]. */
        public var raw: String = ""

        /** What has been set. */
        public fun build(): TemplateInfo = TemplateInfo(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): TemplateInfo = Builder().apply(set).build()
    }
}

internal fun readTemplateInfo(answer: Answer?): TemplateInfo = TemplateInfo.build {
    id = answer.member("id").text()
    name = answer.member("name").text()
    language = answer.member("language").text()
    status = answer.member("status").text()
    category = answer.member("category").text()
    parameterFormat = answer.member("parameter_format")?.let { value -> value.text() }
    components = answer.member("components").text()
    quality = answer.member("quality")?.let { value -> value.text() }
    rejectedReason = answer.member("rejected_reason")?.let { value -> value.text() }
    raw = answer.member("raw").text()
}

/** What Meta says of a file. */
public class MediaInfo private constructor(builder: Builder) : java.io.Serializable {
    /** Its id. */
    public val id: String = builder.id

    /** Where it can be fetched with the access token, for five minutes. */
    public val url: String = builder.url

    /** Its MIME type. */
    public val mimeType: String = builder.mimeType

    /** The SHA-256 of its content, in hexadecimal. */
    public val sha256: String = builder.sha256

    /** Its size in bytes. */
    public val fileSize: Long = builder.fileSize

    /** All that the host answered, as JSON. */
    public val raw: String = builder.raw

    override fun equals(other: Any?): Boolean =
        this === other || other is MediaInfo &&
            Objects.equals(id, other.id) &&
            Objects.equals(url, other.url) &&
            Objects.equals(mimeType, other.mimeType) &&
            Objects.equals(sha256, other.sha256) &&
            Objects.equals(fileSize, other.fileSize) &&
            Objects.equals(raw, other.raw)

    override fun hashCode(): Int = Objects.hash(id, url, mimeType, sha256, fileSize, raw)

    override fun toString(): String = "MediaInfo(id=$id, url=$url, mimeType=$mimeType, sha256=$sha256, fileSize=$fileSize, raw=$raw)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [MediaInfo.id]. */
        public var id: String = ""

        /** As [MediaInfo.url]. */
        public var url: String = ""

        /** As [MediaInfo.mimeType]. */
        public var mimeType: String = ""

        /** As [MediaInfo.sha256]. */
        public var sha256: String = ""

        /** As [MediaInfo.fileSize]. */
        public var fileSize: Long = 0

        /** As [MediaInfo.raw]. */
        public var raw: String = ""

        /** What has been set. */
        public fun build(): MediaInfo = MediaInfo(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): MediaInfo = Builder().apply(set).build()
    }
}

internal fun readMediaInfo(answer: Answer?): MediaInfo = MediaInfo.build {
    id = answer.member("id").text()
    url = answer.member("url").text()
    mimeType = answer.member("mime_type").text()
    sha256 = answer.member("sha256").text()
    fileSize = answer.member("file_size").integer()
    raw = answer.member("raw").text()
}

/** What customers see of the business. */
public class BusinessProfile private constructor(builder: Builder) : java.io.Serializable {
    /** The line under the name. */
    public val about: String? = builder.about

    /** The address. */
    public val address: String? = builder.address

    /** What the business does. */
    public val description: String? = builder.description

    /** The email address. */
    public val email: String? = builder.email

    /** Where the picture is. */
    public val profilePictureUrl: String? = builder.profilePictureUrl

    /** The web sites, at most two. */
    public val websites: List<String> = builder.websites

    /** The industry, such as `RETAIL`; new ones come without notice. */
    public val vertical: String? = builder.vertical

    /** All that Meta answered, as JSON. */
    public val raw: String = builder.raw

    override fun equals(other: Any?): Boolean =
        this === other || other is BusinessProfile &&
            Objects.equals(about, other.about) &&
            Objects.equals(address, other.address) &&
            Objects.equals(description, other.description) &&
            Objects.equals(email, other.email) &&
            Objects.equals(profilePictureUrl, other.profilePictureUrl) &&
            Objects.equals(websites, other.websites) &&
            Objects.equals(vertical, other.vertical) &&
            Objects.equals(raw, other.raw)

    override fun hashCode(): Int = Objects.hash(about, address, description, email, profilePictureUrl, websites, vertical, raw)

    override fun toString(): String = "BusinessProfile(about=$about, address=$address, description=$description, email=$email, profilePictureUrl=$profilePictureUrl, websites=$websites, vertical=$vertical, raw=$raw)"

    /** Makes one, as a test needs it: what is not set is empty. */
    public class Builder {
        /** As [BusinessProfile.about]. */
        public var about: String? = null

        /** As [BusinessProfile.address]. */
        public var address: String? = null

        /** As [BusinessProfile.description]. */
        public var description: String? = null

        /** As [BusinessProfile.email]. */
        public var email: String? = null

        /** As [BusinessProfile.profilePictureUrl]. */
        public var profilePictureUrl: String? = null

        /** As [BusinessProfile.websites]. */
        public var websites: List<String> = emptyList()

        /** As [BusinessProfile.vertical]. */
        public var vertical: String? = null

        /** As [BusinessProfile.raw]. */
        public var raw: String = ""

        /** What has been set. */
        public fun build(): BusinessProfile = BusinessProfile(this)
    }

    public companion object {
        private const val serialVersionUID: Long = 1

        /** Makes one of what [set] sets; the rest is empty. */
        @JvmSynthetic
        public fun build(set: Builder.() -> Unit): BusinessProfile = Builder().apply(set).build()
    }
}

internal fun readBusinessProfile(answer: Answer?): BusinessProfile = BusinessProfile.build {
    about = answer.member("about")?.let { value -> value.text() }
    address = answer.member("address")?.let { value -> value.text() }
    description = answer.member("description")?.let { value -> value.text() }
    email = answer.member("email")?.let { value -> value.text() }
    profilePictureUrl = answer.member("profile_picture_url")?.let { value -> value.text() }
    websites = answer.member("websites").list { item -> item.text() }
    vertical = answer.member("vertical")?.let { value -> value.text() }
    raw = answer.member("raw").text()
}
