// Written by `cargo xtask generate`: the snippets of docs/messages.

package dev.wamid

import kotlin.test.Test
import kotlin.test.assertEquals
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.json.Json

/** The call of each kind's page. */
class SnippetsTest : SandboxTest() {
    private val phone = "+91 98765-43210"

    private fun arrives(text: String) =
        assertEquals(Json.parseToJsonElement(text), sandbox.messages().last().getValue("body"))

    @Test
    fun `address_message`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                AddressMessage(
                    body = "Where shall we deliver to?",
                    country = "IN",
                    values = """{"name":"Asha Rao","city":"New Delhi"}"""
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"address_message","body":{"text":"Where shall we deliver to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}}}}""")
    }

    @Test
    fun `audio`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Audio(link = "https://example.com/greeting.ogg", voice = true))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"audio","audio":{"link":"https://example.com/greeting.ogg","voice":true}}""")
    }

    @Test
    fun `catalog`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Catalog("See what is new.", thumbnailProductRetailerId = "book-1042"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"See what is new."},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"book-1042"}}}}""")
    }

    @Test
    fun `contact_request`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, ContactRequest("May we call you about your order?"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"May we call you about your order?"},"action":{"name":"request_contact_info"}}}""")
    }

    @Test
    fun `contacts`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Contacts(listOf(ContactCard(
                    "Asha's Books",
                    company = "Asha's Books",
                    phones = listOf(ContactPhone("+91 98765-43210", type = "WORK", waId = "919876543210"))
                )))
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"contacts","contacts":[{"name":{"formatted_name":"Asha's Books","first_name":"Asha's Books"},"phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}],"org":{"company":"Asha's Books"}}]}""")
    }

    @Test
    fun `cta_url`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                CtaUrl(
                    body = "Your order is on its way.",
                    displayText = "Track it",
                    url = "https://example.com/t/A-1042",
                    footer = "Asha's Books"
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"cta_url","body":{"text":"Your order is on its way."},"footer":{"text":"Asha's Books"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://example.com/t/A-1042"}}}}""")
    }

    @Test
    fun `document`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Document(
                    link = "https://example.com/i/1042.pdf",
                    caption = "Your invoice",
                    filename = "invoice-1042.pdf"
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"document","document":{"link":"https://example.com/i/1042.pdf","caption":"Your invoice","filename":"invoice-1042.pdf"}}""")
    }

    @Test
    fun `flow`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Flow(
                    body = "How was your stay?",
                    button = "Tell us",
                    flowId = "1037543291543636",
                    flowToken = "stay-1042",
                    screen = "RATING",
                    header = Header("Your opinion")
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","header":{"type":"text","text":"Your opinion"},"body":{"text":"How was your stay?"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1037543291543636","flow_cta":"Tell us","flow_token":"stay-1042","flow_action":"navigate","flow_action_payload":{"screen":"RATING"}}}}}""")
    }

    @Test
    fun `image`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Image(link = "https://example.com/receipt.png", caption = "Your receipt"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"image","image":{"link":"https://example.com/receipt.png","caption":"Your receipt"}}""")
    }

    @Test
    fun `list`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                ListMessage(
                    body = "When shall we come?",
                    button = "Times",
                    sections = listOf(
                        ListSection(
                            listOf(
                                ListRow(id = "today-17", title = "17:00 to 18:00"),
                                ListRow(id = "today-18", title = "18:00 to 19:00", description = "The last van of the day")
                            ),
                            title = "Today"
                        ),
                        ListSection(listOf(ListRow(id = "tomorrow-9", title = "9:00 to 10:00")), title = "Tomorrow")
                    )
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"list","body":{"text":"When shall we come?"},"action":{"button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}}}""")
    }

    @Test
    fun `location`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Location(
                    latitude = 28.6139,
                    longitude = 77.209,
                    name = "Our Office",
                    address = "Connaught Place, New Delhi"
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"location","location":{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}}""")
    }

    @Test
    fun `location_request`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, LocationRequest("Where shall we deliver?"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where shall we deliver?"},"action":{"name":"send_location"}}}""")
    }

    @Test
    fun `product`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Product(
                    catalogId = "146265584024623",
                    productRetailerId = "book-1042",
                    body = "It is back in stock."
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product","body":{"text":"It is back in stock."},"action":{"catalog_id":"146265584024623","product_retailer_id":"book-1042"}}}""")
    }

    @Test
    fun `product_list`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                ProductList(
                    body = "Picked for you",
                    header = "Our novels",
                    catalogId = "146265584024623",
                    sections = listOf(
                        ProductSection(listOf("book-1042", "book-1043"), title = "New"),
                        ProductSection(listOf("book-7"), title = "Classics")
                    )
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our novels"},"body":{"text":"Picked for you"},"action":{"catalog_id":"146265584024623","sections":[{"title":"New","product_items":[{"product_retailer_id":"book-1042"},{"product_retailer_id":"book-1043"}]},{"title":"Classics","product_items":[{"product_retailer_id":"book-7"}]}]}}}""")
    }

    @Test
    fun `raw`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Raw(
                    messageType = "interactive",
                    `object` = """{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}"""
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}""")
    }

    @Test
    fun `reaction`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Reaction(
                    messageId = "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
                    emoji = "👍"
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"reaction","reaction":{"message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"👍"}}""")
    }

    @Test
    fun `reply_buttons`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                ReplyButtons(
                    body = "Shall we deliver it today?",
                    buttons = listOf(ReplyButton(id = "yes", title = "Yes"), ReplyButton(id = "tomorrow", title = "Tomorrow")),
                    header = Header("Your order"),
                    footer = "Asha's Books"
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Your order"},"body":{"text":"Shall we deliver it today?"},"footer":{"text":"Asha's Books"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"tomorrow","title":"Tomorrow"}}]}}}""")
    }

    @Test
    fun `sticker`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Sticker(link = "https://example.com/thanks.webp"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"sticker","sticker":{"link":"https://example.com/thanks.webp"}}""")
    }

    @Test
    fun `template`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(
                phone,
                Template(
                    "order_update",
                    language = "en_US",
                    bodyParams = listOf(TemplateParameter.Text("Asha"), TemplateParameter.Text("A-1042"))
                )
            )
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]}}""")
    }

    @Test
    fun `text`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Text("Your table is ready: https://example.com/t/7", previewUrl = true))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"text","text":{"body":"Your table is ready: https://example.com/t/7","preview_url":true}}""")
    }

    @Test
    fun `video`() = runBlocking {
        sandbox.cloud().use { client ->
            client.send(phone, Video(link = "https://example.com/tour.mp4", caption = "Your room"))
        }
        arrives("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"video","video":{"link":"https://example.com/tour.mp4","caption":"Your room"}}""")
    }
}
