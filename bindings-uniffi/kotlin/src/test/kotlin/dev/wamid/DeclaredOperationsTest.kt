package dev.wamid

import java.util.concurrent.TimeUnit
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertFalse
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking

/** The operations that are generated: what the conformance cases cannot see. */
class DeclaredOperationsTest {
    /** The field that a call is refused for, before anything is asked. */
    private fun refused(call: suspend (Client) -> Unit): String? = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val error = assertFailsWith<WamidException.InvalidInput> { call(client) }
                assertFalse(host.asked.isDone)
                assertEquals(0, error.attempts)
                error.field
            }
        }
    }

    @Test
    fun `what is no JSON is named by its argument`() {
        assertEquals("definition", refused { it.createTemplate("{\"name\": ") })
        assertEquals("definition", refused { it.editTemplate("5", "1,2") })
        assertEquals("query", refused { it.request("GET", "1066", query = "{]") })
        assertEquals("json", refused { it.request("POST", "1066", json = "\"half \ud83d\"") })
    }

    @Test
    fun `a template message is held to a template`() {
        val template = TemplateInfo.build {
            name = "on_its_way"
            language = "en_US"
            status = "APPROVED"
            components = """[{"type": "BODY", "text": "Hello {{1}}"}]"""
        }
        fun message(vararg params: String) =
            Template("on_its_way", language = "en_US", bodyParams = params.map { TemplateParameter.Text(it) })
        assertEquals("body_params", refused { it.checkTemplate(message(), template) })
        assertEquals("body_params", refused { it.checkTemplate(Content.fromJson(message("a", "b").toJson()), template) })
        assertEquals("template.components", refused { it.checkTemplate(message("a"), TemplateInfo.build { components = "{" }) })
        assertEquals("components", refused { it.checkTemplate(Template("on_its_way", components = "{"), template) })
        Silence().use { host -> host.client().use { client -> runBlocking { client.checkTemplate(message("a"), template) } } }
    }

    @Test
    fun `half a character is named by its argument`() {
        assertEquals("message_id", refused { it.markRead("wamid.\ud83d") })
        assertEquals("phones[1]", refused { it.blockUsers(listOf("919876543210", "\udc00")) })
    }

    @Test
    fun `a client that was closed says so`() {
        assertEquals("client", refused { it.close(); it.profile() })
    }

    @Test
    fun `cancelling a coroutine hangs up on the request`() = runBlocking {
        Silence().use { host ->
            host.client().use { client ->
                val call = async(Dispatchers.Default) { client.markRead("wamid.A", typing = true) }
                host.asked.get(20, TimeUnit.SECONDS)
                call.cancel()
                assertFailsWith<CancellationException> { call.await() }
                host.left.get(20, TimeUnit.SECONDS)
            }
        }
        Unit
    }

    /** It has what every stand-in must have, and one operation. */
    private class StandIn : ClientInterface {
        override suspend fun send(message: Message): Receipt = Receipt.build { id = "wamid.A" }

        override suspend fun chats(): List<Conversation> = emptyList()

        override suspend fun sendMany(sends: List<Message>, concurrency: Long?, progress: ProgressListener?): List<Outcome> = emptyList()

        override suspend fun receiveWebhook(body: ByteArray, signature: String): List<Event> = emptyList()

        override suspend fun templates(
            name: String?,
            language: String?,
            status: String?,
            category: String?,
            limit: Long?,
        ): List<TemplateInfo> = listOf(TemplateInfo.build { this.name = "order_update"; this.status = status.orEmpty() })
    }

    @Test
    fun `a stand-in has the operations that it needs`() = runBlocking {
        val client: ClientInterface = StandIn()
        assertEquals(listOf("order_update" to "APPROVED"), client.templates(status = "APPROVED").map { it.name to it.status })
        val error = assertFailsWith<WamidException.Unsupported> { client.markRead("wamid.A") }
        assertEquals("unsupported", error.kind)
    }
}
