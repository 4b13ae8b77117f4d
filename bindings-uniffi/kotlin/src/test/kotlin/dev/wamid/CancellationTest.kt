package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

class CancellationTest {
    @Test
    fun `cancelling a coroutine hangs up on the request`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val call = async(Dispatchers.Default) { client.sendMessage(Sandbox.PHONE, "Hello") }
                host.asked.await()
                call.cancel()
                assertFailsWith<CancellationException> { call.await() }
                host.left.get(20, TimeUnit.SECONDS)
            }
        }
        Unit
    }

    private val sends = listOf(Message("nobody", Text("Hello"))) + List(3) { Message(Sandbox.PHONE, Text("Hello $it")) }

    /** One was refused, one was under way, two had not begun. */
    private fun check(stopped: SendManyCancelled) {
        assertEquals(SendProgress.build { failed = 1; unknown = 1; left = 2 }, stopped.progress)
        assertEquals("phone", (stopped.outcomes[0] as Outcome.Failed).error.field)
        assertTrue((stopped.outcomes[1] as Outcome.Failed).error.maybeSent)
        assertEquals(listOf(null, null), stopped.outcomes.drop(2))
        assertTrue("1 unknown, 2 not begun" in stopped.message!!, stopped.message)
    }

    @Test
    fun `cancelling many tells what is known, and nothing more goes out`() = runBlocking {
        for (dispatcher in listOf(Dispatchers.Default, Dispatchers.Unconfined)) {
            Silence().use { host ->
                host.client().use { client ->
                    val caught = CompletableDeferred<SendManyCancelled>()
                    val call = launch(dispatcher) {
                        try {
                            client.sendMany(sends, concurrency = 1)
                        } catch (stopped: SendManyCancelled) {
                            caught.complete(stopped)
                            throw stopped
                        }
                    }
                    host.asked.await()
                    call.cancel()
                    check(withTimeout(20_000) { caught.await() })
                    host.left.get(20, TimeUnit.SECONDS)
                    call.join()
                    assertTrue(call.isCancelled)
                }
            }
        }
        assertEquals(0, Calls.underWay)
    }

    @Test
    fun `it tells that also to who is told of the progress`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val caught = CompletableDeferred<CancellationException>()
                val call = launch(Dispatchers.Default) {
                    try {
                        client.sendMany(sends, concurrency = 1) { }
                    } catch (cancelled: CancellationException) {
                        caught.complete(cancelled)
                        throw cancelled
                    }
                }
                host.asked.await()
                call.cancel()
                check(assertIs<SendManyCancelled>(withTimeout(20_000) { caught.await() }))
            }
        }
    }

    /** What a call ends with whose time runs out while the host is silent: however long it takes until it has asked. */
    private suspend fun late(call: suspend (Client) -> Unit): TimeoutCancellationException {
        for (time in listOf(1_000L, 5_000, 25_000)) {
            Silence().use { host ->
                host.client().use { client ->
                    val late = assertFailsWith<TimeoutCancellationException> { withTimeout(time) { call(client) } }
                    if (host.asked.isDone) return late
                }
            }
        }
        error("the request did not arrive")
    }

    @Test
    fun `a time that runs out tells it too`() = runBlocking {
        check(checkNotNull(late { it.sendMany(sends, concurrency = 1) { } }.sendMany))
        // What cancels another coroutine tells nothing of sends.
        assertNull(assertFailsWith<TimeoutCancellationException> { withTimeout(1) { awaitCancellation() } }.sendMany)
    }

    @Test
    fun `what is known survives being written and read`() = runBlocking {
        val bytes = java.io.ByteArrayOutputStream()
        java.io.ObjectOutputStream(bytes).use { it.writeObject(late { client -> client.sendMany(sends, 1) }.sendMany) }
        check(java.io.ObjectInputStream(bytes.toByteArray().inputStream()).use { it.readObject() as SendManyCancelled })
    }

    @Test
    fun `what has been cancelled before it began sends nothing`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val call = launch(start = CoroutineStart.UNDISPATCHED) {
                    coroutineContext[Job]!!.cancel()
                    client.sendMany(sends)
                }
                call.join()
                // Another call would have found it taken.
                val other = launch(Dispatchers.Default) { client.sendMessage(Sandbox.PHONE, "Hello") }
                host.asked.await()
                other.cancel()
            }
        }
    }
}
