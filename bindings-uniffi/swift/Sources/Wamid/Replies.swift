/// What is done with a message in place.
extension MessageEvent {
    /// Answers it: sends a content to its ``address``, whether that is a number or a user id, and quotes it.
    ///
    /// - Parameters:
    ///   - client: What sends it.
    ///   - content: What they get.
    ///   - accountId: The account to send from, by its id on the gateway. Only on a gateway client.
    ///   - reference: A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    ///   - idempotencyKey: Sends with the same key are one send, to a gateway that knows keys.
    ///   - extra: JSON text of an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the answer may have gone out all the same. A group's message has no
    ///   address: that is `InvalidInput`, naming `phone`.
    ///
    /// ```swift
    /// for case .message(let message) in try await client.receiveWebhook(body: body, signature: signature) {
    ///     try await message.reply(client, .text("Thank you"))
    /// }
    /// ```
    @discardableResult
    public func reply(
        _ client: any ClientProtocol,
        _ content: Content,
        accountId: Int64? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) async throws -> Receipt {
        try await client.send(
            to: address ?? "", content, accountId: accountId, replyTo: id, reference: reference,
            idempotencyKey: idempotencyKey, extra: extra)
    }

    /// Marks it as read; with `typing` the customer sees that an answer is being written.
    ///
    /// - Throws: ``WamidError``.
    public func markRead(_ client: any ClientProtocol, typing: Bool? = nil) async throws {
        try await client.markRead(id, typing: typing)
    }
}
