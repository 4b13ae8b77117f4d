package dev.wamid

import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicLong
import kotlin.concurrent.thread
import kotlin.coroutines.coroutineContext
import kotlin.coroutines.resume
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.suspendCancellableCoroutine

/** The calls under way in the library, each by its number. */
internal object Calls {
    private const val RETURNED: Byte = 0
    private const val FAILED: Byte = 1

    private val last = AtomicLong()
    private val waiting = ConcurrentHashMap<Long, CancellableContinuation<ByteBuffer>>()

    /** How many have begun and not ended. */
    val underWay: Int get() = waiting.size

    init {
        // Made at the first call, and kept: the calls run on it while it waits for their answers. It ends with the process.
        thread(name = "wamid", isDaemon = true) {
            while (true) hand(Crossing.answers() ?: break)
        }
    }

    /** Begins a call, and waits for what it returns. Cancelling stops it. */
    suspend inline fun <T> answer(crossinline begin: (call: Long) -> Int, read: (ByteBuffer) -> T): T {
        coroutineContext.ensureActive()
        val answer = suspendCancellableCoroutine { it.begins(begin) }
        return when (answer.get()) {
            RETURNED -> read(answer)
            FAILED -> throw FfiConverterTypeWamidError.read(answer)
            else -> throw InternalException("the call ended without an answer")
        }
    }

    inline fun CancellableContinuation<ByteBuffer>.begins(begin: (call: Long) -> Int) {
        val call = last.incrementAndGet()
        waiting[call] = this
        var begun = 0
        try {
            begun = begin(call)
        } finally {
            if (begun != Crossing.BEGUN) waiting.remove(call)
        }
        when (begun) {
            // Also where it has been cancelled by now.
            Crossing.BEGUN -> invokeOnCancellation { if (waiting.remove(call) != null) Crossing.stop(call) }
            Crossing.CLOSED -> throw IllegalStateException("Client object has already been destroyed")
            else -> throw InternalException("the call could not begin")
        }
    }

    /** Hands each answer to the coroutine that waits for it, which reads it in its own time. */
    private fun hand(answers: ByteBuffer) {
        while (answers.hasRemaining()) {
            val call = answers.getLong()
            val length = Math.toIntExact(answers.getLong())
            val answer = answers.slice()
            answer.limit(length)
            answers.position(answers.position() + length)
            waiting.remove(call)?.resume(answer)
        }
    }
}
