// Written by `cargo xtask generate` from the declarations in core/src/message/kinds.

@file:Suppress("NOTHING_TO_INLINE") // See xtask/src/generate/kotlin.rs.

package dev.wamid

import java.util.Objects

internal val contentTypes: List<String> = listOf("address_message", "audio", "catalog", "contact_request", "contacts", "cta_url", "document", "flow", "image", "list", "location", "location_request", "product", "product_list", "raw", "reaction", "reply_buttons", "sticker", "template", "text", "video")

/**
 * Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
 *
 * (Meta: "messages" reference, interactive object, `address_message`.)
 */
public class AddressMessage(
    /** The text, at most 1024 characters. */
    public val body: String,
    /** The country of the address, as ISO 3166 has it: `IN`. */
    public val country: String,
) : Content() {
    /** What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`, `city` … */
    public var values: String? = null

    /** Addresses to choose from: a list of objects with `id` and `value`. */
    public var savedAddresses: String? = null

    /** What was wrong with the last answer: an object with a text for each field. */
    public var validationErrors: String? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, country: String, set: AddressMessage.() -> Unit) : this(body, country) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "address_message") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("country", country) { value -> text(value) }
        json.field("values", values) { value -> json(value) }
        json.field("saved_addresses", savedAddresses) { value -> json(value) }
        json.field("validation_errors", validationErrors) { value -> json(value) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is AddressMessage &&
            Objects.equals(body, other.body) &&
            Objects.equals(country, other.country) &&
            Objects.equals(values, other.values) &&
            Objects.equals(savedAddresses, other.savedAddresses) &&
            Objects.equals(validationErrors, other.validationErrors) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, country, values, savedAddresses, validationErrors, footer)

    override fun toString(): String = "AddressMessage(body=$body, country=$country, values=$values, savedAddresses=$savedAddresses, validationErrors=$validationErrors, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
 *
 * (Meta: "messages" reference, interactive object, `address_message`.)
 *
 * @param body The text, at most 1024 characters.
 * @param country The country of the address, as ISO 3166 has it: `IN`.
 * @param values What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`, `city` … JSON text.
 * @param savedAddresses Addresses to choose from: a list of objects with `id` and `value`. JSON text.
 * @param validationErrors What was wrong with the last answer: an object with a text for each field. JSON text.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun AddressMessage(
    body: String,
    country: String,
    values: String? = null,
    savedAddresses: String? = null,
    validationErrors: String? = null,
    footer: String? = null,
): AddressMessage = AddressMessage(body, country).also {
    it.values = values
    it.savedAddresses = savedAddresses
    it.validationErrors = validationErrors
    it.footer = footer
}

/**
 * An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, audio object.)
 */
public class Audio(
) : Content() {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** Whether it is shown as a voice note, which has to be OGG with Opus; false where absent. */
    public var voice: Boolean? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: Audio.() -> Unit) : this() {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "audio") { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("voice", voice) { value -> flag(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Audio &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(voice, other.voice) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(id, link, file, data.contentHashCode(), voice, mimeType)

    override fun toString(): String = "Audio(id=$id, link=$link, file=$file, data=${data?.size} bytes, voice=$voice, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, audio object.)
 *
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param voice Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun Audio(
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    voice: Boolean? = null,
    mimeType: String? = null,
): Audio = Audio().also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.voice = voice
    it.mimeType = mimeType
}

/**
 * A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `catalog_message`.)
 */
public class Catalog(
    /** The text, at most 1024 characters. */
    public val body: String,
) : Content() {
    /** The product whose picture is shown, by its id in the catalog; the first one where absent. */
    public var thumbnailProductRetailerId: String? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, set: Catalog.() -> Unit) : this(body) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "catalog") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("thumbnail_product_retailer_id", thumbnailProductRetailerId) { value -> text(value) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Catalog &&
            Objects.equals(body, other.body) &&
            Objects.equals(thumbnailProductRetailerId, other.thumbnailProductRetailerId) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, thumbnailProductRetailerId, footer)

    override fun toString(): String = "Catalog(body=$body, thumbnailProductRetailerId=$thumbnailProductRetailerId, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `catalog_message`.)
 *
 * @param body The text, at most 1024 characters.
 * @param thumbnailProductRetailerId The product whose picture is shown, by its id in the catalog; the first one where absent.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun Catalog(
    body: String,
    thumbnailProductRetailerId: String? = null,
    footer: String? = null,
): Catalog = Catalog(body).also {
    it.thumbnailProductRetailerId = thumbnailProductRetailerId
    it.footer = footer
}

/**
 * Asks for somebody's phone number, with a button that sends their contact.
 *
 * The answer is a contact. It is the way to the number of somebody who writes under a username.
 * (Meta: "messages" reference, interactive object, `request_contact_info`.)
 */
public class ContactRequest(
    /** The text, at most 1024 characters. */
    public val body: String,
) : Content() {
    override fun write(json: JsonWriter) {
        json.field("type", "contact_request") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactRequest &&
            Objects.equals(body, other.body)

    override fun hashCode(): Int = Objects.hash(body)

    override fun toString(): String = "ContactRequest(body=$body)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * Contact cards, 1 to 257.
 *
 * (Meta: "messages" reference, contacts object.)
 */
public class Contacts(
    /** The cards, 1 to 257. */
    public val contacts: List<ContactCard>,
) : Content() {
    override fun write(json: JsonWriter) {
        json.field("type", "contacts") { value -> text(value) }
        json.field("contacts", contacts) { value -> list(value) { item -> record(item::write) } }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Contacts &&
            Objects.equals(contacts, other.contacts)

    override fun hashCode(): Int = Objects.hash(contacts)

    override fun toString(): String = "Contacts(contacts=$contacts)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with a button that opens an address.
 *
 * (Meta: "messages" reference, interactive object, `cta_url`.)
 */
public class CtaUrl(
    /** The text, at most 1024 characters. */
    public val body: String,
    /** The text on the button, at most 20 characters. */
    public val displayText: String,
    /** What the button opens, an http or https address. */
    public val url: String,
) : Content() {
    /** The header: a text of at most 60 characters, or an image, a video or a document. */
    public var header: Header? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, displayText: String, url: String, set: CtaUrl.() -> Unit) : this(body, displayText, url) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "cta_url") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("display_text", displayText) { value -> text(value) }
        json.field("url", url) { value -> text(value) }
        json.field("header", header) { value -> value.write(this) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is CtaUrl &&
            Objects.equals(body, other.body) &&
            Objects.equals(displayText, other.displayText) &&
            Objects.equals(url, other.url) &&
            Objects.equals(header, other.header) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, displayText, url, header, footer)

    override fun toString(): String = "CtaUrl(body=$body, displayText=$displayText, url=$url, header=$header, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with a button that opens an address.
 *
 * (Meta: "messages" reference, interactive object, `cta_url`.)
 *
 * @param body The text, at most 1024 characters.
 * @param displayText The text on the button, at most 20 characters.
 * @param url What the button opens, an http or https address.
 * @param header The header: a text of at most 60 characters, or an image, a video or a document.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun CtaUrl(
    body: String,
    displayText: String,
    url: String,
    header: Header? = null,
    footer: String? = null,
): CtaUrl = CtaUrl(body, displayText, url).also {
    it.header = header
    it.footer = footer
}

/**
 * A document, such as a PDF, at most 100 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, document object.)
 */
public class Document(
) : Content() {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** The text under it, at most 1024 characters. */
    public var caption: String? = null

    /** The file name that the reader sees. WhatsApp chooses the icon by its extension. */
    public var filename: String? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: Document.() -> Unit) : this() {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "document") { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("caption", caption) { value -> text(value) }
        json.field("filename", filename) { value -> text(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Document &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(caption, other.caption) &&
            Objects.equals(filename, other.filename) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(id, link, file, data.contentHashCode(), caption, filename, mimeType)

    override fun toString(): String = "Document(id=$id, link=$link, file=$file, data=${data?.size} bytes, caption=$caption, filename=$filename, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A document, such as a PDF, at most 100 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, document object.)
 *
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param caption The text under it, at most 1024 characters.
 * @param filename The file name that the reader sees. WhatsApp chooses the icon by its extension.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun Document(
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    caption: String? = null,
    filename: String? = null,
    mimeType: String? = null,
): Document = Document().also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.caption = caption
    it.filename = filename
    it.mimeType = mimeType
}

/**
 * A text with a button that opens a Flow: screens in which the reader fills in a form.
 *
 * The answer is an event with what they filled in.
 *
 * (Meta: "messages" reference, interactive object, `flow`.)
 */
public class Flow(
    /** The text, at most 1024 characters. */
    public val body: String,
    /** The text on the button, at most 30 characters. */
    public val button: String,
) : Content() {
    /** The Flow's id at Meta. */
    public var flowId: String? = null

    /** The Flow's name. */
    public var flowName: String? = null

    /** A text of yours that comes back with the answer. */
    public var flowToken: String? = null

    /** What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one. */
    public var flowAction: String? = null

    /** The first screen. It implies `navigate`, and `navigate` needs it. */
    public var screen: String? = null

    /** The data of that screen, an object that is not empty. It needs `screen`. */
    public var data: String? = null

    /** Which state of the Flow is opened: `published`, or `draft` to try it. */
    public var mode: String? = null

    /** The header: a text of at most 60 characters, or an image, a video or a document. */
    public var header: Header? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, button: String, set: Flow.() -> Unit) : this(body, button) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "flow") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("button", button) { value -> text(value) }
        json.field("flow_id", flowId) { value -> text(value) }
        json.field("flow_name", flowName) { value -> text(value) }
        json.field("flow_token", flowToken) { value -> text(value) }
        json.field("flow_action", flowAction) { value -> text(value) }
        json.field("screen", screen) { value -> text(value) }
        json.field("data", data) { value -> json(value) }
        json.field("mode", mode) { value -> text(value) }
        json.field("header", header) { value -> value.write(this) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Flow &&
            Objects.equals(body, other.body) &&
            Objects.equals(button, other.button) &&
            Objects.equals(flowId, other.flowId) &&
            Objects.equals(flowName, other.flowName) &&
            Objects.equals(flowToken, other.flowToken) &&
            Objects.equals(flowAction, other.flowAction) &&
            Objects.equals(screen, other.screen) &&
            Objects.equals(data, other.data) &&
            Objects.equals(mode, other.mode) &&
            Objects.equals(header, other.header) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, button, flowId, flowName, flowToken, flowAction, screen, data, mode, header, footer)

    override fun toString(): String = "Flow(body=$body, button=$button, flowId=$flowId, flowName=$flowName, flowToken=$flowToken, flowAction=$flowAction, screen=$screen, data=$data, mode=$mode, header=$header, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with a button that opens a Flow: screens in which the reader fills in a form.
 *
 * The answer is an event with what they filled in.
 *
 * (Meta: "messages" reference, interactive object, `flow`.)
 *
 * @param body The text, at most 1024 characters.
 * @param button The text on the button, at most 30 characters.
 * @param flowId The Flow's id at Meta.
 * @param flowName The Flow's name.
 * @param flowToken A text of yours that comes back with the answer.
 * @param flowAction What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one.
 * @param screen The first screen. It implies `navigate`, and `navigate` needs it.
 * @param data The data of that screen, an object that is not empty. It needs `screen`. JSON text.
 * @param mode Which state of the Flow is opened: `published`, or `draft` to try it.
 * @param header The header: a text of at most 60 characters, or an image, a video or a document.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun Flow(
    body: String,
    button: String,
    flowId: String? = null,
    flowName: String? = null,
    flowToken: String? = null,
    flowAction: String? = null,
    screen: String? = null,
    data: String? = null,
    mode: String? = null,
    header: Header? = null,
    footer: String? = null,
): Flow = Flow(body, button).also {
    it.flowId = flowId
    it.flowName = flowName
    it.flowToken = flowToken
    it.flowAction = flowAction
    it.screen = screen
    it.data = data
    it.mode = mode
    it.header = header
    it.footer = footer
}

/**
 * A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, image object.)
 */
public class Image(
) : Content() {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** The text under it, at most 1024 characters. */
    public var caption: String? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: Image.() -> Unit) : this() {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "image") { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("caption", caption) { value -> text(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Image &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(caption, other.caption) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(id, link, file, data.contentHashCode(), caption, mimeType)

    override fun toString(): String = "Image(id=$id, link=$link, file=$file, data=${data?.size} bytes, caption=$caption, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, image object.)
 *
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param caption The text under it, at most 1024 characters.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun Image(
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    caption: String? = null,
    mimeType: String? = null,
): Image = Image().also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.caption = caption
    it.mimeType = mimeType
}

/**
 * A text with a button that opens a list of rows, of which the reader picks one.
 *
 * The answer is an event with the row.
 *
 * (Meta: "messages" reference, interactive object, `list`.)
 */
public class ListMessage(
    /** The text, at most 4096 characters. */
    public val body: String,
    /** The text on the button that opens the list, at most 20 characters. */
    public val button: String,
    /** The list in 1 to 10 sections, with 1 to 10 rows in all. */
    public val sections: List<ListSection>,
) : Content() {
    /** The header, at most 60 characters. */
    public var header: String? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, button: String, sections: List<ListSection>, set: ListMessage.() -> Unit) : this(body, button, sections) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "list") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("button", button) { value -> text(value) }
        json.field("sections", sections) { value -> list(value) { item -> record(item::write) } }
        json.field("header", header) { value -> text(value) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ListMessage &&
            Objects.equals(body, other.body) &&
            Objects.equals(button, other.button) &&
            Objects.equals(sections, other.sections) &&
            Objects.equals(header, other.header) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, button, sections, header, footer)

    override fun toString(): String = "ListMessage(body=$body, button=$button, sections=$sections, header=$header, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with a button that opens a list of rows, of which the reader picks one.
 *
 * The answer is an event with the row.
 *
 * (Meta: "messages" reference, interactive object, `list`.)
 *
 * @param body The text, at most 4096 characters.
 * @param button The text on the button that opens the list, at most 20 characters.
 * @param sections The list in 1 to 10 sections, with 1 to 10 rows in all.
 * @param header The header, at most 60 characters.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun ListMessage(
    body: String,
    button: String,
    sections: List<ListSection>,
    header: String? = null,
    footer: String? = null,
): ListMessage = ListMessage(body, button, sections).also {
    it.header = header
    it.footer = footer
}

/** A location pin. */
public class Location(
    /** Degrees north, -90 to 90. */
    public val latitude: Double,
    /** Degrees east, -180 to 180. */
    public val longitude: Double,
) : Content() {
    /** The title of the pin, at most 1000 characters; empty is none. */
    public var name: String? = null

    /** The line below the title, at most 1000 characters; empty is none. */
    public var address: String? = null

    /** The same, with what [set] sets. */
    public constructor(latitude: Double, longitude: Double, set: Location.() -> Unit) : this(latitude, longitude) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "location") { value -> text(value) }
        json.field("latitude", latitude) { value -> number(value) }
        json.field("longitude", longitude) { value -> number(value) }
        json.field("name", name) { value -> text(value) }
        json.field("address", address) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Location &&
            Objects.equals(latitude, other.latitude) &&
            Objects.equals(longitude, other.longitude) &&
            Objects.equals(name, other.name) &&
            Objects.equals(address, other.address)

    override fun hashCode(): Int = Objects.hash(latitude, longitude, name, address)

    override fun toString(): String = "Location(latitude=$latitude, longitude=$longitude, name=$name, address=$address)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A location pin.
 *
 * @param latitude Degrees north, -90 to 90.
 * @param longitude Degrees east, -180 to 180.
 * @param name The title of the pin, at most 1000 characters; empty is none.
 * @param address The line below the title, at most 1000 characters; empty is none.
 */
@JvmSynthetic
public inline fun Location(
    latitude: Double,
    longitude: Double,
    name: String? = null,
    address: String? = null,
): Location = Location(latitude, longitude).also {
    it.name = name
    it.address = address
}

/**
 * Asks where somebody is, with a button that sends their location.
 *
 * The answer is a location.
 * (Meta: "messages" reference, interactive object, `location_request_message`.)
 */
public class LocationRequest(
    /** The text, at most 1024 characters. */
    public val body: String,
) : Content() {
    override fun write(json: JsonWriter) {
        json.field("type", "location_request") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is LocationRequest &&
            Objects.equals(body, other.body)

    override fun hashCode(): Int = Objects.hash(body)

    override fun toString(): String = "LocationRequest(body=$body)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A product of a catalog, with its picture and price. The answer is an order, or a question about it.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product`.)
 */
