package dev.wamid

import java.util.logging.Level
import java.util.logging.Logger
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.suspendCancellableCoroutine

/** Tells a listener how far many sends have come: on a thread where it may take its time, and only the latest. */
internal class Telling(private val listener: ProgressListener) : ProgressListener {
    private var latest: SendProgress? = null
    private var busy = false
    private var failed = false
    private var ending: CancellableContinuation<Unit>? = null

    override fun progress(progress: SendProgress) {
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
                listener.progress(progress)
            } catch (thrown: Throwable) {
                // The sends matter, not who watches them.
                if (!failed) LOG.log(Level.WARNING, "What is told of the progress of many sends failed. They go on.", thrown)
                failed = true
            }
        }
    }

    private fun next(): SendProgress? {
        val next = latest
        latest = null
        if (next == null) {
            busy = false
            ending?.let { waits -> Completions.execute { Calls.wake(waits, Unit) } }
        }
        return next
    }

    /** Waits until the last has been told. */
    suspend fun end(): Unit = suspendCancellableCoroutine { coroutine ->
        val ended = synchronized(this) {
            if (busy) ending = coroutine
            !busy
        }
        if (ended) coroutine.resume(Unit)
    }

    private companion object {
        val LOG: Logger = Logger.getLogger("dev.wamid")
    }
}
