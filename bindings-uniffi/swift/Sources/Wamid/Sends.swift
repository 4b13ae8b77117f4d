import Foundation

/// The sends by their arguments, each of them a ``Message``.
extension ClientProtocol {
    /// Sends a content of any kind.
    ///
    /// - Parameters:
    ///   - phone: A phone number with its country code, or a business-scoped user id.
    ///   - content: What they get.
    ///   - accountId: The account to send from, by its id on the gateway. Only on a gateway client.
    ///   - replyTo: The id of the message that this one answers; not empty.
    ///   - reference: A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    ///   - idempotencyKey: Sends with the same key are one send, to a gateway that knows keys.
    ///   - extra: JSON text of an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the message may have gone out all the same.
    ///
    /// ```swift
    /// try await client.send(to: phone, .location(latitude: 28.6139, longitude: 77.2090, name: "Our Office"), replyTo: id)
    /// ```
    public func send(
        to phone: String,
        _ content: Content,
        accountId: Int64? = nil,
        replyTo: String? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) async throws -> Receipt {
        try await send(
            Message(
                to: phone, content, accountId: accountId, replyTo: replyTo, reference: reference,
                idempotencyKey: idempotencyKey, extra: extra))
    }

    /// Sends a text.
    ///
    /// - Parameters:
    ///   - phone: A phone number with its country code, or a business-scoped user id.
    ///   - message: 1 to 4096 characters, not only white space.
    ///   - previewUrl: Whether the first link is shown with a preview; false where absent.
    ///   - accountId: The account to send from, by its id on the gateway. Only on a gateway client.
    ///   - replyTo: The id of the message that this one answers; not empty.
    ///   - reference: A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    ///   - idempotencyKey: Sends with the same key are one send, to a gateway that knows keys.
    ///   - extra: JSON text of an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the message may have gone out all the same.
    ///
    /// ```swift
    /// let receipt = try await client.sendMessage(phone: "+91 98765-43210", message: "Your order is on its way.")
    /// print(receipt.id)
    /// ```
    public func sendMessage(
        phone: String,
        message: String,
        previewUrl: Bool? = nil,
        accountId: Int64? = nil,
        replyTo: String? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) async throws -> Receipt {
        try await send(
            to: phone, .text(message, previewUrl: previewUrl), accountId: accountId, replyTo: replyTo, reference: reference,
            idempotencyKey: idempotencyKey, extra: extra)
    }

    /// Sends a location pin.
    ///
    /// - Parameters:
    ///   - phone: A phone number with its country code, or a business-scoped user id.
    ///   - latitude: Degrees north, −90 to 90.
    ///   - longitude: Degrees east, −180 to 180.
    ///   - name: The title of the pin, at most 1000 characters; empty is none.
    ///   - address: The line below the title, at most 1000 characters; empty is none.
    ///   - accountId: The account to send from, by its id on the gateway. Only on a gateway client.
    ///   - replyTo: The id of the message that this one answers; not empty.
    ///   - reference: A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    ///   - idempotencyKey: Sends with the same key are one send, to a gateway that knows keys.
    ///   - extra: JSON text of an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the message may have gone out all the same.
    public func sendLocation(
        phone: String,
        latitude: Double,
        longitude: Double,
        name: String? = nil,
        address: String? = nil,
        accountId: Int64? = nil,
        replyTo: String? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) async throws -> Receipt {
        try await send(
            to: phone, .location(latitude: latitude, longitude: longitude, name: name, address: address),
            accountId: accountId, replyTo: replyTo, reference: reference, idempotencyKey: idempotencyKey, extra: extra)
    }

    /// Sends a template: a text that Meta has approved, with its variables filled in.
    ///
    /// - Parameters:
    ///   - phone: A phone number with its country code, or a business-scoped user id.
    ///   - templateName: The template's name, 1 to 512 of `a-z0-9_`.
    ///   - language: The language it was approved in, a BCP-47 tag such as `en_US`; `en` where absent.
    ///   - headerParams: Fills the header's variables, in their order or by name.
    ///   - bodyParams: Fills the body's variables, in their order or by name.
    ///   - buttons: Fills the buttons' variables; at most 10.
    ///   - components: Meta's own components as JSON text, sent as given; not together with the three above.
    ///   - accountId: The account to send from, by its id on the gateway. Only on a gateway client.
    ///   - replyTo: The id of the message that this one answers; not empty.
    ///   - reference: A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    ///   - idempotencyKey: Sends with the same key are one send, to a gateway that knows keys.
    ///   - extra: JSON text of an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the message may have gone out all the same.
    public func sendTemplate(
        phone: String,
        templateName: String,
        language: String? = nil,
        headerParams: [TemplateParameter]? = nil,
        bodyParams: [TemplateParameter]? = nil,
        buttons: [TemplateButton]? = nil,
        components: String? = nil,
        accountId: Int64? = nil,
        replyTo: String? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) async throws -> Receipt {
        try await send(
            to: phone,
            .template(
                templateName, language: language, components: components, headerParams: headerParams, bodyParams: bodyParams,
                buttons: buttons),
            accountId: accountId, replyTo: replyTo, reference: reference, idempotencyKey: idempotencyKey, extra: extra)
    }

    /// Sends many messages, and tells nobody of the progress.
    public func sendMany(sends: [Message], concurrency: Int64? = nil) async throws -> [Outcome] {
        try await sendMany(sends: sends, concurrency: concurrency, progress: nil)
    }
}

extension TemplateParameter {
    /// A parameter from JSON text: a text, a number, `{"name","text"}`, or an object with a `type`. It is checked where it
    /// is used, so that an error names its place in the list.
    public static func fromJson(_ json: String) -> TemplateParameter { parameterFromJson(json: json) }
}

extension TemplateButton {
    /// A button from JSON text: `sub_type`, `index` and the payload that it needs. It is checked where it is used, so that
    /// an error names its place in the list.
    public static func fromJson(_ json: String) -> TemplateButton { buttonFromJson(json: json) }
}
