package dev.wamid

/**
 * What a message holds: one of its subclasses, a kind each ([Text], [Location], [Template] …).
 *
 * ```
 * client.send("+91 98765-43210", Text("Your table is ready", previewUrl = true), replyTo = "wamid.…")
 * ```
 *
 * What a kind must have is its constructor's; all else is a property, or a named argument of the function that has the kind's name.
 * Limits are checked when it is sent.
 */
public sealed class Content : java.io.Serializable {
    /** Writes its type and its fields. */
    internal abstract fun write(json: JsonWriter)

    /**
     * The content as JSON text, as [fromJson] reads it.
     *
     * Fails with `invalid_input`, naming the field by its path, where a field that holds JSON text (`components` …) holds none.
     */
    @Throws(WamidException::class)
    public open fun toJson(): String = JsonWriter.checked(this::write)

    public companion object {
        private const val serialVersionUID: Long = 1

        /** The `type` of each kind. */
        @JvmStatic
        public val types: List<String> get() = contentTypes

        /**
         * A content of any kind from JSON text: an object with the `type` of its kind and the kind's fields, by their names in JSON.
         *
         * Fails with `invalid_input`, naming by its path a field that is unknown, missing or of another type. Limits are checked when
         * it is sent.
         *
         * ```
         * client.send(phone, Content.fromJson("""{"type": "text", "message": "Hello"}"""))
         * ```
         */
        @JvmStatic
        @Throws(WamidException::class)
        public fun fromJson(json: String): Content = ReadContent(contentFromJson(JsonWriter.whole(json)))
    }
}

/** What was read from JSON, as the library has written it. */
internal class ReadContent(private val text: String) : Content() {
    override fun write(json: JsonWriter): Unit = error("it is written as it was read")

    override fun toJson(): String = text

    override fun equals(other: Any?): Boolean = this === other || other is ReadContent && text == other.text

    override fun hashCode(): Int = text.hashCode()

    override fun toString(): String = "Content($text)"

    private companion object {
        private const val serialVersionUID: Long = 1
    }
}
