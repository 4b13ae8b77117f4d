package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** What carries the calls. */
class CallsTest : SandboxTest() {
    private val phone = Sandbox.PHONE

    @Test
    fun `calls from many threads each get their own answer`() = runBlocking {
        sandbox.cloud().use { client ->
            val answers = List(200) { async(Dispatchers.Default) { client.sendMessage(phone, "text $it", reference = "no. $it") } }
            assertEquals(List(200) { "no. $it" }, answers.awaitAll().map { it.reference })
        }
    }

    @Test
    fun `reads go on while other calls end beside them`() = runBlocking {
        sandbox.cloud().use { client ->
            withTimeout(60_000) {
                repeat(100) {
                    val calls = List(4) {
                        listOf<suspend () -> Unit>({ client.mediaInfo("1") }, { client.sendMessage("nobody", "Hello") })
                    }
                    calls.flatten().map { async(Dispatchers.Default) { runCatching { it() } } }.awaitAll()
                }
            }
        }
    }

    @Test
    fun `calls that are cancelled at any moment leave nothing behind, and disturb no other`() = runBlocking {
        sandbox.cloud().use { client ->
            val cancelled = List(100) { launch(Dispatchers.Default) { client.sendMessage(phone, "cancelled $it") } }
            val others = List(100) { async(Dispatchers.Default) { client.sendMessage(phone, "text $it") } }
            cancelled.forEachIndexed { at, call ->
                if (at % 10 == 0) delay(1)
                call.cancel()
            }
            assertTrue(others.awaitAll().all { it.id.startsWith("wamid.") })
            cancelled.joinAll()
        }
        assertEquals(0, Calls.underWay)
    }

    @Test
    fun `what has been cancelled sends nothing`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val call = async(Dispatchers.Unconfined) {
                    coroutineContext[kotlinx.coroutines.Job]!!.cancel()
                    client.sendMessage(phone, "Hello")
                }
                assertFailsWith<CancellationException> { call.await() }
                delay(100)
                assertTrue(!host.asked.isDone)
            }
        }
    }

    @Test
    fun `a closed client says so`() = runBlocking {
        val client = sandbox.cloud()
        client.close()
        val calls = listOf<suspend () -> Unit>(
            { client.sendMessage(phone, "Hello") },
            { client.sendMany(listOf(Message(phone, Text("Hello")))) },
            { client.chats() },
            { client.receiveWebhook(ByteArray(0), "") },
        )
        for (call in calls) {
            val error = assertFailsWith<WamidException.InvalidInput> { call() }
            assertEquals("client", error.field)
            assertFalse(error.maybeSent)
        }
        assertEquals(0, Calls.underWay)
    }

    @Test
    fun `who is told of progress may send, and wait for it`() = runBlocking(Dispatchers.Default) {
        sandbox.cloud().use { client ->
            var report: Receipt? = null
            val outcomes = withTimeout(20_000) {
                client.sendMany(listOf(Message(phone, Text("one")))) { progress ->
                    if (progress.left == 0L) report = runBlocking { client.sendMessage(phone, "all is sent") }
                }
            }
            assertIs<Outcome.Sent>(outcomes.single())
            assertTrue(report!!.id.startsWith("wamid."))
        }
    }

    @Test
    fun `all calls run on one thread, which keeps no program from ending`() = runBlocking {
        sandbox.cloud().use { client -> List(50) { async(Dispatchers.Default) { client.sendMessage(phone, "text") } }.awaitAll() }
        assertTrue(Thread.getAllStackTraces().keys.single { it.name == "wamid" }.isDaemon)

        val java = ProcessHandle.current().info().command().get()
        val environment = mapOf("WAMID_ACCESS_TOKEN" to Sandbox.TOKEN, "WAMID_PHONE_NUMBER_ID" to Sandbox.PHONE_NUMBER_ID, "WAMID_GRAPH_URL" to sandbox.graphUrl)
        val program = ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), "dev.wamid.CallsTestKt")
        program.environment() += environment
        val process = program.inheritIO().start()
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it goes on")
        assertEquals(0, process.exitValue())
    }
}

/** A program that sends, waits for one, leaves another under way, and ends. */
fun main() {
    val client = Client.fromEnv()
    runBlocking { client.sendMessage(Sandbox.PHONE, "Hello") }
    FutureClient(client).sendMessage(Sandbox.PHONE, "Farewell")
}
