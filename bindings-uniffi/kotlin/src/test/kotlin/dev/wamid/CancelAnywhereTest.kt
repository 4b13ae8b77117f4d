package dev.wamid

import java.io.File
import java.lang.ref.WeakReference
import java.time.Duration
import java.util.concurrent.CompletableFuture
import java.util.concurrent.atomic.AtomicInteger
import kotlin.random.Random
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertTrue
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Calls that are cancelled in any of their stages, at any moment: a thousand of them, with one seed. */
class CancelAnywhereTest {
    /** The clients that the calls are made with. They are the same from the first call to the last. */
    private class Clients(host: StagedHost, full: FullHost) : AutoCloseable {
        val plain = host.client(patient { maxConnections = 64 })
        val narrow = host.client(patient { maxConnections = 1 })
        val paced = host.client(patient { maxPerSecond = 0.001 })
        val unconnected = Client.cloud("TOKEN", "1066", patient { graphUrl = full.url })
        val future = FutureClient(plain)

        /** However slow the machine is, nothing ends but what is cancelled. */
        private fun patient(more: ClientOptions.() -> Unit) = ClientOptions {
            timeout = Duration.ofMinutes(15)
            connectTimeout = timeout
            totalTimeout = timeout
            more()
        }

        override fun close() = listOf(narrow, paced, unconnected, future).forEach(AutoCloseable::close)
    }

    /** A way into a stage. [most] is how often a text of such a call may reach the host. */
    private class Stage(val name: String, val most: Int, val call: suspend Clients.(text: String) -> Unit) {
        /** The same where it was not cancelled before the call was made again. */
        val mostLater = if (name == "busy") 3 else most
    }

    private val phone = Sandbox.PHONE

    /** More than the host has read when the call is cancelled. */
    private val file = File.createTempFile("wamid-", ".txt").apply { deleteOnExit(); writeBytes(ByteArray(8_000_000) { 'x'.code.toByte() }) }.path

    private val stages = listOf(
        Stage("connecting", 0) { unconnected.sendMessage(phone, it) },
        Stage("waiting for a slot", 0) { narrow.sendMessage(phone, it) },
        Stage("waiting for its turn", 0) { paced.sendMessage(phone, it) },
        Stage("silent", 1) { plain.sendMessage(phone, it) },
        Stage("busy", 1) { plain.sendMessage(phone, it) },
        Stage("taken", 1) { plain.sendMessage(phone, it) },
        Stage("an upload", 0) { plain.uploadMedia(file = file, mimeType = "text/plain", filename = it) { } },
        Stage("a download", 0) { plain.downloadMedia("1") { } },
        Stage("silent, many", 2) { text -> plain.sendMany(List(8) { Message(phone, Text(text)) }, concurrency = 2) { } },
        Stage("taken, many", 8) { text -> plain.sendMany(List(8) { Message(phone, Text(text)) }, concurrency = 2) { Thread.sleep(1) } },
        Stage("silent, each", 3) { text ->
            plain.sendEach(generateSequence { Message(phone, Text(text)) }, concurrency = 3).collect { }
        },
        Stage("silent, within a time", 1) { text -> withTimeout(Random(text.hashCode()).nextLong(1, 12)) { plain.sendMessage(phone, text) } },
        Stage("silent, a future", 1) { text ->
            cancelledFuture(future.sendMessage(phone, text))
        },
        Stage("silent, many by a future", 2) { text ->
            cancelledFuture(future.sendMany(List(8) { Message(phone, Text(text)) }, 2) { })
        },
    )

    /** Cancels a future when its coroutine is cancelled, at the latest. */
    private suspend fun cancelledFuture(call: CompletableFuture<*>) = try {
        delay(Random(17).nextLong(0, 8))
    } finally {
        call.cancel(true)
    }

