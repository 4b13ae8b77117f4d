package dev.wamid

import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Outcomes as they end. */
class SendEachTest : SandboxTest() {
    private val phone = Sandbox.PHONE

    private fun send(number: Int): Message = Message(if (number % 10 == 3) "nobody" else phone, Text("$number"))

    @Test
    fun `each is told with its index, of a list, a sequence and a flow`() = runBlocking {
        sandbox.cloud().use { client ->
            val flows = listOf(
                client.sendEach(List(40, ::send), concurrency = 4),
                client.sendEach((0 until 40).asSequence().map(::send)),
                client.sendEach(flow { repeat(40) { emit(send(it)) } }, 40),
                client.sendEach(List(40, ::send)).flowOn(Dispatchers.Default),
            )
            for (flow in flows) {
                val told = withTimeout(20_000) { flow.toList() }.associate { (index, outcome) -> index to outcome }
                assertEquals((0 until 40).toSet(), told.keys)
                for ((index, outcome) in told) {
                    if (index % 10 == 3) assertEquals("phone", assertIs<Outcome.Failed>(outcome).error.field) else assertIs<Outcome.Sent>(outcome)
                }
            }
        }
    }

    @Test
    fun `no more are held than were asked for, however slow the collector is`() = runBlocking {
        sandbox.cloud().use { client ->
            val (taken, told) = AtomicInteger() to AtomicInteger()
            val sends = generateSequence { taken.incrementAndGet(); send(0) }.take(12)
            client.sendEach(sends, concurrency = 3).collect {
                told.incrementAndGet()
                // Time for whatever would be taken too early.
                repeat(100) { kotlinx.coroutines.yield() }
                assertTrue(taken.get() - told.get() <= 3, "$taken taken, $told told")
            }
            assertEquals(12, told.get())
        }
    }

    @Test
    fun `a slow collector makes no send run out of time`() = runBlocking {
        sandbox.cloud(ClientOptions { totalTimeout = Duration.ofSeconds(5) }).use { client ->
            val outcomes = ArrayList<Outcome>()
            client.sendEach(List(6) { Message(phone, Text("$it")) }, concurrency = 6).collect {
                if (outcomes.isEmpty()) Thread.sleep(5_500)
                outcomes += it.value
            }
            assertTrue(outcomes.all { it is Outcome.Sent }, "$outcomes")
        }
    }

    @Test
    fun `leaving it sends nothing more`() = runBlocking {
        sandbox.cloud().use { client ->
            val taken = AtomicInteger()
            val endless = flow { while (true) { taken.incrementAndGet(); emit(send(0)) } }
            assertEquals(5, client.sendEach(endless, concurrency = 2).take(5).toList().size)
            assertTrue(taken.get() <= 7, "$taken")
        }
        assertEquals(0, Calls.underWay)
    }

    @Test
    fun `what the source throws comes after what is under way`() = runBlocking {
        sandbox.cloud().use { client ->
            val told = ArrayList<Outcome>()
            val torn = flow { repeat(3) { emit(send(0)) }; error("torn") }
            val error = assertFailsWith<IllegalStateException> { client.sendEach(torn).collect { told += it.value } }
            assertEquals("torn", error.message)
            assertEquals(3, told.size)
        }
    }

    @Test
    fun `a concurrency that is not sound is refused, before anything is taken`() = runBlocking {
        sandbox.cloud().use { client ->
            for (concurrency in listOf(0L, -1L)) {
                val error = assertFailsWith<WamidException.InvalidInput> {
                    client.sendEach(sequence<Message> { error("taken") }, concurrency).collect { }
                }
                assertEquals("concurrency", error.field)
            }
        }
    }
}
