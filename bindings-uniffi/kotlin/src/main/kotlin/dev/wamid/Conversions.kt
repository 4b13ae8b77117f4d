package dev.wamid

import java.time.Duration
import java.time.Instant
import java.time.temporal.ChronoUnit

/** A text as the core takes it. One that is no Unicode (half a character) goes over as bytes that are none either: it is
 * the core that refuses it, by its argument's name. */
internal fun encode(text: String): ByteArray {
    // Without halves of characters there is nothing to find, and no need of the encoder that looks for it.
    if (text.none(Char::isSurrogate)) return text.encodeToByteArray()
    return try {
        text.encodeToByteArray(throwOnInvalidSequence = true)
    } catch (_: CharacterCodingException) {
        byteArrayOf(-1)
    }
}

internal fun microseconds(instant: Instant): Long =
    Math.addExact(Math.multiplyExact(instant.epochSecond, 1_000_000L), instant.nano / 1_000L)

internal fun instant(microseconds: Long): Instant = Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS)

internal fun seconds(duration: Duration): Double = duration.seconds + duration.nano / 1e9

internal fun duration(seconds: Double): Duration = Duration.ofNanos(Math.round(seconds * 1e9))
