package dev.wamid

import java.time.Duration
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking

/** What a user has to go by when a call fails. */
class ErrorsTest : SandboxTest() {
    private val phone = Sandbox.PHONE

    @Test
    fun `a refusal of Meta's has its code, its words and what became of the message`() = runBlocking {
        sandbox.gateway().use { client ->
            val error = assertFailsWith<WamidException.Rejected> {
                client.sendMessage(Sandbox.magic(131_047), "Hello again", reference = "A-1042")
            }
            assertEquals("rejected", error.kind)
            assertEquals(131_047, error.code)
            assertEquals("A-1042", error.reference)
            assertNotNull(error.details)
            assertNotNull(error.traceId)
            assertEquals(1, error.attempts)
            assertFalse(error.maybeSent || error.retryable)
            assertEquals(error.detail, error.message)
            assertEquals("dev.wamid.WamidException\$Rejected: ${error.detail}", "$error")
        }
    }

    @Test
    fun `a throttled send says when to come back`() = runBlocking {
        sandbox.cloud(ClientOptions { maxRetries = 0 }).use { client ->
            val error = assertFailsWith<WamidException.RateLimited> {
                client.sendMessage(Sandbox.magic(900_024), "Hello")
            }
            assertEquals(429, error.status)
            assertEquals(Duration.ofSeconds(1), error.retryAfter)
            assertTrue(error.retryable)
        }
    }

    @Test
    fun `a lost answer is unknown`() = runBlocking {
        sandbox.cloud().use { client ->
            val error = assertFailsWith<WamidException.Connection> {
                client.sendMessage(Sandbox.magic(900_003), "Hello")
            }
            assertTrue(error.maybeSent)
            assertFalse(error.retryable)
        }
    }

    @Test
    fun `half a character is refused by the name of its argument`() = runBlocking {
        val half = "a\ud83d"
        sandbox.cloud().use { client ->
            val calls = mapOf<String, suspend () -> Unit>(
                "phone" to { client.sendMessage(half, "Hello") },
                "message" to { client.sendMessage(phone, half) },
                "reply_to" to { client.sendMessage(phone, "Hello", replyTo = half) },
                "name" to { client.sendLocation(phone, 1.0, 2.0, name = half) },
                "template_name" to { client.sendTemplate(phone, half) },
                "body_params[1]" to {
                    client.sendTemplate(phone, "order_update", bodyParams = listOf("x", half).map { TemplateParameter.Text(it) })
                },
                "buttons[0].text" to { client.sendTemplate(phone, "hello_world", buttons = listOf(TemplateButton.Url(half))) },
                "components" to { client.sendTemplate(phone, "hello_world", components = half) },
            )
            for ((field, call) in calls) {
                val error = assertFailsWith<WamidException.InvalidInput>(field) { call() }
                assertEquals(field, error.field)
            }
        }
        assertEquals("access_token", assertFailsWith<WamidException> { Client.cloud(half, "1066") }.field)
    }

    @Test
    fun `options that no type of the core holds are refused by name`() {
        val wrong = mapOf(
            "timeout" to ClientOptions { timeout = Duration.ofSeconds(-1) },
            "max_retries" to ClientOptions { maxRetries = -1 },
            "pool_max_idle" to ClientOptions { poolMaxIdle = -1 },
            "max_connections" to ClientOptions { maxConnections = 0 },
            "max_per_second" to ClientOptions { maxPerSecond = Double.NaN },
        )
        for ((field, options) in wrong) {
            val error = assertFailsWith<WamidException.InvalidInput>(field) {
                Client.gateway("https://example.com", "KEY", options)
            }
            assertEquals(field, error.field)
        }
    }

    @Test
    fun `this library has no store, and says so`() = runBlocking {
        val error = assertFailsWith<WamidException.Unsupported> {
            Client.cloud("TOKEN", "1066", ClientOptions { store = "sqlite::memory:" })
        }
        assertEquals("store", error.field)
        assertTrue("gateway client" in error.message, error.message)
        sandbox.cloud().use { client ->
            // What can be done here, and not what another package could do.
            val chats = assertFailsWith<WamidException.Unsupported> { client.chats() }
            assertTrue("gateway client" in chats.message && "sqlite" !in chats.message, chats.message)
        }
        Unit
    }

    @Test
    fun `options do not show their secrets`() {
        val options = ClientOptions { appSecret = "app-hush"; proxy = "http://user:proxy-hush@127.0.0.1:1"; maxRetries = 7; timeout = Duration.ofSeconds(5) }
        assertFalse("hush" in options.toString(), options.toString())
        assertTrue("maxRetries=7" in options.toString() && "timeout=PT5S" in options.toString(), options.toString())
        assertTrue("appSecret=***" in options.toString(), options.toString())
        assertFalse("***" in ClientOptions().toString())
    }

    @Test
    fun `an error of each kind survives being written and read`() = runBlocking {
        val failure = Failure.build {
            kind = "rejected"; detail = "Look."; status = 400; code = 131_047; subcode = 1; title = "Title"; details = "Details"
            traceId = "A1"; field = "phone"; reference = "A-1042"; retryAfter = Duration.ofMillis(1_500); retryable = true
            maybeSent = true; attempts = 2
        }
        val errors = WamidException::class.sealedSubclasses.map { it.constructors.single().call(failure) }
        assertEquals(10, errors.size)
        for (error in errors) {
            val read = written(error)
            assertEquals(error.javaClass, read.javaClass)
            assertEquals(failure, read.failure)
            assertEquals("Look.", read.message)
        }
        sandbox.cloud().use { client ->
            val came = assertFailsWith<WamidException> { client.sendMessage(Sandbox.magic(131_047), "Hello") }
            assertEquals(came.failure, written(came).failure)
            val outcomes = client.sendMany(listOf(Message(phone, Text("Hello")), Message("nobody", Text("Hello"))))
            assertEquals(outcomes.first(), written(ArrayList(outcomes)).first())
        }
    }

    @Suppress("UNCHECKED_CAST")
    private fun <T : Any> written(value: T): T {
        val bytes = java.io.ByteArrayOutputStream()
        java.io.ObjectOutputStream(bytes).use { it.writeObject(value) }
        return java.io.ObjectInputStream(bytes.toByteArray().inputStream()).use { it.readObject() as T }
    }
}
