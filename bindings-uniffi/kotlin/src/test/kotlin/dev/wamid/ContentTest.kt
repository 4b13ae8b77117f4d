package dev.wamid

import java.io.ByteArrayInputStream
import java.io.ByteArrayOutputStream
import java.io.ObjectInputStream
import java.io.ObjectOutputStream
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFailsWith
import kotlin.test.assertNotEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

/** What a message holds: typed, as JSON, and on its way. */
class ContentTest : SandboxTest() {
    private val phone = Sandbox.PHONE

    private val template = Template(
        "order_update",
        language = "en_US",
        headerParams = listOf(TemplateParameter.Document(Media { link = "https://example.com/a.pdf"; filename = "a.pdf" })),
        bodyParams = listOf(
            TemplateParameter.Text("Asha \"A\""), TemplateParameter.Number(2.5), TemplateParameter.Currency("1", "INR", 1000),
            TemplateParameter.Json("""{"type":"date_time","fallback_value":"today"}"""),
        ),
        buttons = listOf(
            TemplateButton.Url("A-1042"), TemplateButton.QuickReply("yes") { index = 3 },
            TemplateButton.Flow { flowToken = "t"; flowActionData = """{"camelCase": 1}""" },
        ),
    )

    private fun bodies(count: Int): List<JsonObject> = sandbox.messages().takeLast(count).map { it.getValue("body").jsonObject }

    @Test
    fun `a field is a named argument, or is set`() {
        val named = Location(28.6139, 77.2090, name = "Our Office")
        assertEquals(named, Location(28.6139, 77.2090) { name = "Our Office" })
        assertEquals("Our Office", named.name)
        assertNull(named.address)
        assertNotEquals(named, Location(28.6139, 77.2090))
        val message = Message(phone, named, reference = "r-1")
        assertEquals(message, Message(phone, named) { reference = "r-1" })
        assertNotEquals(message, Message(phone, named))
        assertTrue("Our Office" in "$message" && "r-1" in "$message", "$message")
    }

    @Test
    fun `named arguments leave nothing in compiled code that another argument would change`() {
        val compiled = checkNotNull(javaClass.getResourceAsStream("ContentTest.class")).use { it.readBytes() }.decodeToString()
        assertTrue("dev/wamid/Location" in compiled)
        // What a call of a function that makes one would be of.
        assertNull(Regex("""\)Ldev/wamid/(Location|Message);|(Location|Message)\${'$'}default""").find(compiled)?.value)
    }

    @Test
    fun `a content is the same after it was JSON`() {
        assertEquals("""{"type":"text","message":"\"Hi\" \\\u000a\u0001 😀"}""", Text("\"Hi\" \\\n\u0001 😀").toJson())
        assertEquals("""{"type":"location","latitude":1.0E-5,"longitude":-77.0,"name":"x"}""", Location(1e-5, -77.0, name = "x").toJson())
        val invoice = CtaUrl("Your order", "Open", "https://example.com", header = Header(HeaderMedia("document", id = "1", filename = "a.pdf")))
        assertEquals(
            """{"type":"cta_url","body":"Your order","display_text":"Open","url":"https://example.com",""" +
                """"header":{"type":"document","id":"1","filename":"a.pdf"}}""",
            invoice.toJson(),
        )
        val titled = CtaUrl("Your order", "Open", "https://example.com", header = Header("A-1042"))
        assertTrue(""","header":"A-1042"}""" in titled.toJson(), titled.toJson())
        assertNotEquals(invoice, titled)
        val rows = listOf(ListRow("9", "9 to 12"), ListRow("14", "14 to 17", description = "Most are at home"))
        val times = ListMessage("When?", "Times", listOf(ListSection(rows, title = "Today")))
        assertEquals(
            """{"type":"list","body":"When?","button":"Times","sections":[{"rows":[{"id":"9","title":"9 to 12"},""" +
                """{"id":"14","title":"14 to 17","description":"Most are at home"}],"title":"Today"}]}""",
            times.toJson(),
        )
        val card = Contacts(listOf(ContactCard("Asha Rao", phones = listOf(ContactPhone("+91 98765 43210", type = "WORK")))))
        val raw = Raw("interactive", """{"type": "voice_call", "body": null}""")
        val products = TemplateButton.Mpm("book-1", listOf(ButtonSection(listOf("book-1", "book-2")) { title = "Novels" }))
        val picture = TemplateParameter.Image(Media { data = byteArrayOf(1, 2, 3); mimeType = "image/png" })
        val shop = Template("shop", headerParams = listOf(picture), buttons = listOf(products))
        assertEquals(
            """{"type":"template","template_name":"shop","header_params":[{"type":"image","data":"AQID","mime_type":"image/png"}],""" +
                """"buttons":[{"sub_type":"mpm","thumbnail_product_retailer_id":"book-1","sections":[{"title":"Novels",""" +
                """"product_retailer_ids":["book-1","book-2"]}]}]}""",
            shop.toJson(),
        )
        assertEquals(Media { data = byteArrayOf(1, 2, 3) }, Media { data = byteArrayOf(1, 2, 3) })
        val typed = listOf(invoice, titled, times, card, raw, shop)
        val contents = listOf(Text("Hello", previewUrl = false), Location(1e-5, -77.0, name = "x"), template) + typed
        for (content in contents) {
            val read = Content.fromJson(content.toJson())
            assertEquals(read, Content.fromJson(read.toJson()), "$content")
            assertEquals(read.hashCode(), Content.fromJson(read.toJson()).hashCode())
        }
    }

