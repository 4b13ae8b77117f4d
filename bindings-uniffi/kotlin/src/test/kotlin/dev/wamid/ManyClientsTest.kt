package dev.wamid

import java.lang.ref.WeakReference
import java.time.Duration
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertTrue
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout

/** Programs that make a client for each message, and those that forget to close it. */
class ManyClientsTest {
    private val phone = Sandbox.PHONE

    /** However slow the machine is, no call ends by its time. */
    private fun patient() = ClientOptions {
        timeout = Duration.ofMinutes(15)
        connectTimeout = timeout
        totalTimeout = timeout
    }

    @Test
    fun `a thousand clients that are opened and closed leave nothing open`() = runBlocking {
        StagedHost().use { host ->
            var before = 0
            for (wave in 0 until 40) {
                val calls = List(25) { number ->
                    async(Dispatchers.Default) { host.client(patient()).use { it.sendMessage(phone, "taken, no. $wave.$number") } }
                }
                withTimeout(120_000) { calls.awaitAll() }
                if (wave == 0) before = openFiles()
            }
            assertEquals(1_000, host.arrived.get())
            until("no connection of a closed client is open") { host.open.get() == 0 }
            until("nor any other file") { openFiles() <= before }
            assertEquals(0, Calls.underWay)
            assertEquals(1, Thread.getAllStackTraces().keys.count { it.name == "wamid" })
        }
    }

    @Test
    fun `clients that are closed while their calls are under way are gone with the last of them`() = runBlocking {
        StagedHost().use { host ->
            val calls = List(20) { number ->
                host.client(patient()).use { client ->
                    async(Dispatchers.Default) { client.sendMessage(phone, "held, no. $number") }
                        .also { until("it has arrived") { host.arrived.get() == number + 1 } }
                }
            }
            host.release()
            withTimeout(60_000) { assertTrue(calls.awaitAll().all { it.id == "wamid.A" }) }
            until("no connection of a closed client is open") { host.open.get() == 0 }
        }
    }

    @Test
    fun `clients that are never closed answer their calls, and are collected with all that they held`() = runBlocking {
        StagedHost().use { host ->
            val clients = ArrayList<WeakReference<Client>>()
            fun client() = host.client(patient()).also { clients += WeakReference(it) }
            val held = List(20) { async(Dispatchers.Default) { client().sendMessage(phone, "held, no. $it") } }
            val silent = List(20) { async(Dispatchers.Default) { client().sendMessage(phone, "silent, no. $it") } }
            val downloads = List(20) { async(Dispatchers.Default) { client().downloadMedia("1") } }
            until("all are under way") {
                System.gc()
                host.arrived.get() == 40 && host.open.get() == 60
            }
            assertEquals(60, Calls.underWay)
            host.release()
            withTimeout(60_000) { assertTrue(held.awaitAll().all { it.id == "wamid.A" }) }
            (silent + downloads).forEach { withTimeout(60_000) { it.cancelAndJoin() } }
            until("no connection of a client that is gone is open") {
                System.gc()
                host.open.get() == 0
            }
            until("and nothing of it is kept") {
                System.gc()
                clients.all { it.get() == null }
            }
        }
    }

    @Test
    fun `a client is not collected while a call of its own begins`() = runBlocking {
        StagedHost().use { host ->
            // What is compiled holds no longer what it does not need any more: as in a program that has run for a while.
            host.client().use { client -> repeat(2_000) { assertFailsWith<WamidException> { client.blockUsers(listOf("nobody")) } } }
            repeat(5) {
                val error = assertFailsWith<WamidException> { host.client().blockUsers(Collecting("nobody")) }
                assertEquals("phones[0]", error.field, error.detail)
            }
        }
    }

    /** A list that takes long to read, so that the collector runs meanwhile. */
    private class Collecting(private val phone: String) : AbstractList<String>() {
        override val size: Int get() = 1

        override fun get(index: Int): String {
            repeat(3) {
                System.gc()
                Thread.sleep(1)
            }
            return phone
        }
    }
}
