package dev.wamid

import java.util.concurrent.Executor
import java.util.concurrent.SynchronousQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit
import java.util.concurrent.locks.LockSupport

/**
 * Where the code of others runs: what dispatches a coroutine, what hangs on a future, what is told of progress.
 *
 * Never on the thread that the calls run on: there it would hold up every call of every client, and could wait for ever for a
 * call of its own. Nor on a few threads that all of them share: each may block, so each has a thread for as long as it takes.
 */
internal object Completions : Executor {
    private const val KEPT_SECONDS = 10L
    private const val AGAIN_NANOS = 10_000_000L

    private val threads = ThreadPoolExecutor(0, Int.MAX_VALUE, KEPT_SECONDS, TimeUnit.SECONDS, SynchronousQueue()) { task ->
        Thread(task, "wamid-completions").apply { isDaemon = true }
    }

    /** Hands it over. Where the system gives no thread now, it waits for one: what is not handed over would be lost. */
    override fun execute(task: Runnable) {
        while (true) {
            try {
                return threads.execute(task)
            } catch (_: OutOfMemoryError) {
                LockSupport.parkNanos(AGAIN_NANOS)
            }
        }
    }
}
