package dev.wamid

import java.nio.ByteBuffer
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicLong
import kotlin.concurrent.thread
import kotlin.coroutines.ContinuationInterceptor
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlinx.coroutines.CancellableContinuation
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableJob
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.suspendCancellableCoroutine
import kotlinx.coroutines.withContext

/** The calls under way in the library, each by its number. */
internal object Calls {
    private const val RETURNED: Byte = 0
    private const val FAILED: Byte = 1
    private const val GONE: Byte = 2

    /** What `runBlocking` runs on. By another name (R8 gives one) it is somebody's dispatcher, and only slower. */
    private const val EVENT_LOOP = "kotlinx.coroutines.BlockingEventLoop"

    private val last = AtomicLong()
    private val waiting = ConcurrentHashMap<Long, Waiting>()

    /** Whether there is a thread that the calls run on. */
    private val running = AtomicBoolean()

    /** How many have begun, and have neither ended nor been cancelled. */
    val underWay: Int get() = waiting.values.count { it.coroutine.isActive }

    /**
     * A coroutine that waits for its answer, and what becomes of an answer that it was cancelled before.
     *
     * It holds the [client]: one that nobody else holds would else be collected, and closed by that, while its call begins.
     */
    internal class Waiting(
        val client: NumberedClient,
        val coroutine: CancellableContinuation<ByteBuffer>,
        private val job: Job?,
        private val unheard: ((ByteBuffer) -> Unit)?,
    ) {
        /** Whether to wake it runs no code but kotlinx's own. Asked where the call begins: a context may be anybody's. */
        private val plain = isPlain(coroutine.context)

        /** Wakes it; it reads the answer in its own time. */
        fun wake(answer: ByteBuffer) {
            if (plain) {
                Calls.wake(coroutine, answer, job, unheard)
            } else {
                Completions.execute { Calls.wake(coroutine, answer, job, unheard) }
            }
        }
    }

    /**
     * Wakes a coroutine; where it is not plain, not to be called on the thread that the calls run on. If it has been cancelled, or is
     * before it goes on, [unheard] is given the value.
     */
    fun <T> wake(
        coroutine: CancellableContinuation<T>,
        value: T,
        job: Job? = coroutine.context[Job],
        unheard: ((T) -> Unit)? = null,
    ) {
        try {
            coroutine.resume(value) { _, lost, _ -> unheard?.invoke(lost) }
        } catch (thrown: Throwable) {
            // Its dispatcher will not run it. It has to end all the same, here then, as cancelled.
            job?.cancel(CancellationException("the coroutine's dispatcher failed: $thrown", thrown))
            (coroutine as? Runnable)?.run()
        }
    }

    private fun isPlain(context: CoroutineContext): Boolean {
        val dispatcher = context[ContinuationInterceptor]
        return dispatcher === Dispatchers.Default || dispatcher === Dispatchers.IO || dispatcher?.javaClass?.name == EVENT_LOOP
    }

    /**
     * Begins a call, and waits for what it returns. Cancelling stops it. [sends] is whether messages may go out by it; [unheard] is given an
     * answer that came, but as the coroutine was cancelled.
     */
    suspend inline fun <T> answer(
        client: NumberedClient,
        sends: Boolean,
        crossinline begin: (client: Long, call: Long) -> Int,
        read: (ByteBuffer) -> T,
        noinline unheard: ((ByteBuffer) -> Unit)? = null,
    ): T {
        coroutineContext.ensureActive()
        val answer = suspendCancellableCoroutine {
            val call = begins(client, it, it.context[Job], unheard, begin)
            // Also where it has been cancelled by now. Its answer still comes: that it was stopped, or what it had ended in before.
            it.invokeOnCancellation { if (waiting.containsKey(call)) Crossing.stop(call) }
        }
        return result(answer, sends, read)
    }

    /** Of a send whose answer nobody hears: a message that went out is in the log. */
    fun unheard(answer: ByteBuffer) {
        if (answer.get() == RETURNED) Crossing.unheard(FfiConverterTypeReceipt.read(answer).phone)
    }

    /** Begins a call that answers also where it is stopped, and waits for that answer. Cancelling stops it. */
    suspend inline fun <T> stoppable(
        client: NumberedClient,
        crossinline begin: (client: Long, call: Long) -> Int,
        read: (ByteBuffer) -> T,
    ): T {
        coroutineContext.ensureActive()
        val job = coroutineContext[Job]
        var stopping: CompletableJob? = null
        val answer = try {
            withContext(NonCancellable) {
                suspendCancellableCoroutine {
                    val call = begins(client, it, job, null, begin)
                    // Cancelled with the caller's, at once where that has been by now.
                    stopping = Job(job).apply { invokeOnCompletion { cause -> if (cause != null) Crossing.stop(call) } }
                }
            }
        } finally {
            stopping?.complete()
        }
        return result(answer, true, read)
    }

    inline fun <T> result(answer: ByteBuffer, sends: Boolean, read: (ByteBuffer) -> T): T = when (answer.get()) {
        RETURNED -> read(answer)
        FAILED -> throw FfiConverterTypeWamidError.read(answer)
        else -> throw lost("The answer of this call was lost inside the library.", sends)
    }

    inline fun begins(
        client: NumberedClient,
        coroutine: CancellableContinuation<ByteBuffer>,
        job: Job?,
        noinline unheard: ((ByteBuffer) -> Unit)?,
        begin: (client: Long, call: Long) -> Int,
    ): Long {
        val call = last.incrementAndGet()
        waiting[call] = Waiting(client, coroutine, job, unheard)
        var begun = false
        try {
            run()
            begun = begin(client.number, call) == Crossing.BEGUN
        } finally {
            if (!begun) waiting.remove(call)
        }
        if (!begun) throw lost("The call could not begin inside the library.", false)
        return call
    }

    /** Sees to it that the calls run: on one thread, made at the first call and kept, which ends with the process. */
    private fun run() {
        if (running.get() || !running.compareAndSet(false, true)) return
        var begun = false
        try {
            thread(name = "wamid", isDaemon = true) {
                try {
                    while (true) Crossing.answers(::wake)
                } finally {
                    // Nothing that waits now would be woken. What begins from here on has a thread of its own again.
                    running.set(false)
                    loseAll()
                }
            }
            begun = true
        } finally {
            if (!begun) running.set(false)
        }
    }

    private fun wake(call: Long, answer: ByteBuffer?) {
        val told = waiting.remove(call) ?: return
        try {
            told.wake(answer ?: gone())
        } catch (thrown: Throwable) {
            // It is among those that are lost.
            waiting[call] = told
            throw thrown
        }
    }

    private fun loseAll() {
        for (call in waiting.keys) {
            val lost = waiting.remove(call) ?: continue
            lost.wake(gone())
            Crossing.stop(call)
        }
    }

    private fun gone(): ByteBuffer = ByteBuffer.wrap(byteArrayOf(GONE))

    private fun lost(what: String, maybeSent: Boolean): WamidException {
        val advice = if (maybeSent) "Look whether the message went out before you send it again, and report this bug." else "Report this bug."
        return WamidException.UnexpectedResponse(
            Failure.build {
                kind = "unexpected_response"
                detail = "$what $advice"
                this.maybeSent = maybeSent
            },
        )
    }
}