public class Product(
    /** The catalog's id at Meta. */
    public val catalogId: String,
    /** The product's id in the catalog. */
    public val productRetailerId: String,
) : Content() {
    /** The text, at most 1024 characters. */
    public var body: String? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(catalogId: String, productRetailerId: String, set: Product.() -> Unit) : this(catalogId, productRetailerId) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "product") { value -> text(value) }
        json.field("catalog_id", catalogId) { value -> text(value) }
        json.field("product_retailer_id", productRetailerId) { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Product &&
            Objects.equals(catalogId, other.catalogId) &&
            Objects.equals(productRetailerId, other.productRetailerId) &&
            Objects.equals(body, other.body) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(catalogId, productRetailerId, body, footer)

    override fun toString(): String = "Product(catalogId=$catalogId, productRetailerId=$productRetailerId, body=$body, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A product of a catalog, with its picture and price. The answer is an order, or a question about it.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product`.)
 *
 * @param catalogId The catalog's id at Meta.
 * @param productRetailerId The product's id in the catalog.
 * @param body The text, at most 1024 characters.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun Product(
    catalogId: String,
    productRetailerId: String,
    body: String? = null,
    footer: String? = null,
): Product = Product(catalogId, productRetailerId).also {
    it.body = body
    it.footer = footer
}

/**
 * Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product_list`.)
 */
public class ProductList(
    /** The text, at most 1024 characters. */
    public val body: String,
    /** The header, at most 60 characters. */
    public val header: String,
    /** The catalog's id at Meta. */
    public val catalogId: String,
    /** The products in 1 to 10 sections, with 1 to 30 products in all. */
    public val sections: List<ProductSection>,
) : Content() {
    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, header: String, catalogId: String, sections: List<ProductSection>, set: ProductList.() -> Unit) : this(body, header, catalogId, sections) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "product_list") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("header", header) { value -> text(value) }
        json.field("catalog_id", catalogId) { value -> text(value) }
        json.field("sections", sections) { value -> list(value) { item -> record(item::write) } }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ProductList &&
            Objects.equals(body, other.body) &&
            Objects.equals(header, other.header) &&
            Objects.equals(catalogId, other.catalogId) &&
            Objects.equals(sections, other.sections) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, header, catalogId, sections, footer)

    override fun toString(): String = "ProductList(body=$body, header=$header, catalogId=$catalogId, sections=$sections, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
 *
 * The catalog has to be connected to the business account.
 * (Meta: "messages" reference, interactive object, `product_list`.)
 *
 * @param body The text, at most 1024 characters.
 * @param header The header, at most 60 characters.
 * @param catalogId The catalog's id at Meta.
 * @param sections The products in 1 to 10 sections, with 1 to 30 products in all.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun ProductList(
    body: String,
    header: String,
    catalogId: String,
    sections: List<ProductSection>,
    footer: String? = null,
): ProductList = ProductList(body, header, catalogId, sections).also {
    it.footer = footer
}

