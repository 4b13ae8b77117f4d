@file:Suppress("NOTHING_TO_INLINE") // So that a new argument breaks no compiled caller.

package dev.wamid

/**
 * A message of any kind: to whom, what, and with which options. [ClientInterface.sendMany] takes them.
 *
 * ```
 * Message("+91 98765-43210", Text("On our way"), reference = "r-1")
 * ```
 */
public class Message(
    /** Who gets it: a phone number with its country code, or a business-scoped user id. */
    public val phone: String,
    /** What they get. */
    public val content: Content,
) : java.io.Serializable {
    /** The account to send from, by its id on the gateway. Only on a gateway client. */
    public var accountId: Long? = null

    /** The id of the message that this one answers; not empty. */
    public var replyTo: String? = null

    /** A text of yours, 1 to 512 characters, that comes back in every status webhook of the message. */
    public var reference: String? = null

    /** Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client. */
    public var idempotencyKey: String? = null

    /** JSON text of an object whose members stand beside the content in Meta's body: `{"category": "utility"}`, `ttl_seconds` … */
    public var extra: String? = null

    /** The same, with what [set] sets. */
    public constructor(phone: String, content: Content, set: Message.() -> Unit) : this(phone, content) {
        set()
    }

    /** As it crosses. */
    internal fun crossing(): Send = Send(phone, content.crossing(), SendOptions(accountId, replyTo, reference, idempotencyKey, extra))

    override fun equals(other: Any?): Boolean =
        this === other || other is Message && phone == other.phone && content == other.content && accountId == other.accountId &&
            replyTo == other.replyTo && reference == other.reference && idempotencyKey == other.idempotencyKey &&
            extra == other.extra

    override fun hashCode(): Int = java.util.Objects.hash(phone, content, accountId, replyTo, reference, idempotencyKey, extra)

    override fun toString(): String =
        "Message(phone=$phone, content=$content, accountId=$accountId, replyTo=$replyTo, reference=$reference, " +
            "idempotencyKey=$idempotencyKey, extra=$extra)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A message of any kind, with its options as named arguments.
 *
 * @param phone Who gets it: a phone number with its country code, or a business-scoped user id.
 * @param content What they get.
 * @param accountId The account to send from, by its id on the gateway. Only on a gateway client.
 * @param replyTo The id of the message that this one answers; not empty.
 * @param reference A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
 * @param idempotencyKey Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
 * @param extra JSON text of an object whose members stand beside the content in Meta's body: `{"category": "utility"}`, `ttl_seconds` …
 */
@JvmSynthetic
public inline fun Message(
    phone: String,
    content: Content,
    accountId: Long? = null,
    replyTo: String? = null,
    reference: String? = null,
    idempotencyKey: String? = null,
    extra: String? = null,
): Message = Message(phone, content).also {
    it.accountId = accountId
    it.replyTo = replyTo
    it.reference = reference
    it.idempotencyKey = idempotencyKey
    it.extra = extra
}

/** As it crosses. The kinds that are sent most have a form of their own, which costs less than JSON. */
private fun Content.crossing(): SendContent = when (this) {
    is Text -> SendContent.Message(message, previewUrl)
    is Location -> SendContent.Location(latitude, longitude, name, address)
    is Template -> if (this == plain()) SendContent.Template(templateName, language, headerParams, bodyParams, buttons, components) else json()
    else -> json()
}

/** The same without what that form has no place for. */
private fun Template.plain(): Template = Template(
    templateName, language = language, headerParams = headerParams, bodyParams = bodyParams, buttons = buttons, components = components,
)

private fun Content.json(): SendContent = try {
    SendContent.Json(if (this is ReadContent) toJson() else JsonWriter.written(this))
} catch (broken: BrokenJson) {
    SendContent.Broken(broken.path, broken.json)
}
