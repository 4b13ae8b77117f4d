package dev.wamid

import java.util.Base64

/** A part of a content is not the JSON that it should be; [cause] is what the library says of it. */
internal class BrokenJson(val path: String, val json: String, override val cause: WamidException) : RuntimeException(cause)

/** Writes contents as JSON. What JSON cannot hold it writes such that the library refuses it by its path. */
internal class JsonWriter private constructor() {
    private val out = StringBuilder()

    /** Where the value stands that is being written. */
    private val path = ArrayList<String>()

    /** A field of an object; absent ones are left out. */
    fun <T : Any> field(name: String, value: T?, write: JsonWriter.(T) -> Unit) {
        if (value == null) return
        separate()
        quoted(name)
        out.append(':')
        path.add(if (path.isEmpty()) name else ".$name")
        write(value)
        path.leave()
    }

    fun record(write: (JsonWriter) -> Unit) {
        out.append('{')
        write(this)
        out.append('}')
    }

    fun <T> list(values: List<T>, write: JsonWriter.(T) -> Unit) {
        out.append('[')
        values.forEachIndexed { at, value ->
            separate()
            path.add("[$at]")
            write(value)
            path.leave()
        }
        out.append(']')
    }

    fun text(value: String): Unit = quoted(value)

    fun flag(value: Boolean) {
        out.append(value)
    }

    fun integer(value: Long) {
        out.append(value)
    }

    fun number(value: Double) {
        if (value.isFinite()) out.append(value) else quoted(value.toString())
    }

    /** Content, in base64. */
    fun bytes(value: ByteArray) {
        out.append('"').append(Base64.getEncoder().encodeToString(value)).append('"')
    }

    /** A value that is JSON text already. */
    fun json(text: String) {
        val at = path.joinToString("")
        try {
            checkJson(at, text)
        } catch (error: WamidException) {
            throw BrokenJson(at, text, error)
        }
        out.append(text)
    }

    /** A content. An error names what is wrong in it as it does where it is sent. */
    fun content(value: Content) {
        val outer = ArrayList(path)
        path.clear()
        if (value is ReadContent) out.append(value.toJson()) else record(value::write)
        path.addAll(outer)
    }

    fun parameter(value: TemplateParameter): Unit = when (value) {
        is TemplateParameter.Text -> text(value.text)
        is TemplateParameter.Number -> number(value.number)
        is TemplateParameter.Json -> json(value.json)
        else -> record { parts(value) }
    }

    private fun parts(value: TemplateParameter) {
        when (value) {
            is TemplateParameter.Text, is TemplateParameter.Number, is TemplateParameter.Json -> error("no object")
            is TemplateParameter.Named -> {
                field("name", value.name) { text(it) }
                field("text", value.text) { text(it) }
            }
            is TemplateParameter.Currency -> {
                type("currency")
                field("fallback_value", value.fallbackValue) { text(it) }
                field("code", value.code) { text(it) }
                field("amount_1000", value.amount1000) { integer(it) }
            }
            is TemplateParameter.DateTime -> {
                type("date_time")
                field("fallback_value", value.fallbackValue) { text(it) }
            }
            is TemplateParameter.Image -> media("image", value.media)
            is TemplateParameter.Video -> media("video", value.media)
            is TemplateParameter.Document -> media("document", value.media)
            is TemplateParameter.Location -> {
                type("location")
                field("latitude", value.latitude) { number(it) }
                field("longitude", value.longitude) { number(it) }
                field("name", value.name) { text(it) }
                field("address", value.address) { text(it) }
            }
            is TemplateParameter.Product -> {
                type("product")
                field("product_retailer_id", value.productRetailerId) { text(it) }
                field("catalog_id", value.catalogId) { text(it) }
            }
        }
    }

    private fun media(type: String, value: Media) {
        type(type)
        field("id", value.id) { text(it) }
        field("link", value.link) { text(it) }
        field("filename", value.filename) { text(it) }
        field("file", value.file) { text(it) }
        field("data", value.data) { bytes(it) }
        field("mime_type", value.mimeType) { text(it) }
    }

    fun button(value: TemplateButton): Unit = when (value) {
        is TemplateButton.Json -> json(value.json)
        else -> record { parts(value) }
    }

    private fun parts(value: TemplateButton) {
        val index = when (value) {
            is TemplateButton.Json -> error("no object")
            is TemplateButton.Url -> {
                field("sub_type", "url") { text(it) }
                field("text", value.text) { text(it) }
                value.index
            }
            is TemplateButton.QuickReply -> {
                field("sub_type", "quick_reply") { text(it) }
                field("payload", value.payload) { text(it) }
                value.index
            }
            is TemplateButton.CopyCode -> {
                field("sub_type", "copy_code") { text(it) }
                field("coupon_code", value.couponCode) { text(it) }
                value.index
            }
            is TemplateButton.Flow -> {
                field("sub_type", "flow") { text(it) }
                field("flow_token", value.flowToken) { text(it) }
                field("flow_action_data", value.flowActionData) { json(it) }
                value.index
            }
            is TemplateButton.Catalog -> {
                field("sub_type", "catalog") { text(it) }
                field("thumbnail_product_retailer_id", value.thumbnailProductRetailerId) { text(it) }
                value.index
            }
            is TemplateButton.Mpm -> {
                field("sub_type", "mpm") { text(it) }
                field("thumbnail_product_retailer_id", value.thumbnailProductRetailerId) { text(it) }
                field("sections", value.sections) { sections -> list(sections) { each -> record { section(each) } } }
                value.index
            }
        }
        field("index", index) { integer(it) }
    }

    private fun section(value: ButtonSection) {
        field("title", value.title) { text(it) }
        field("product_retailer_ids", value.productRetailerIds) { ids -> list(ids) { text(it) } }
    }

    private fun type(name: String) = field("type", name) { text(it) }

    private fun separate() {
        if (out.last() != '{' && out.last() != '[') out.append(',')
    }

    private fun quoted(text: String) {
        out.append('"')
        text.forEachIndexed { at, char ->
            when {
                char == '"' || char == '\\' -> out.append('\\').append(char)
                // Half a character is none in UTF-8: so it is for the library to refuse.
                char < ' ' || isHalf(text, at) -> out.append(escaped(char))
                else -> out.append(char)
            }
        }
        out.append('"')
    }

    // The name that lists have for it is not Java 11's.
    private fun ArrayList<String>.leave() {
        removeAt(lastIndex)
    }

    companion object {
        fun written(content: Content): String = written(content::write)

        /** The object that [write] writes. */
        private fun written(write: (JsonWriter) -> Unit): String = JsonWriter().apply { record(write) }.out.toString()

        /** The same; what is no JSON, and should be, is the library's error. */
        fun checked(write: (JsonWriter) -> Unit): String = try {
            written(write)
        } catch (broken: BrokenJson) {
            throw broken.cause
        }

        /** JSON text whose halves of characters are such as the library can read, to refuse them by their path. */
        fun whole(json: String): String {
            if (json.none(Char::isSurrogate)) return json
            val out = StringBuilder(json.length)
            json.forEachIndexed { at, char -> if (isHalf(json, at)) out.append(escaped(char)) else out.append(char) }
            return out.toString()
        }

        private fun escaped(char: Char): String = "\\u" + char.code.toString(16).padStart(4, '0')

        private fun isHalf(text: String, at: Int): Boolean = when {
            text[at].isHighSurrogate() -> at + 1 == text.length || !text[at + 1].isLowSurrogate()
            text[at].isLowSurrogate() -> at == 0 || !text[at - 1].isHighSurrogate()
            else -> false
        }
    }
}
