package dev.wamid

import java.time.Duration
import java.time.Instant
import kotlin.test.Test
import kotlin.test.assertContentEquals
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertIs
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive

/** The operations, through a gateway and without one. */
class OperationsTest : SandboxTest() {
    private val phone = Sandbox.PHONE

    @Test
    fun `a text through a gateway arrives, and its chat says when`() = runBlocking {
        sandbox.gateway().use { client ->
            val before = Instant.now()
            val receipt = client.sendMessage(phone, "Your order is on its way.", reference = "order A-1042")
            assertTrue(receipt.id.startsWith("wamid."), receipt.id)
            assertEquals("919876543210", receipt.phone)
            assertEquals("order A-1042", receipt.reference)
            assertTrue("messages" in Json.parseToJsonElement(receipt.raw).jsonObject, receipt.raw)
            val chat = client.chats().first { it.phoneNumber == "919876543210" }
            assertTrue(Duration.between(before, chat.lastMessageAt).abs() < Duration.ofMinutes(5), "$chat")
        }
    }

    @Test
    fun `all that a location and a template hold arrives at Meta`() = runBlocking {
        sandbox.cloud().use { client ->
            client.sendLocation(phone, 28.6139, 77.2090, name = "Our Office", address = "Connaught Place")
            val pin = sandbox.messages().last().getValue("body").jsonObject
            assertEquals(
                """{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place"}""",
                pin.getValue("location").toString(),
            )
            client.sendTemplate(
                phone,
                "order_update",
                language = "en_US",
                bodyParams = listOf(TemplateParameter.Text("Asha"), TemplateParameter.Number(5.0)),
            )
            val template = sandbox.messages().last().getValue("body").jsonObject.getValue("template")
            val components = buildTemplateComponents(bodyParams = listOf(TemplateParameter.Text("Asha"), TemplateParameter.Number(5.0)))
            assertEquals(
                """{"name":"order_update","language":{"code":"en_US"},"components":$components}""",
                template.toString(),
            )
        }
    }

    @Test
    fun `many are answered in their order, each by itself, and progress is told`() = runBlocking {
        sandbox.cloud().use { client ->
            val told = mutableListOf<SendProgress>()
            val sends = listOf(
                Message(phone, Text("one")),
                Message("no number", Text("two")),
                Message(phone, Template("hello_world")),
                Message(phone, Text("half a character \ud83d")),
                Message(phone, Location(1.0, 2.0)),
                Message(Sandbox.magic(131_047), Text("refused")),
            )
            val outcomes = client.sendMany(sends, concurrency = 2) { synchronized(told) { told += it } }
            val fields = outcomes.map {
                when (it) {
                    is Outcome.Sent -> null
                    is Outcome.Failed -> it.error.field ?: it.error.kind
                }
            }
            assertContentEquals(listOf(null, "phone", null, "message", null, "rejected"), fields)
            assertEquals(SendProgress.build { sent = 3; failed = 3 }, told.last())
        }
    }

    @Test
    fun `what a progress listener throws stops no send`() = runBlocking {
        sandbox.cloud().use { client ->
            val outcomes = client.sendMany(List(3) { Message(phone, Text("text $it")) }) { error("not today") }
            assertTrue(outcomes.all { it is Outcome.Sent }, "$outcomes")
        }
    }

    @Test
    fun `a transfer tells how far it has come, and who watches stops nothing`() = runBlocking {
        val content = ByteArray(2_000_001) { 'x'.code.toByte() }
        for (client in listOf(sandbox.cloud(), sandbox.gateway())) {
            client.use {
                val told = mutableListOf<TransferProgress>()
                val mediaId = client.uploadMedia(data = content, mimeType = "text/plain") { synchronized(told) { told += it } }
                val fetched = client.downloadMedia(mediaId) { synchronized(told) { told += it } }
                assertEquals(content.size, fetched.data.size)
                val ends = told.filter { it == TransferProgress.build { bytes = 2_000_001; total = 2_000_001 } }
                assertEquals(2, ends.size, "$told")
                client.downloadMedia(mediaId) { error("not today") }
            }
        }
    }

