package dev.wamid

import java.nio.ByteBuffer

/** Makes the call of that name with what [write] writes, and reads its answer; [progress] is told how far it has come. */
internal suspend fun <T> ask(
    client: NumberedClient,
    operation: String,
    write: (JsonWriter) -> Unit,
    read: (Answer) -> T,
    progress: TransferListener? = null,
): T {
    val json = JsonWriter.checked(write)
    val telling = progress?.let { Telling(it::progress) }
    val listener = telling?.let { TransferListener(it::put) }
    val size = FfiConverterTypeString.allocationSize(operation) + FfiConverterTypeString.allocationSize(json) +
        FfiConverterOptionalTypeTransferListener.allocationSize(listener)
    val arguments = ByteBuffer.allocate(Math.toIntExact(size.toLong()))
    FfiConverterTypeString.write(operation, arguments)
    FfiConverterTypeString.write(json, arguments)
    FfiConverterOptionalTypeTransferListener.write(listener, arguments)
    try {
        return read(Calls.answer(client, true, { number, call -> Crossing.ask(number, call, arguments) }, FfiConverterTypeAnswer::read))
    } finally {
        telling?.end()
    }
}

/** What an operation does that a stand-in for a client does not have. */
internal fun notHere(operation: String): Nothing = throw WamidException.Unsupported(
    Failure.build {
        kind = "unsupported"
        detail = "What stands in for the client has no $operation of its own."
    },
)

/** A member of an object; null where it is absent. */
internal fun Answer?.member(name: String): Answer? = (this as? Answer.Object ?: throw unexpected()).members[name]

internal fun Answer?.text(): String = (this as? Answer.Text ?: throw unexpected()).text

internal fun Answer?.bool(): Boolean = (this as? Answer.Bool ?: throw unexpected()).bool

internal fun Answer?.integer(): Long = (this as? Answer.Integer ?: throw unexpected()).integer

internal fun Answer?.number(): Double = (this as? Answer.Number ?: throw unexpected()).number

internal fun Answer?.bytes(): ByteArray = (this as? Answer.Bytes ?: throw unexpected()).bytes

internal fun Answer?.instant(): java.time.Instant = (this as? Answer.Instant ?: throw unexpected()).instant

internal fun <T> Answer?.list(read: (Answer) -> T): List<T> = (this as? Answer.Array ?: throw unexpected()).items.map(read)

/** The library and these sources are not of one version. */
private fun unexpected(): WamidException = WamidException.UnexpectedResponse(
    Failure.build {
        kind = "unexpected_response"
        detail = "The library answers otherwise than these classes expect: they are not of one version."
    },
)
