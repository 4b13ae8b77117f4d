package dev.wamid

import java.util.concurrent.CountDownLatch
import java.util.concurrent.RejectedExecutionException
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.CoroutineContext
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Runnable
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Whatever runs where an answer is told, no other call is held up by it. */
class ForeignCodeTest : SandboxTest() {
    private val phone = Sandbox.PHONE
    private val webhook = """{"entry":[]}""".toByteArray()

    /** Each operation, of a client that has what they need. */
    private val operations = listOf<suspend (Client) -> Unit>(
        { it.sendMessage(phone, "Hello") },
        { it.sendMany(listOf(Message(phone, Text("Hello")))) },
        { it.sendMany(listOf(Message(phone, Text("Hello")))) { } },
        { it.chats() },
        { it.receiveWebhook(webhook, "sha256=00") },
    )

    /** This client has no conversations, and its webhook is not signed: those calls end with an error. */
    private suspend fun ended(operation: suspend (Client) -> Unit, client: Client) {
        try {
            operation(client)
        } catch (_: WamidException) {
            // That is an end too.
        }
    }

    private fun client() = sandbox.cloud(ClientOptions { appSecret = "app-secret" })

    /** A dispatcher that runs the first piece of a coroutine, and throws from then on. */
    private class Throwing(private val thrown: Throwable) : CoroutineDispatcher() {
        private val begun = AtomicInteger()

        override fun dispatch(context: CoroutineContext, block: Runnable) {
            if (begun.getAndIncrement() > 0) throw thrown
            block.run()
        }
    }

    @Test
    fun `a dispatcher that throws ends its own call and no other`() = runBlocking {
        client().use { client ->
            for (thrown in listOf(RejectedExecutionException("full"), IllegalStateException("shut"), StackOverflowError("deep"))) {
                var ended = 0
                for (operation in operations) {
                    val scope = CoroutineScope(SupervisorJob() + Throwing(thrown))
                    val call = scope.async { operation(client) }
                    val error = withTimeout(20_000) { runCatching { call.await() }.exceptionOrNull() }
                    // A call that ends before its coroutine is suspended needs no dispatcher, whether it succeeds or fails.
                    if (error == null || error is WamidException) continue
                    ended++
                    assertIs<CancellationException>(error)
                    assertTrue(generateSequence<Throwable>(error) { it.cause }.any { "${thrown.message}" in "${it.message}" }, "$error")
                }
                assertTrue(ended > 0, "no call was suspended")
                withTimeout(20_000) { client.sendMessage(phone, "Hello") }
            }
        }
        assertEquals(0, Calls.underWay)
    }

    @Test
    fun `an executor that has been shut down ends the call as kotlinx says, and no other`() = runBlocking {
        val executor = java.util.concurrent.Executors.newSingleThreadExecutor()
        Silence().use { host ->
            host.client().use { silent ->
                val call = CoroutineScope(executor.asCoroutineDispatcher()).async { silent.sendMessage(phone, "Hello") }
                host.asked.get(20, TimeUnit.SECONDS)
                executor.shutdown()
                host.close()
                call.cancel()
                withTimeout(20_000) { assertFailsWith<CancellationException> { call.await() } }
            }
        }
        client().use { client -> withTimeout(20_000) { client.sendMessage(phone, "Hello") } }
        Unit
    }

    @Test
    fun `what runs where the answer is told may wait for another call`() = runBlocking {
        client().use { client ->
            for (operation in operations) {
                val call = CoroutineScope(Dispatchers.Unconfined).async {
                    ended(operation, client)
                    runBlocking { ended(operation, client) }
                }
                withTimeout(20_000) { call.await() }
            }
        }
    }

    @Test
    fun `what runs where the answer is told may block, and delays no other call`() = runBlocking {
        client().use { client ->
            val (stands, goesOn) = CompletableDeferred<Unit>() to CountDownLatch(1)
            // Begun on threads of their own: a call that ends at once goes on where it was begun.
            val blocking = List(8) {
                async(Dispatchers.IO) {
                    val call = CoroutineScope(Dispatchers.Unconfined).async {
                        client.sendMessage(phone, "Hello")
                        stands.complete(Unit)
                        goesOn.await(20, TimeUnit.SECONDS)
                    }
                    call.await()
                }
            }
            stands.await()
            // The others stand still until these have come.
            withTimeout(15_000) { repeat(3) { client.sendMessage(phone, "Hello") } }
            goesOn.countDown()
            assertTrue(blocking.all { it.await() })
        }
    }

    @Test
    fun `who is told of progress may block, and delays no other call`() = runBlocking {
        client().use { client ->
            val (stands, goesOn) = CompletableDeferred<Unit>() to CountDownLatch(1)
            val many = async(Dispatchers.Unconfined) {
                client.sendMany(listOf(Message(phone, Text("Hello")))) {
                    stands.complete(Unit)
                    goesOn.await(20, TimeUnit.SECONDS)
                }
            }
            stands.await()
            withTimeout(15_000) { client.sendMessage(phone, "Hello") }
            goesOn.countDown()
            assertIs<Outcome.Sent>(many.await().single())
        }
    }
}
