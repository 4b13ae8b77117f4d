package dev.wamid

/** A client as the calls know it: by its [number], which is good as long as this is held and not closed. */
internal class NumberedClient(private val native: NativeClient) : AutoCloseable {
    val number: Long = native.number()

    override fun close(): Unit = native.close()
}