    @Test
    fun `what was sent is on record`() = runBlocking {
        sandbox.gateway().use { client ->
            val receipt = client.sendMessage(phone, "Hello", reference = "order-43")
            val send = client.sends(reference = "order-43").single()
            assertEquals(receipt.id, send.messageId)
            assertEquals("text", send.operation)
            assertTrue(Duration.between(send.createdAt, Instant.now()).abs() < Duration.ofMinutes(5), "$send")
        }
        sandbox.cloud().use { client ->
            assertEquals("store", assertFailsWith<WamidException.Unsupported> { client.sends() }.field)
        }
    }

    @Test
    fun `a webhook is verified, and told as typed events`() = runBlocking {
        val body = """{"entry":[{"id":"1","changes":[{"field":"messages","value":{
            "metadata":{"phone_number_id":"1066"},"statuses":[{"id":"wamid.A","status":"failed",
            "timestamp":"1749416383","recipient_id":"919876543210","biz_opaque_callback_data":"A-1042",
            "errors":[{"code":131026,"title":"Undeliverable"}]}]}}]}]}""".toByteArray()
        val signature = "sha256=" + hmac("app-secret", body)
        assertTrue(verifyWebhook(body, signature, "app-secret"))
        sandbox.cloud(ClientOptions { appSecret = "app-secret" }).use { client ->
            val event = assertIs<Event.Status>(client.receiveWebhook(body, signature).single()).status
            assertEquals(Instant.ofEpochSecond(1_749_416_383), event.timestamp)
            assertEquals("A-1042", event.reference)
            assertEquals(131_026, event.errors.single().code)
            val error = assertFailsWith<WamidException.InvalidInput> { client.receiveWebhook(body, "sha256=00") }
            assertEquals("signature", error.field)
        }
    }

    @Test
    fun `a message is answered at its number or its user id, and marked as read`() = runBlocking {
        fun inbound(names: String): MessageEvent {
            val body = """{"entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"1066"},
                "messages":[{$names,"id":"wamid.IN","timestamp":"1749416383","type":"text","text":{"body":"Is it open?"}}]}}]}]}"""
            return assertIs<Event.Message>(parseWebhook(body.toByteArray()).single()).message
        }
        sandbox.cloud(ClientOptions { defaultCountryCode = "1" }).use { client ->
            for ((names, to) in listOf("\"from\":\"4790000011\"" to "+4790000011", "\"from_user_id\":\"NO.1349120\"" to "NO.1349120")) {
                val event = inbound(names)
                val receipt = event.reply(client, Text("Until nine"), reference = "r-1")
                assertEquals("r-1", receipt.reference)
                event.markRead(client, typing = true)
                val sent = sandbox.messages().last { it["type"]?.jsonPrimitive?.content == "text" }
                assertEquals(to, sent.getValue("to").jsonPrimitive.content)
                val context = sent.getValue("body").jsonObject.getValue("context").jsonObject
                assertEquals("wamid.IN", context.getValue("message_id").jsonPrimitive.content)
            }
            val group = inbound("\"from\":\"4790000011\",\"group_id\":\"G1\"")
            assertEquals("phone", assertFailsWith<WamidException.InvalidInput> { group.reply(client, Text("x")) }.field)
        }
    }

    @Test
    fun `JSON forms name their place in the list`() {
        val buttons = listOf(TemplateButton.Url("A-1042"), buttonFromJson("""{"sub_type":"copy_code","coupon_code":""}"""))
        val error = assertFailsWith<WamidException.InvalidInput> { buildTemplateComponents(buttons = buttons) }
        assertEquals("buttons[1].coupon_code", error.field)
        val params = listOf(TemplateParameter.Text("Asha"), parameterFromJson("{"))
        val broken = assertFailsWith<WamidException.InvalidInput> { buildTemplateComponents(bodyParams = params) }
        assertEquals("body_params[1]", broken.field)
    }

    private fun hmac(secret: String, body: ByteArray): String {
        val mac = javax.crypto.Mac.getInstance("HmacSHA256")
        mac.init(javax.crypto.spec.SecretKeySpec(secret.toByteArray(), "HmacSHA256"))
        return mac.doFinal(body).joinToString("") { "%02x".format(it) }
    }
}