/**
 * A message of any other type that Meta has: payments, carousels, calls, and types that are new.
 *
 * Only Meta checks its content. Delivery, errors and records are those of every kind.
 */
public class Raw(
    /** Its `type` at Meta, of `a-z` and `_`, which is also the name of the member that holds `object`. */
    public val messageType: String,
    /** What that member holds, as Meta has it. */
    public val `object`: String,
) : Content() {
    override fun write(json: JsonWriter) {
        json.field("type", "raw") { value -> text(value) }
        json.field("message_type", messageType) { value -> text(value) }
        json.field("object", `object`) { value -> json(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Raw &&
            Objects.equals(messageType, other.messageType) &&
            Objects.equals(`object`, other.`object`)

    override fun hashCode(): Int = Objects.hash(messageType, `object`)

    override fun toString(): String = "Raw(messageType=$messageType, object=${`object`})"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A reaction to a message: one emoji beside it.
 *
 * A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
 * (Meta: "messages" reference, reaction object.)
 */
public class Reaction(
    /** The id of the message that it reacts to. */
    public val messageId: String,
    /** One emoji; an empty text takes the reaction back. */
    public val emoji: String,
) : Content() {
    override fun write(json: JsonWriter) {
        json.field("type", "reaction") { value -> text(value) }
        json.field("message_id", messageId) { value -> text(value) }
        json.field("emoji", emoji) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Reaction &&
            Objects.equals(messageId, other.messageId) &&
            Objects.equals(emoji, other.emoji)

    override fun hashCode(): Int = Objects.hash(messageId, emoji)

    override fun toString(): String = "Reaction(messageId=$messageId, emoji=$emoji)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with 1 to 3 buttons.
 *
 * The answer is an event with the `id` and the `title` of the button.
 *
 * (Meta: "messages" reference, interactive object, `button`.)
 */
public class ReplyButtons(
    /** The text, at most 1024 characters. */
    public val body: String,
    /** The buttons, 1 to 3; each needs its own `id` and its own `title`. */
    public val buttons: List<ReplyButton>,
) : Content() {
    /** The header: a text of at most 60 characters, or an image, a video or a document. */
    public var header: Header? = null

    /** The footer, at most 60 characters. */
    public var footer: String? = null

    /** The same, with what [set] sets. */
    public constructor(body: String, buttons: List<ReplyButton>, set: ReplyButtons.() -> Unit) : this(body, buttons) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "reply_buttons") { value -> text(value) }
        json.field("body", body) { value -> text(value) }
        json.field("buttons", buttons) { value -> list(value) { item -> record(item::write) } }
        json.field("header", header) { value -> value.write(this) }
        json.field("footer", footer) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ReplyButtons &&
            Objects.equals(body, other.body) &&
            Objects.equals(buttons, other.buttons) &&
            Objects.equals(header, other.header) &&
            Objects.equals(footer, other.footer)

    override fun hashCode(): Int = Objects.hash(body, buttons, header, footer)

    override fun toString(): String = "ReplyButtons(body=$body, buttons=$buttons, header=$header, footer=$footer)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text with 1 to 3 buttons.
 *
 * The answer is an event with the `id` and the `title` of the button.
 *
 * (Meta: "messages" reference, interactive object, `button`.)
 *
 * @param body The text, at most 1024 characters.
 * @param buttons The buttons, 1 to 3; each needs its own `id` and its own `title`.
 * @param header The header: a text of at most 60 characters, or an image, a video or a document.
 * @param footer The footer, at most 60 characters.
 */
@JvmSynthetic
public inline fun ReplyButtons(
    body: String,
    buttons: List<ReplyButton>,
    header: Header? = null,
    footer: String? = null,
): ReplyButtons = ReplyButtons(body, buttons).also {
    it.header = header
    it.footer = footer
}

/**
 * A sticker: WebP, at most 100 KB if static, 500 KB if animated.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, sticker object.)
 */
public class Sticker(
) : Content() {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: Sticker.() -> Unit) : this() {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "sticker") { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Sticker &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(id, link, file, data.contentHashCode(), mimeType)

    override fun toString(): String = "Sticker(id=$id, link=$link, file=$file, data=${data?.size} bytes, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A sticker: WebP, at most 100 KB if static, 500 KB if animated.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, sticker object.)
 *
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun Sticker(
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    mimeType: String? = null,
): Sticker = Sticker().also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.mimeType = mimeType
}

/** A template message: a text that Meta has approved, with its variables filled in. */
public class Template(
    /** The template's name, 1 to 512 of `a-z0-9_`. */
    public val templateName: String,
) : Content() {
    /** The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent. */
    public var language: String? = null

    /** Meta's own components, sent as given; not together with parameters and buttons. */
    public var components: String? = null

    /**
     * The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with parameters
     * and buttons.
     */
    public var oneTimeCode: String? = null

    /** When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`. */
    public var limitedTimeOfferExpiresAt: String? = null

    /** Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded first. */
    public var headerParams: List<TemplateParameter>? = null

    /** Fills the body's variables, in their order or by name. */
    public var bodyParams: List<TemplateParameter>? = null

    /** Fills the buttons' variables; at most 10. */
    public var buttons: List<TemplateButton>? = null

    /** The cards of a carousel template, 2 to 10, in their order. */
    public var carousel: List<CarouselCard>? = null

    /** The same, with what [set] sets. */
    public constructor(templateName: String, set: Template.() -> Unit) : this(templateName) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "template") { value -> text(value) }
        json.field("template_name", templateName) { value -> text(value) }
        json.field("language", language) { value -> text(value) }
        json.field("components", components) { value -> json(value) }
        json.field("one_time_code", oneTimeCode) { value -> text(value) }
        json.field("limited_time_offer_expires_at", limitedTimeOfferExpiresAt) { value -> text(value) }
        json.field("header_params", headerParams) { value -> list(value) { item -> parameter(item) } }
        json.field("body_params", bodyParams) { value -> list(value) { item -> parameter(item) } }
        json.field("buttons", buttons) { value -> list(value) { item -> button(item) } }
        json.field("carousel", carousel) { value -> list(value) { item -> record(item::write) } }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Template &&
            Objects.equals(templateName, other.templateName) &&
            Objects.equals(language, other.language) &&
            Objects.equals(components, other.components) &&
            Objects.equals(oneTimeCode, other.oneTimeCode) &&
            Objects.equals(limitedTimeOfferExpiresAt, other.limitedTimeOfferExpiresAt) &&
            Objects.equals(headerParams, other.headerParams) &&
            Objects.equals(bodyParams, other.bodyParams) &&
            Objects.equals(buttons, other.buttons) &&
            Objects.equals(carousel, other.carousel)

    override fun hashCode(): Int = Objects.hash(templateName, language, components, oneTimeCode, limitedTimeOfferExpiresAt, headerParams, bodyParams, buttons, carousel)

    override fun toString(): String = "Template(templateName=$templateName, language=$language, components=$components, oneTimeCode=$oneTimeCode, limitedTimeOfferExpiresAt=$limitedTimeOfferExpiresAt, headerParams=$headerParams, bodyParams=$bodyParams, buttons=$buttons, carousel=$carousel)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A template message: a text that Meta has approved, with its variables filled in.
 *
 * @param templateName The template's name, 1 to 512 of `a-z0-9_`.
 * @param language The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
 * @param components Meta's own components, sent as given; not together with parameters and buttons.
 * @param oneTimeCode The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with parameters and buttons.
 * @param limitedTimeOfferExpiresAt When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`.
 * @param headerParams Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded first.
 * @param bodyParams Fills the body's variables, in their order or by name.
 * @param buttons Fills the buttons' variables; at most 10.
 * @param carousel The cards of a carousel template, 2 to 10, in their order.
 */
@JvmSynthetic
public inline fun Template(
    templateName: String,
    language: String? = null,
    components: String? = null,
    oneTimeCode: String? = null,
    limitedTimeOfferExpiresAt: String? = null,
    headerParams: List<TemplateParameter>? = null,
    bodyParams: List<TemplateParameter>? = null,
    buttons: List<TemplateButton>? = null,
    carousel: List<CarouselCard>? = null,
): Template = Template(templateName).also {
    it.language = language
    it.components = components
    it.oneTimeCode = oneTimeCode
    it.limitedTimeOfferExpiresAt = limitedTimeOfferExpiresAt
    it.headerParams = headerParams
    it.bodyParams = bodyParams
    it.buttons = buttons
    it.carousel = carousel
}

/** A text message. */
public class Text(
    /** The text, 1 to 4096 characters, not only white space or invisible characters. */
    public val message: String,
) : Content() {
    /** Whether the first link in the text is shown with a preview; false where absent. */
    public var previewUrl: Boolean? = null

    /** The same, with what [set] sets. */
    public constructor(message: String, set: Text.() -> Unit) : this(message) {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "text") { value -> text(value) }
        json.field("message", message) { value -> text(value) }
        json.field("preview_url", previewUrl) { value -> flag(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Text &&
            Objects.equals(message, other.message) &&
            Objects.equals(previewUrl, other.previewUrl)

    override fun hashCode(): Int = Objects.hash(message, previewUrl)

    override fun toString(): String = "Text(message=$message, previewUrl=$previewUrl)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A text message.
 *
 * @param message The text, 1 to 4096 characters, not only white space or invisible characters.
 * @param previewUrl Whether the first link in the text is shown with a preview; false where absent.
 */
@JvmSynthetic
public inline fun Text(
    message: String,
    previewUrl: Boolean? = null,
): Text = Text(message).also {
    it.previewUrl = previewUrl
}

/**
 * A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, video object.)
 */
public class Video(
) : Content() {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** The text under it, at most 1024 characters. */
    public var caption: String? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: Video.() -> Unit) : this() {
        set()
    }

    override fun write(json: JsonWriter) {
        json.field("type", "video") { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("caption", caption) { value -> text(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Video &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(caption, other.caption) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(id, link, file, data.contentHashCode(), caption, mimeType)

    override fun toString(): String = "Video(id=$id, link=$link, file=$file, data=${data?.size} bytes, caption=$caption, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.
 *
 * Meta fetches a link and keeps it for 10 minutes.
 * (Meta: "messages" reference, video object.)
 *
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param caption The text under it, at most 1024 characters.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun Video(
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    caption: String? = null,
    mimeType: String? = null,
): Video = Video().also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.caption = caption
    it.mimeType = mimeType
}

/** A phone number of a contact card. */
public class ContactPhone(
    /** The number, as it is shown. */
    public val phone: String,
) : java.io.Serializable {
    /** What it is for, such as `HOME`, `WORK` or `CELL`. */
    public var type: String? = null

    /** The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite. */
    public var waId: String? = null

    /** The same, with what [set] sets. */
    public constructor(phone: String, set: ContactPhone.() -> Unit) : this(phone) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("phone", phone) { value -> text(value) }
        json.field("type", type) { value -> text(value) }
        json.field("wa_id", waId) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactPhone &&
            Objects.equals(phone, other.phone) &&
            Objects.equals(type, other.type) &&
            Objects.equals(waId, other.waId)

    override fun hashCode(): Int = Objects.hash(phone, type, waId)

    override fun toString(): String = "ContactPhone(phone=$phone, type=$type, waId=$waId)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A phone number of a contact card.
 *
 * @param phone The number, as it is shown.
 * @param type What it is for, such as `HOME`, `WORK` or `CELL`.
 * @param waId The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite.
 */
@JvmSynthetic
public inline fun ContactPhone(
    phone: String,
    type: String? = null,
    waId: String? = null,
): ContactPhone = ContactPhone(phone).also {
    it.type = type
    it.waId = waId
}

/** A mail address of a contact card. */
public class ContactEmail(
    /** The address. */
    public val email: String,
) : java.io.Serializable {
    /** What it is for, such as `HOME` or `WORK`. */
    public var type: String? = null

    /** The same, with what [set] sets. */
    public constructor(email: String, set: ContactEmail.() -> Unit) : this(email) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("email", email) { value -> text(value) }
        json.field("type", type) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactEmail &&
            Objects.equals(email, other.email) &&
            Objects.equals(type, other.type)

    override fun hashCode(): Int = Objects.hash(email, type)

    override fun toString(): String = "ContactEmail(email=$email, type=$type)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A mail address of a contact card.
 *
 * @param email The address.
 * @param type What it is for, such as `HOME` or `WORK`.
 */
@JvmSynthetic
public inline fun ContactEmail(
    email: String,
    type: String? = null,
): ContactEmail = ContactEmail(email).also {
    it.type = type
}

/** A web address of a contact card. */
public class ContactUrl(
    /** The address. */
    public val url: String,
) : java.io.Serializable {
    /** What it is for, such as `HOME` or `WORK`. */
    public var type: String? = null

    /** The same, with what [set] sets. */
    public constructor(url: String, set: ContactUrl.() -> Unit) : this(url) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("url", url) { value -> text(value) }
        json.field("type", type) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactUrl &&
            Objects.equals(url, other.url) &&
            Objects.equals(type, other.type)

    override fun hashCode(): Int = Objects.hash(url, type)

    override fun toString(): String = "ContactUrl(url=$url, type=$type)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A web address of a contact card.
 *
 * @param url The address.
 * @param type What it is for, such as `HOME` or `WORK`.
 */
@JvmSynthetic
public inline fun ContactUrl(
    url: String,
    type: String? = null,
): ContactUrl = ContactUrl(url).also {
    it.type = type
}

/** A postal address of a contact card. */
public class ContactAddress(
) : java.io.Serializable {
    /** Street and number. */
    public var street: String? = null

    /** The city. */
    public var city: String? = null

    /** The state or region. */
    public var state: String? = null

    /** The postal code. */
    public var zip: String? = null

    /** The name of the country. */
    public var country: String? = null

    /** The two letters of the country, such as `in`. */
    public var countryCode: String? = null

    /** What it is for, such as `HOME` or `WORK`. */
    public var type: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: ContactAddress.() -> Unit) : this() {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("street", street) { value -> text(value) }
        json.field("city", city) { value -> text(value) }
        json.field("state", state) { value -> text(value) }
        json.field("zip", zip) { value -> text(value) }
        json.field("country", country) { value -> text(value) }
        json.field("country_code", countryCode) { value -> text(value) }
        json.field("type", type) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactAddress &&
            Objects.equals(street, other.street) &&
            Objects.equals(city, other.city) &&
            Objects.equals(state, other.state) &&
            Objects.equals(zip, other.zip) &&
            Objects.equals(country, other.country) &&
            Objects.equals(countryCode, other.countryCode) &&
            Objects.equals(type, other.type)

    override fun hashCode(): Int = Objects.hash(street, city, state, zip, country, countryCode, type)

    override fun toString(): String = "ContactAddress(street=$street, city=$city, state=$state, zip=$zip, country=$country, countryCode=$countryCode, type=$type)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A postal address of a contact card.
 *
 * @param street Street and number.
 * @param city The city.
 * @param state The state or region.
 * @param zip The postal code.
 * @param country The name of the country.
 * @param countryCode The two letters of the country, such as `in`.
 * @param type What it is for, such as `HOME` or `WORK`.
 */
@JvmSynthetic
public inline fun ContactAddress(
    street: String? = null,
    city: String? = null,
    state: String? = null,
    zip: String? = null,
    country: String? = null,
    countryCode: String? = null,
    type: String? = null,
): ContactAddress = ContactAddress().also {
    it.street = street
    it.city = city
    it.state = state
    it.zip = zip
    it.country = country
    it.countryCode = countryCode
    it.type = type
}

/** A contact card. */
public class ContactCard(
    /** The whole name, as it is shown. If none of the name parts below is given, it is sent as the first name too. */
    public val formattedName: String,
) : java.io.Serializable {
    /** The first name. */
    public var firstName: String? = null

    /** The last name. */
    public var lastName: String? = null

    /** The middle name. */
    public var middleName: String? = null

    /** The title before the name, such as `Dr`. */
    public var prefix: String? = null

    /** The addition after the name, such as `Jr`. */
    public var suffix: String? = null

    /** The company. */
    public var company: String? = null

    /** The department in the company. */
    public var department: String? = null

    /** The position in the company. */
    public var title: String? = null

    /** The birthday, as `YYYY-MM-DD`. */
    public var birthday: String? = null

    /** The phone numbers. */
    public var phones: List<ContactPhone>? = null

    /** The mail addresses. */
    public var emails: List<ContactEmail>? = null

    /** The web addresses. */
    public var urls: List<ContactUrl>? = null

    /** The postal addresses. */
    public var addresses: List<ContactAddress>? = null

    /** The same, with what [set] sets. */
    public constructor(formattedName: String, set: ContactCard.() -> Unit) : this(formattedName) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("formatted_name", formattedName) { value -> text(value) }
        json.field("first_name", firstName) { value -> text(value) }
        json.field("last_name", lastName) { value -> text(value) }
        json.field("middle_name", middleName) { value -> text(value) }
        json.field("prefix", prefix) { value -> text(value) }
        json.field("suffix", suffix) { value -> text(value) }
        json.field("company", company) { value -> text(value) }
        json.field("department", department) { value -> text(value) }
        json.field("title", title) { value -> text(value) }
        json.field("birthday", birthday) { value -> text(value) }
        json.field("phones", phones) { value -> list(value) { item -> record(item::write) } }
        json.field("emails", emails) { value -> list(value) { item -> record(item::write) } }
        json.field("urls", urls) { value -> list(value) { item -> record(item::write) } }
        json.field("addresses", addresses) { value -> list(value) { item -> record(item::write) } }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ContactCard &&
            Objects.equals(formattedName, other.formattedName) &&
            Objects.equals(firstName, other.firstName) &&
            Objects.equals(lastName, other.lastName) &&
            Objects.equals(middleName, other.middleName) &&
            Objects.equals(prefix, other.prefix) &&
            Objects.equals(suffix, other.suffix) &&
            Objects.equals(company, other.company) &&
            Objects.equals(department, other.department) &&
            Objects.equals(title, other.title) &&
            Objects.equals(birthday, other.birthday) &&
            Objects.equals(phones, other.phones) &&
            Objects.equals(emails, other.emails) &&
            Objects.equals(urls, other.urls) &&
            Objects.equals(addresses, other.addresses)

    override fun hashCode(): Int = Objects.hash(formattedName, firstName, lastName, middleName, prefix, suffix, company, department, title, birthday, phones, emails, urls, addresses)

    override fun toString(): String = "ContactCard(formattedName=$formattedName, firstName=$firstName, lastName=$lastName, middleName=$middleName, prefix=$prefix, suffix=$suffix, company=$company, department=$department, title=$title, birthday=$birthday, phones=$phones, emails=$emails, urls=$urls, addresses=$addresses)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A contact card.
 *
 * @param formattedName The whole name, as it is shown. If none of the name parts below is given, it is sent as the first name too.
 * @param firstName The first name.
 * @param lastName The last name.
 * @param middleName The middle name.
 * @param prefix The title before the name, such as `Dr`.
 * @param suffix The addition after the name, such as `Jr`.
 * @param company The company.
 * @param department The department in the company.
 * @param title The position in the company.
 * @param birthday The birthday, as `YYYY-MM-DD`.
 * @param phones The phone numbers.
 * @param emails The mail addresses.
 * @param urls The web addresses.
 * @param addresses The postal addresses.
 */
@JvmSynthetic
public inline fun ContactCard(
    formattedName: String,
    firstName: String? = null,
    lastName: String? = null,
    middleName: String? = null,
    prefix: String? = null,
    suffix: String? = null,
    company: String? = null,
    department: String? = null,
    title: String? = null,
    birthday: String? = null,
    phones: List<ContactPhone>? = null,
    emails: List<ContactEmail>? = null,
    urls: List<ContactUrl>? = null,
    addresses: List<ContactAddress>? = null,
): ContactCard = ContactCard(formattedName).also {
    it.firstName = firstName
    it.lastName = lastName
    it.middleName = middleName
    it.prefix = prefix
    it.suffix = suffix
    it.company = company
    it.department = department
    it.title = title
    it.birthday = birthday
    it.phones = phones
    it.emails = emails
    it.urls = urls
    it.addresses = addresses
}

/** An image, a video or a document in a header. */
public class HeaderMedia(
    /** What it is: `image`, `video` or `document`. */
    public val type: String,
) : java.io.Serializable {
    /** The id that Meta gave it when it was uploaded. */
    public var id: String? = null

    /** Where Meta fetches it, an http or https address. */
    public var link: String? = null

    /** The path of a file, which is uploaded first. */
    public var file: String? = null

    /** The content itself, which is uploaded first. */
    public var data: ByteArray? = null

    /** The file name that the reader sees. Only a document has one. */
    public var filename: String? = null

    /** The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(type: String, set: HeaderMedia.() -> Unit) : this(type) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("type", type) { value -> text(value) }
        json.field("id", id) { value -> text(value) }
        json.field("link", link) { value -> text(value) }
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("filename", filename) { value -> text(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is HeaderMedia &&
            Objects.equals(type, other.type) &&
            Objects.equals(id, other.id) &&
            Objects.equals(link, other.link) &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(filename, other.filename) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(type, id, link, file, data.contentHashCode(), filename, mimeType)

    override fun toString(): String = "HeaderMedia(type=$type, id=$id, link=$link, file=$file, data=${data?.size} bytes, filename=$filename, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * An image, a video or a document in a header.
 *
 * @param type What it is: `image`, `video` or `document`.
 * @param id The id that Meta gave it when it was uploaded.
 * @param link Where Meta fetches it, an http or https address.
 * @param file The path of a file, which is uploaded first.
 * @param data The content itself, which is uploaded first.
 * @param filename The file name that the reader sees. Only a document has one.
 * @param mimeType The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun HeaderMedia(
    type: String,
    id: String? = null,
    link: String? = null,
    file: String? = null,
    data: ByteArray? = null,
    filename: String? = null,
    mimeType: String? = null,
): HeaderMedia = HeaderMedia(type).also {
    it.id = id
    it.link = link
    it.file = file
    it.data = data
    it.filename = filename
    it.mimeType = mimeType
}

/** A row of a list. */
public class ListRow(
    /** The id that the answer brings, at most 200 characters. Each row of the list needs its own. */
    public val id: String,
    /** Its text, at most 24 characters. */
    public val title: String,
) : java.io.Serializable {
    /** The text below it, at most 72 characters. */
    public var description: String? = null

    /** The same, with what [set] sets. */
    public constructor(id: String, title: String, set: ListRow.() -> Unit) : this(id, title) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("id", id) { value -> text(value) }
        json.field("title", title) { value -> text(value) }
        json.field("description", description) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ListRow &&
            Objects.equals(id, other.id) &&
            Objects.equals(title, other.title) &&
            Objects.equals(description, other.description)

    override fun hashCode(): Int = Objects.hash(id, title, description)

    override fun toString(): String = "ListRow(id=$id, title=$title, description=$description)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A row of a list.
 *
 * @param id The id that the answer brings, at most 200 characters. Each row of the list needs its own.
 * @param title Its text, at most 24 characters.
 * @param description The text below it, at most 72 characters.
 */
@JvmSynthetic
public inline fun ListRow(
    id: String,
    title: String,
    description: String? = null,
): ListRow = ListRow(id, title).also {
    it.description = description
}

/** A part of a list. */
public class ListSection(
    /** Its rows, 1 to 10. */
    public val rows: List<ListRow>,
) : java.io.Serializable {
    /** The title above its rows, at most 24 characters. It is needed if the list has more than one section. */
    public var title: String? = null

    /** The same, with what [set] sets. */
    public constructor(rows: List<ListRow>, set: ListSection.() -> Unit) : this(rows) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("rows", rows) { value -> list(value) { item -> record(item::write) } }
        json.field("title", title) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ListSection &&
            Objects.equals(rows, other.rows) &&
            Objects.equals(title, other.title)

    override fun hashCode(): Int = Objects.hash(rows, title)

    override fun toString(): String = "ListSection(rows=$rows, title=$title)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A part of a list.
 *
 * @param rows Its rows, 1 to 10.
 * @param title The title above its rows, at most 24 characters. It is needed if the list has more than one section.
 */
@JvmSynthetic
public inline fun ListSection(
    rows: List<ListRow>,
    title: String? = null,
): ListSection = ListSection(rows).also {
    it.title = title
}

/** Some of the products. */
public class ProductSection(
    /** The products' ids in the catalog, 1 to 30. */
    public val productRetailerIds: List<String>,
) : java.io.Serializable {
    /** The title above them, at most 24 characters. It is needed if there is more than one section. */
    public var title: String? = null

    /** The same, with what [set] sets. */
    public constructor(productRetailerIds: List<String>, set: ProductSection.() -> Unit) : this(productRetailerIds) {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("product_retailer_ids", productRetailerIds) { value -> list(value) { item -> text(item) } }
        json.field("title", title) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ProductSection &&
            Objects.equals(productRetailerIds, other.productRetailerIds) &&
            Objects.equals(title, other.title)

    override fun hashCode(): Int = Objects.hash(productRetailerIds, title)

    override fun toString(): String = "ProductSection(productRetailerIds=$productRetailerIds, title=$title)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * Some of the products.
 *
 * @param productRetailerIds The products' ids in the catalog, 1 to 30.
 * @param title The title above them, at most 24 characters. It is needed if there is more than one section.
 */
@JvmSynthetic
public inline fun ProductSection(
    productRetailerIds: List<String>,
    title: String? = null,
): ProductSection = ProductSection(productRetailerIds).also {
    it.title = title
}

/** A button. Pressing it sends an answer. */
public class ReplyButton(
    /** The id that the answer brings, at most 256 characters. */
    public val id: String,
    /** The text on it, at most 20 characters. */
    public val title: String,
) : java.io.Serializable {
    internal fun write(json: JsonWriter) {
        json.field("id", id) { value -> text(value) }
        json.field("title", title) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ReplyButton &&
            Objects.equals(id, other.id) &&
            Objects.equals(title, other.title)

    override fun hashCode(): Int = Objects.hash(id, title)

    override fun toString(): String = "ReplyButton(id=$id, title=$title)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/** What fills a card of a carousel template. */
public class CarouselCard(
) : java.io.Serializable {
    /** Fills the card's header: an image, a video or a product. A `file` or `data` is uploaded first. */
    public var headerParams: List<TemplateParameter>? = null

    /** Fills the variables of the card's text. */
    public var bodyParams: List<TemplateParameter>? = null

    /** Fills the variables of the card's buttons. */
    public var buttons: List<TemplateButton>? = null

    /** The same, with what [set] sets. */
    public constructor(set: CarouselCard.() -> Unit) : this() {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("header_params", headerParams) { value -> list(value) { item -> parameter(item) } }
        json.field("body_params", bodyParams) { value -> list(value) { item -> parameter(item) } }
        json.field("buttons", buttons) { value -> list(value) { item -> button(item) } }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is CarouselCard &&
            Objects.equals(headerParams, other.headerParams) &&
            Objects.equals(bodyParams, other.bodyParams) &&
            Objects.equals(buttons, other.buttons)

    override fun hashCode(): Int = Objects.hash(headerParams, bodyParams, buttons)

    override fun toString(): String = "CarouselCard(headerParams=$headerParams, bodyParams=$bodyParams, buttons=$buttons)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * What fills a card of a carousel template.
 *
 * @param headerParams Fills the card's header: an image, a video or a product. A `file` or `data` is uploaded first.
 * @param bodyParams Fills the variables of the card's text.
 * @param buttons Fills the variables of the card's buttons.
 */
@JvmSynthetic
public inline fun CarouselCard(
    headerParams: List<TemplateParameter>? = null,
    bodyParams: List<TemplateParameter>? = null,
    buttons: List<TemplateButton>? = null,
): CarouselCard = CarouselCard().also {
    it.headerParams = headerParams
    it.bodyParams = bodyParams
    it.buttons = buttons
}

/** A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more. */
public class ProfilePhoto(
) : java.io.Serializable {
    /** The path of a file. */
    public var file: String? = null

    /** The content itself. */
    public var data: ByteArray? = null

    /** Its MIME type. Default: by the file's name, else by its first bytes. */
    public var mimeType: String? = null

    /** The same, with what [set] sets. */
    public constructor(set: ProfilePhoto.() -> Unit) : this() {
        set()
    }

    internal fun write(json: JsonWriter) {
        json.field("file", file) { value -> text(value) }
        json.field("data", data) { value -> bytes(value) }
        json.field("mime_type", mimeType) { value -> text(value) }
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is ProfilePhoto &&
            Objects.equals(file, other.file) &&
            java.util.Arrays.equals(data, other.data) &&
            Objects.equals(mimeType, other.mimeType)

    override fun hashCode(): Int = Objects.hash(file, data.contentHashCode(), mimeType)

    override fun toString(): String = "ProfilePhoto(file=$file, data=${data?.size} bytes, mimeType=$mimeType)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}

/**
 * A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more.
 *
 * @param file The path of a file.
 * @param data The content itself.
 * @param mimeType Its MIME type. Default: by the file's name, else by its first bytes.
 */
@JvmSynthetic
public inline fun ProfilePhoto(
    file: String? = null,
    data: ByteArray? = null,
    mimeType: String? = null,
): ProfilePhoto = ProfilePhoto().also {
    it.file = file
    it.data = data
    it.mimeType = mimeType
}

/** The header above the body: a text, or an image, a video or a document. */
public class Header private constructor(private val text: String?, private val part: HeaderMedia?) : java.io.Serializable {
    /** A text. */
    public constructor(text: String) : this(text, null)

    /** An object. */
    public constructor(part: HeaderMedia) : this(null, part)

    internal fun write(json: JsonWriter) {
        if (text != null) json.text(text)
        if (part != null) json.record(part::write)
    }

    override fun equals(other: Any?): Boolean =
        this === other || other is Header && text == other.text && part == other.part

    override fun hashCode(): Int = Objects.hash(text, part)

    override fun toString(): String = "Header(${text ?: part})"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}
