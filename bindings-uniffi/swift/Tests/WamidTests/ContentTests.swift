import Foundation
import Wamid
import XCTest

/// What a message holds: typed, as JSON, and on its way.
final class ContentTests: SandboxTests {
    private let phone = Sandbox.phone

    private let contents: [Content] = [
        .text("Hello", previewUrl: true),
        .location(latitude: 28.6139, longitude: 77.2090, name: "Our Office"),
        .template(
            "order_update", language: "en_US", bodyParams: [.text(text: "Asha \"A\""), .number(number: 2.5)]),
        .template(
            "order_update", language: "en_US", limitedTimeOfferExpiresAt: "2126-12-24T18:00:00Z",
            bodyParams: [.text(text: "Asha"), .number(number: 2.5)],
            carousel: [
                .init(buttons: [.quickReply(payload: "one")]), .init(buttons: [.quickReply(payload: "two")]),
            ]),
    ]

    private let template = Content.template(
        "order_update", language: "en_US",
        headerParams: [.document(media: Media(link: "https://example.com/a.pdf", filename: "a.pdf"))],
        bodyParams: [
            .currency(fallbackValue: "1", code: "INR", amount1000: 1000),
            .json(json: #"{"type":"date_time","fallback_value":"today"}"#),
        ],
        buttons: [
            .url(text: "A-1042"), .quickReply(payload: "yes", index: 3),
            .flow(flowToken: "t", flowActionData: #"{"camelCase": 1}"#),
        ])

    private func path(of call: () throws -> Void) -> String? {
        do {
            try call()
            return nil
        } catch {
            return (error as? WamidError)?.field ?? "\(error)"
        }
    }

    func testAContentIsTheSameAfterItWasJson() throws {
        XCTAssertEqual(
            try Content.text("\"Hi\" \\\n\u{1} 😀").toJson(), #"{"type":"text","message":"\"Hi\" \\\u000a\u0001 😀"}"#)
        XCTAssertEqual(
            try Content.location(latitude: 1e-5, longitude: -77, name: "x").toJson(),
            #"{"type":"location","latitude":1e-05,"longitude":-77.0,"name":"x"}"#)
        let invoice = Content.ctaUrl(
            body: "Your order", displayText: "Open", url: "https://example.com",
            header: .part(.init("document", id: "1", filename: "a.pdf")))
        XCTAssertEqual(
            try invoice.toJson(),
            #"{"type":"cta_url","body":"Your order","display_text":"Open","url":"https://example.com","#
                + #""header":{"type":"document","id":"1","filename":"a.pdf"}}"#)
        let titled = Content.ctaUrl(
            body: "Your order", displayText: "Open", url: "https://example.com", header: "A-1042")
        let times = Content.list(
            body: "When?", button: "Times",
            sections: [
                .init(
                    [
                        .init(id: "9", title: "9 to 12"),
                        .init(id: "14", title: "14 to 17", description: "Most are at home"),
                    ], title: "Today")
            ])
        XCTAssertEqual(
            try times.toJson(),
            #"{"type":"list","body":"When?","button":"Times","sections":[{"rows":[{"id":"9","title":"9 to 12"},"#
                + #"{"id":"14","title":"14 to 17","description":"Most are at home"}],"title":"Today"}]}"#)
        let card = Content.contacts([.init("Asha Rao", phones: [.init("+91 98765 43210", type: "WORK")])])
        let raw = Content.raw(messageType: "interactive", object: #"{"type": "voice_call", "body": null}"#)
        let products = TemplateButton.mpm(
            thumbnailProductRetailerId: "book-1",
            sections: [ButtonSection(productRetailerIds: ["book-1", "book-2"], title: "Novels")])
        let picture = TemplateParameter.image(media: Media(data: Data([1, 2, 3]), mimeType: "image/png"))
        let shop = Content.template("shop", headerParams: [picture], buttons: [products])
        XCTAssertEqual(
            try shop.toJson(),
            #"{"type":"template","template_name":"shop","header_params":[{"type":"image","data":"AQID","#
                + #""mime_type":"image/png"}],"buttons":[{"sub_type":"mpm","thumbnail_product_retailer_id":"book-1","#
                + #""sections":[{"title":"Novels","product_retailer_ids":["book-1","book-2"]}]}]}"#)
        for content in contents + [template, invoice, titled, times, card, raw, shop] {
            let read = try Content.fromJson(content.toJson())
            XCTAssertEqual(try Content.fromJson(read.toJson()), read)
        }
    }

    func testAContentGoesOutAlikeByItsTypeAsJsonAloneAndWithMany() async throws {
        let client = try sandbox.cloud()
        let extra = #"{"category": "utility", "none": null}"#
        for content in contents {
            let read = try Content.fromJson(content.toJson())
            var bodies: Set<NSDictionary> = []
            for form in [content, read] {
                _ = try await client.send(to: phone, form, replyTo: "wamid.A", reference: "r-1", extra: extra)
                bodies.insert(try sandbox.lastBody() as NSDictionary)
                let message = Message(to: phone, form, replyTo: "wamid.A", reference: "r-1", extra: extra)
                let outcomes = try await client.sendMany(sends: [message])
                guard case .sent = outcomes[0] else { return XCTFail("\(outcomes)") }
                bodies.insert(try sandbox.lastBody() as NSDictionary)
            }
            XCTAssertEqual(bodies.count, 1, "\(bodies)")
            XCTAssertEqual(try sandbox.lastBody()["category"] as? String, "utility")
        }
    }

    func testWhatIsNoContentSaysWhereItIsWrong() throws {
        for (json, expected) in [
            ("{", "content"), ("[]", "content"), ("{}", "type"), (#"{"type": "no such"}"#, "type"),
            (#"{"type": "text"}"#, "message"), (#"{"type": "text", "message": "Hi", "colour": 1}"#, "colour"),
            (#"{"type": "template", "template_name": "a", "body_params": true}"#, "body_params"),
        ] {
            XCTAssertEqual(path { _ = try Content.fromJson(json) }, expected, json)
        }
        XCTAssertEqual(path { _ = try Content.template("a", components: "{").toJson() }, "components")
        let data = Content.template("a", buttons: [.flow(flowActionData: #"1,"index":2"#)])
        XCTAssertEqual(path { _ = try data.toJson() }, "buttons[0].flow_action_data")
        let nowhere = try Content.location(latitude: .nan, longitude: 1).toJson()
        XCTAssertEqual(path { _ = try Content.fromJson(nowhere) }, "latitude")
    }

    func testAContentThatIsRefusedIsItsOwnRowsError() async throws {
        let refused: [Content] = [
            .text(""), .location(latitude: 91, longitude: 1), .template("a", components: "{"),
            try .fromJson(#"{"type": "text", "message": " "}"#),
            .template("a", oneTimeCode: "123456", bodyParams: [.text(text: "b")]),
        ]
        let sends = refused.map { Message(to: phone, $0) } + [Message(to: phone, .text("Hello"))]
        let fields: [String?] = try await sandbox.cloud().sendMany(sends: sends).map {
            if case .failed(let error) = $0 { return error.field }
            return nil
        }
        XCTAssertEqual(fields, ["message", "latitude", "components", "message", "one_time_code", nil])
    }
}