    @Test
    fun `a content goes out alike, by its type, as JSON, alone and with many`() = runBlocking {
        sandbox.cloud().use { client ->
            val extra = """{"category": "utility", "none": null}"""
            val params = listOf(TemplateParameter.Text("Asha \"A\""), TemplateParameter.Number(2.5))
            val cards = List(2) {
                CarouselCard(
                    headerParams = listOf(TemplateParameter.Image(Media { link = "https://example.com/$it.png" })),
                    buttons = listOf(TemplateButton.QuickReply("card $it")),
                )
            }
            val contents = listOf(
                Template("order_update", language = "en_US", bodyParams = params, limitedTimeOfferExpiresAt = "2126-12-24T18:00:00Z", carousel = cards),
                Text("Hello", previewUrl = true), Location(28.6139, 77.2090, name = "Our Office"),
                Template("order_update", language = "en_US", bodyParams = params),
                ReplyButtons("Today?", listOf(ReplyButton("yes", "Yes"), ReplyButton("no", "No")), header = Header("A-1042")),
            )
            for (content in contents) {
                client.send(phone, content, replyTo = "wamid.A", reference = "r-1", extra = extra)
                client.send(Message(phone, Content.fromJson(content.toJson()), replyTo = "wamid.A", reference = "r-1", extra = extra))
                val many = listOf(content, Content.fromJson(content.toJson()))
                val outcomes = client.sendMany(many.map { Message(phone, it, replyTo = "wamid.A", reference = "r-1", extra = extra) }, concurrency = 1)
                assertTrue(outcomes.all { it is Outcome.Sent }, "$outcomes")
                assertEquals(1, bodies(4).toSet().size, "${bodies(4)}")
            }
            assertTrue("utility" in "${bodies(1)}" && "2.5" in "${bodies(8)}", "${bodies(8)}")
            val code = Template("login_code", bodyParams = params, oneTimeCode = "123456")
            assertEquals("one_time_code", assertFailsWith<WamidException.InvalidInput> { client.send(phone, code) }.field)
            assertEquals("extra", assertFailsWith<WamidException.InvalidInput> { client.send(phone, contents[0], extra = "{") }.field)
        }
    }

    @Test
    fun `what is no content says where it is wrong`() {
        fun path(json: String) = assertFailsWith<WamidException.InvalidInput>(json) { Content.fromJson(json) }.field
        assertEquals("content", path("{"))
        assertEquals("content", path("[]"))
        assertEquals("type", path("{}"))
        assertEquals("type", path("""{"type": "no such"}"""))
        assertEquals("message", path("""{"type": "text"}"""))
        assertEquals("colour", path("""{"type": "text", "message": "Hi", "colour": 1}"""))
        assertEquals("message", path("{\"type\": \"text\", \"message\": \"half a character \ud83d\"}"))
        assertEquals("body_params", path("""{"type": "template", "template_name": "a", "body_params": true}"""))
        assertEquals("components", assertFailsWith<WamidException.InvalidInput> { Template("a", components = "{").toJson() }.field)
        val data = Template("a", buttons = listOf(TemplateButton.Flow { flowActionData = "1,\"index\":2" }))
        assertEquals("buttons[0].flow_action_data", assertFailsWith<WamidException.InvalidInput> { data.toJson() }.field)
        assertEquals("message", path(Text("half a character \ud83d").toJson()))
        assertEquals("latitude", path(Location(Double.NaN, 1.0).toJson()))
    }

    @Test
    fun `a content that is refused is its own row's error`() = runBlocking {
        sandbox.cloud().use { client ->
            val refused = listOf(
                Text(""), Text("half a character \ud83d"), Location(91.0, 1.0), Template("a", components = "{"),
                Content.fromJson("""{"type": "text", "message": " "}"""),
            )
            val sends = refused.map { Message(phone, it) } + Message(phone, Text("Hello"))
            val fields = client.sendMany(sends).map { (it as? Outcome.Failed)?.error?.field }
            assertEquals(listOf("message", "message", "latitude", "components", "message", null), fields)
        }
    }

    @Test
    fun `a message can be written down and read again`() {
        val times = ListMessage("When?", "Times", listOf(ListSection(listOf(ListRow("9", "9 to 12"))))) { footer = "Asha" }
        val message = Message(phone, times, replyTo = "wamid.A", extra = """{"category": "utility"}""")
        val bytes = ByteArrayOutputStream().also { ObjectOutputStream(it).use { out -> out.writeObject(message) } }
        assertEquals(message, ObjectInputStream(ByteArrayInputStream(bytes.toByteArray())).use { it.readObject() })
    }
}
