package dev.wamid

import java.util.logging.Level
import java.util.logging.Logger
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.suspendCancellableCoroutine

/** Tells how far many sends, or a file, have come: on a thread where that may take its time, and only the latest. */
internal class Telling<P : Any>(private val report: (P) -> Unit) {
    private var latest: P? = null
    private var busy = false
    private var failed = false
    private var ending: CancellableContinuation<Unit>? = null

    fun put(progress: P) {
        synchronized(this) {
            latest = progress
            if (busy) return
            busy = true
        }
        Completions.execute(::tell)
    }

    private fun tell() {
        while (true) {
            val progress = synchronized(this) { next() } ?: return
            try {
                report(progress)
            } catch (thrown: Throwable) {
                // What is told of matters, not who watches it.
                if (!failed) LOG.log(Level.WARNING, "What is told of the progress of a call failed. The call goes on.", thrown)
                failed = true
            }
        }
    }

    private fun next(): P? {
        val next = latest
        latest = null
        if (next == null) {
            busy = false
            val waits = ending
            // Once: more may be told after that, and a coroutine that was woken is woken by nobody else.
            ending = null
            if (waits != null) Completions.execute { Calls.wake(waits, Unit) }
        }
        return next
    }

    /** Waits until the last has been told. Cancelling ends the wait and nothing else: what became of the call is still to be told. */
    suspend fun end() {
        try {
            suspendCancellableCoroutine { coroutine ->
                val ended = synchronized(this) {
                    if (busy) ending = coroutine
                    !busy
                }
                if (ended) coroutine.resume(Unit)
            }
        } catch (_: CancellationException) {
            // The caller looks whether it was cancelled.
        }
    }

    private companion object {
        val LOG: Logger = Logger.getLogger("dev.wamid")
    }
}