    /** Begins the call of that number, and cancels it at a moment of its own. Answers the text and how often it may have come. */
    private suspend fun cancelled(number: Int, clients: Clients, random: Random): Pair<String, Int> {
        val stage = stages[number % stages.size]
        val (text, moment) = "${stage.name}, no. $number" to random.nextInt(0, 16)
        val before = System.nanoTime()
        val begun = CompletableDeferred<Unit>()
        val call = CoroutineScope(SupervisorJob() + if (number % 3 == 0) Dispatchers.Unconfined else Dispatchers.Default).async {
            begun.complete(Unit)
            stage.call(clients, text)
        }
        // One in eight before it has begun, perhaps; the others up to 15 ms later.
        if (moment > 1) {
            begun.await()
            delay(moment.toLong())
        }
        withTimeout(60_000) { call.cancelAndJoin() }
        val ended = runCatching { call.await() }.exceptionOrNull()
        assertTrue(ended == null || ended is CancellationException, "$text: $ended")
        return text to (if (System.nanoTime() - before < StagedHost.BUSY.toNanos()) stage.most else stage.mostLater)
    }

    @Test
    fun `a thousand calls cancelled anywhere send nothing later, and leave nothing behind`() = runBlocking {
        StagedHost().use { host ->
            FullHost().use { full ->
                val texts = ArrayList<Pair<String, Int>>()
                var before = 0
                Clients(host, full).use { clients ->
                    // Both the only connection and the only turn are taken.
                    val holder = async(Dispatchers.Default) { runCatching { clients.narrow.sendMessage(phone, "silent holder") } }
                    clients.paced.sendMessage(phone, "taken first")
                    until("the connection is taken") { host.times("silent holder") == 1 }
                    val random = Random(17)
                    for (wave in 0 until CALLS step AT_ONCE) {
                        texts += (wave until wave + AT_ONCE).map { async { cancelled(it, clients, Random(random.nextInt())) } }.awaitAll()
                        if (wave == AT_ONCE) before = openFiles()
                    }
                    assertEquals(1, Calls.underWay, "none but the one that holds the connection")

                    // What is still to go out again after a refusal would have done so by then.
                    val later = System.nanoTime()
                    repeat(20) { clients.plain.sendMessage(phone, "taken later $it") }
                    until("it is time") { System.nanoTime() - later > StagedHost.BUSY.plusMillis(500).toNanos() }
                    for ((text, most) in texts) assertTrue(host.times(text) <= most, "$text came ${host.times(text)} times")

                    holder.cancelAndJoin()
                    host.hurry()
                    withTimeout(60_000) { clients.narrow.sendMessage(phone, "taken by the same client") }
                    val idle = 64 + 1 + 1
                    until("no connection of a cancelled call is open") { host.open.get() <= idle }
                    until("no file is") { openFiles() <= before + 2 * idle }
                }
                assertEquals(0, Calls.underWay)
                until("no connection of a closed client is open") { host.open.get() == 0 }
                assertEquals(1, Thread.getAllStackTraces().keys.count { it.name == "wamid" })
            }
        }
    }

    @Test
    fun `who was told of a call that was cancelled is forgotten`() = runBlocking {
        StagedHost().use { host ->
            host.client().use { client ->
                val told = List(20) { forgotten(client, it) }
                until("all are gone") {
                    System.gc()
                    told.all { it.get() == null }
                }
            }
        }
    }

    /** Cancels a call from where it is told how far it has come, or while it is told. */
    private suspend fun forgotten(client: Client, number: Int): WeakReference<Any> = coroutineScope {
        val kept = Any()
        val job = Job()
        val calls = AtomicInteger()
        val call = launch(Dispatchers.Default + job) {
            if (number % 2 == 0) {
                client.uploadMedia(file = file, mimeType = "text/plain") { kept.hashCode(); calls.incrementAndGet(); job.cancel() }
            } else {
                client.downloadMedia("1") { kept.hashCode(); calls.incrementAndGet(); job.cancel() }
            }
        }
        withTimeout(60_000) { call.join() }
        assertTrue(call.isCancelled && calls.get() > 0, "no. $number was told ${calls.get()} times")
        WeakReference(kept)
    }

    private companion object {
        const val CALLS = 1_008
        const val AT_ONCE = 42
    }
}
