import Foundation

/// What a message holds: one of the kinds, each made by the function of its name.
///
/// ```swift
/// try await client.send(to: "+91 98765-43210", .text("Your table is ready", previewUrl: true), replyTo: id)
/// ```
///
/// Limits are checked when it is sent.
public struct Content: Hashable, Sendable {
    let kind: Kind

    /// A content of any kind from JSON text: an object with the `type` of its kind and the kind's fields, by their names in JSON.
    ///
    /// ```swift
    /// try await client.send(to: phone, .fromJson(#"{"type": "text", "message": "Hello"}"#))
    /// ```
    ///
    /// - Throws: ``WamidError``, `InvalidInput` naming by its path a field that is unknown, missing or of another type. Limits are
    ///   checked when it is sent.
    public static func fromJson(_ json: String) throws -> Content {
        Content(kind: .read(try contentFromJson(json: json)))
    }

    /// The content as JSON text, as ``fromJson(_:)`` reads it.
    ///
    /// - Throws: ``WamidError``, `InvalidInput` naming the field by its path, where a field that holds JSON text (`components` …)
    ///   holds none.
    public func toJson() throws -> String {
        do {
            return try written()
        } catch let broken as BrokenJson {
            throw broken.error
        }
    }

    func written() throws -> String {
        var json = JsonWriter()
        try write(to: &json)
        return json.written
    }
}

/// A message of any kind: to whom, what, and with which options. ``ClientProtocol/sendMany(sends:concurrency:progress:)`` takes them.
///
/// ```swift
/// Message(to: "+91 98765-43210", .text("On our way"), reference: "r-1")
/// ```
public struct Message: Hashable, Sendable {
    /// Who gets it: a phone number with its country code, or a business-scoped user id.
    public var phone: String
    /// What they get.
    public var content: Content
    /// The account to send from, by its id on the gateway. Only on a gateway client.
    public var accountId: Int64?
    /// The id of the message that this one answers; not empty.
    public var replyTo: String?
    /// A text of yours, 1 to 512 characters, that comes back in every status webhook of the message.
    public var reference: String?
    /// Two sends with the same key are one send, to a gateway that knows keys. Only on a gateway client.
    public var idempotencyKey: String?
    /// JSON text of an object whose members stand beside the content in Meta's body: `{"category": "utility"}`, `ttl_seconds` …
    public var extra: String?

    /// A message with this content, to this phone number or user id.
    public init(
        to phone: String,
        _ content: Content,
        accountId: Int64? = nil,
        replyTo: String? = nil,
        reference: String? = nil,
        idempotencyKey: String? = nil,
        extra: String? = nil
    ) {
        self.phone = phone
        self.content = content
        self.accountId = accountId
        self.replyTo = replyTo
        self.reference = reference
        self.idempotencyKey = idempotencyKey
        self.extra = extra
    }

    /// As it crosses.
    var crossing: Send {
        Send(
            phone: phone, content: content.crossing,
            options: SendOptions(
                accountId: accountId, replyTo: replyTo, reference: reference, idempotencyKey: idempotencyKey,
                extra: extra))
    }
}

extension Content.Template {
    /// The same without what its own form of crossing has no place for.
    fileprivate var plain: Self {
        Self(
            templateName, language: language, components: components, headerParams: headerParams, bodyParams: bodyParams,
            buttons: buttons)
    }
}

extension Content {
    /// As it crosses. The kinds that are sent most have a form of their own, which costs less than JSON.
    fileprivate var crossing: SendContent {
        switch kind {
        case .text(let text):
            return .message(message: text.message, previewUrl: text.previewUrl)
        case .location(let place):
            return .location(
                latitude: place.latitude, longitude: place.longitude, name: place.name, address: place.address)
        case .template(let template) where template == template.plain:
            return .template(
                templateName: template.templateName, language: template.language, headerParams: template.headerParams,
                bodyParams: template.bodyParams, buttons: template.buttons, components: template.components)
        default:
            do {
                return .json(content: try written())
            } catch let broken as BrokenJson {
                return .broken(field: broken.path, json: broken.json)
            } catch {
                // Nothing else is thrown; what is no JSON is refused.
                return .broken(field: "content", json: "")
            }
        }
    }
}
