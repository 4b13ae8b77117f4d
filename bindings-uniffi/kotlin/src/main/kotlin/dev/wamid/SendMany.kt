@file:JvmName("Sending")

package dev.wamid

/**
 * Sends many messages, and tells [report] how far they have come: as the counts change, at most ten times a second, and
 * once at the end. What it throws stops nothing. Everything else is as without it.
 *
 * ```
 * val outcomes = client.sendMany(sends) { println("${it.left} left") }
 * ```
 */
@Throws(WamidException::class)
public suspend fun Client.sendMany(
    sends: List<Send>,
    concurrency: Long? = null,
    report: (SendProgress) -> Unit,
): List<Outcome> = sendMany(
    sends,
    concurrency,
    object : ProgressListener {
        override fun progress(progress: SendProgress) = report(progress)
    },
)
