// Written by `cargo xtask generate`: the snippets of docs/messages.

import Foundation
import Wamid
import XCTest

/// The call of each kind's page.
final class SnippetsTests: SandboxTests {
    private let phone = "+91 98765-43210"

    private func arrives(_ text: String) throws {
        let expected = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSDictionary
        XCTAssertEqual(try sandbox.lastBody() as NSDictionary, expected)
    }

    func testAddressMessage() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .addressMessage(
                body: "Where shall we deliver to?",
                country: "IN",
                values: #"{"name":"Asha Rao","city":"New Delhi"}"#
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"address_message","body":{"text":"Where shall we deliver to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}}}}"#)
    }

    func testAudio() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(to: phone, .audio(link: "https://example.com/greeting.ogg", voice: true))
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"audio","audio":{"link":"https://example.com/greeting.ogg","voice":true}}"#)
    }

    func testCatalog() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .catalog("See what is new.", thumbnailProductRetailerId: "book-1042")
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"See what is new."},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"book-1042"}}}}"#)
    }

    func testContactRequest() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(to: phone, .contactRequest("May we call you about your order?"))
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"May we call you about your order?"},"action":{"name":"request_contact_info"}}}"#)
    }

    func testContacts() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .contacts([Content.ContactCard(
                "Asha's Books",
                company: "Asha's Books",
                phones: [Content.ContactPhone("+91 98765-43210", type: "WORK", waId: "919876543210")]
            )])
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"contacts","contacts":[{"name":{"formatted_name":"Asha's Books","first_name":"Asha's Books"},"phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}],"org":{"company":"Asha's Books"}}]}"#)
    }

    func testCtaUrl() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .ctaUrl(
                body: "Your order is on its way.",
                displayText: "Track it",
                url: "https://example.com/t/A-1042",
                footer: "Asha's Books"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"cta_url","body":{"text":"Your order is on its way."},"footer":{"text":"Asha's Books"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://example.com/t/A-1042"}}}}"#)
    }

    func testDocument() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .document(
                link: "https://example.com/i/1042.pdf",
                caption: "Your invoice",
                filename: "invoice-1042.pdf"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"document","document":{"link":"https://example.com/i/1042.pdf","caption":"Your invoice","filename":"invoice-1042.pdf"}}"#)
    }

    func testFlow() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .flow(
                body: "How was your stay?",
                button: "Tell us",
                flowId: "1037543291543636",
                flowToken: "stay-1042",
                screen: "RATING",
                header: "Your opinion"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","header":{"type":"text","text":"Your opinion"},"body":{"text":"How was your stay?"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1037543291543636","flow_cta":"Tell us","flow_token":"stay-1042","flow_action":"navigate","flow_action_payload":{"screen":"RATING"}}}}}"#)
    }

    func testImage() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .image(link: "https://example.com/receipt.png", caption: "Your receipt")
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"image","image":{"link":"https://example.com/receipt.png","caption":"Your receipt"}}"#)
    }

    func testList() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .list(
                body: "When shall we come?",
                button: "Times",
                sections: [
                    Content.ListSection(
                        [
                            Content.ListRow(id: "today-17", title: "17:00 to 18:00"),
                            Content.ListRow(id: "today-18", title: "18:00 to 19:00", description: "The last van of the day")
                        ],
                        title: "Today"
                    ),
                    Content.ListSection(
                        [Content.ListRow(id: "tomorrow-9", title: "9:00 to 10:00")],
                        title: "Tomorrow"
                    )
                ]
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"list","body":{"text":"When shall we come?"},"action":{"button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}}}"#)
    }

    func testLocation() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .location(
                latitude: 28.6139,
                longitude: 77.209,
                name: "Our Office",
                address: "Connaught Place, New Delhi"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"location","location":{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}}"#)
    }

    func testLocationRequest() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(to: phone, .locationRequest("Where shall we deliver?"))
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where shall we deliver?"},"action":{"name":"send_location"}}}"#)
    }

    func testProduct() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .product(
                catalogId: "146265584024623",
                productRetailerId: "book-1042",
                body: "It is back in stock."
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product","body":{"text":"It is back in stock."},"action":{"catalog_id":"146265584024623","product_retailer_id":"book-1042"}}}"#)
    }

    func testProductList() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .productList(
                body: "Picked for you",
                header: "Our novels",
                catalogId: "146265584024623",
                sections: [
                    Content.ProductSection(["book-1042", "book-1043"], title: "New"),
                    Content.ProductSection(["book-7"], title: "Classics")
                ]
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our novels"},"body":{"text":"Picked for you"},"action":{"catalog_id":"146265584024623","sections":[{"title":"New","product_items":[{"product_retailer_id":"book-1042"},{"product_retailer_id":"book-1043"}]},{"title":"Classics","product_items":[{"product_retailer_id":"book-7"}]}]}}}"#)
    }

    func testRaw() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .raw(
                messageType: "interactive",
                object: #"{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}"#
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}"#)
    }

    func testReaction() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .reaction(
                messageId: "wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA",
                emoji: "👍"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"reaction","reaction":{"message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"👍"}}"#)
    }

    func testReplyButtons() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .replyButtons(
                body: "Shall we deliver it today?",
                buttons: [
                    Content.ReplyButton(id: "yes", title: "Yes"),
                    Content.ReplyButton(id: "tomorrow", title: "Tomorrow")
                ],
                header: "Your order",
                footer: "Asha's Books"
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Your order"},"body":{"text":"Shall we deliver it today?"},"footer":{"text":"Asha's Books"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"tomorrow","title":"Tomorrow"}}]}}}"#)
    }

    func testSticker() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(to: phone, .sticker(link: "https://example.com/thanks.webp"))
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"sticker","sticker":{"link":"https://example.com/thanks.webp"}}"#)
    }

    func testTemplate() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .template(
                "order_update",
                language: "en_US",
                bodyParams: [.text(text: "Asha"), .text(text: "A-1042")]
            )
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]}}"#)
    }

    func testText() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .text("Your table is ready: https://example.com/t/7", previewUrl: true)
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"text","text":{"body":"Your table is ready: https://example.com/t/7","preview_url":true}}"#)
    }

    func testVideo() async throws {
        let client = try sandbox.cloud()
        _ = try await client.send(
            to: phone,
            .video(link: "https://example.com/tour.mp4", caption: "Your room")
        )
        try arrives(#"{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"video","video":{"link":"https://example.com/tour.mp4","caption":"Your room"}}"#)
    }
}
