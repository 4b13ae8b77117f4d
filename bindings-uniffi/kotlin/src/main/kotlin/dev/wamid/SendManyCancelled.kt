package dev.wamid

import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CopyableThrowable
import kotlinx.coroutines.ExperimentalCoroutinesApi

/**
 * Many sends were cancelled; this is what is known of them. Nothing more goes out.
 *
 * Catch it around `sendMany`, inside of what is cancelled, look at the outcomes, and throw it on. Outside of that it is the
 * coroutine's own exception that comes (`withTimeout` throws its `TimeoutCancellationException`), which has this one among its
 * [suppressed][Throwable.addSuppressed]; [sendMany] finds it.
 *
 * ```
 * try {
 *     withTimeout(10_000) { client.sendMany(sends) }
 * } catch (timeout: TimeoutCancellationException) {
 *     println("${timeout.sendMany?.progress?.sent} sent")
 * }
 * ```
 */
@OptIn(ExperimentalCoroutinesApi::class)
public class SendManyCancelled private constructor(
    message: String,
    outcomes: List<Outcome?>,
    /** How many were sent, failed and are unknown; `left` were not begun. */
    public val progress: SendProgress,
) : CancellationException(message), CopyableThrowable<SendManyCancelled> {
    // As a list that can be written, whatever list it was.
    private val known = ArrayList(outcomes)

    /**
     * One for each send, in the order of the list. Null is a send that had not begun: it was surely not sent. One that was under
     * way is a failure whose `maybeSent` is true.
     */
    public val outcomes: List<Outcome?> get() = known

    /** There is nothing to gain by a copy, which would be another instance than the one that was caught before. */
    override fun createCopy(): SendManyCancelled? = null

    internal companion object {
        private const val serialVersionUID: Long = 1

        fun of(cancelled: CancellationException, ended: ManyOutcomes): SendManyCancelled {
            val counts = with(ended.progress) { "$sent sent, $failed failed, $unknown unknown, $left not begun" }
            val stopped = SendManyCancelled("The sends were cancelled: $counts.", ended.outcomes, ended.progress)
            // Where it is what the coroutine ends with, it carries this to whoever waits for it; it cannot be this one's cause too.
            cancelled.addSuppressed(stopped)
            return stopped
        }
    }
}

/** What is known of the many sends that were cancelled by this or with it; null where none were. */
public val Throwable.sendMany: SendManyCancelled?
    get() {
        val (left, seen) = ArrayDeque(listOf(this)) to HashSet<Throwable>()
        while (left.isNotEmpty()) {
            val next = left.removeFirst()
            if (next is SendManyCancelled) return next
            if (seen.add(next)) {
                next.cause?.let(left::add)
                left += next.suppressed
            }
        }
        return null
    }
