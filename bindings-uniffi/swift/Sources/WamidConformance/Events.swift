// Written by `cargo xtask generate` from the declarations in core/src/webhook.

import Foundation
import Wamid

extension Event {
    func json() throws -> Json {
        switch self {
        case .message(let message): return try message.json()
        case .echo(let echo): return try echo.json()
        case .status(let status): return try status.json()
        case .template(let template): return try template.json()
        case .preference(let preference): return try preference.json()
        case .other(let other): return try other.json()
        }
    }
}

extension EventMedia {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "id", value: id.map { .text($0) } ?? .null))
        out.append((key: "mime_type", value: mimeType.map { .text($0) } ?? .null))
        out.append((key: "sha256", value: sha256.map { .text($0) } ?? .null))
        out.append((key: "caption", value: caption.map { .text($0) } ?? .null))
        out.append((key: "filename", value: filename.map { .text($0) } ?? .null))
        out.append((key: "voice", value: voice.map { .bool($0) } ?? .null))
        out.append((key: "animated", value: animated.map { .bool($0) } ?? .null))
        out.append((key: "url", value: url.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventReply {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "kind", value: .text(kind)))
        out.append((key: "id", value: id.map { .text($0) } ?? .null))
        out.append((key: "title", value: title.map { .text($0) } ?? .null))
        out.append((key: "description", value: description.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventFlow {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "name", value: name.map { .text($0) } ?? .null))
        out.append((key: "body", value: body.map { .text($0) } ?? .null))
        out.append((key: "token", value: token.map { .text($0) } ?? .null))
        out.append((key: "response", value: try response.map { try WamidConformance.raw($0) } ?? .null))
        return .object(out)
    }
}

extension EventLocation {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "latitude", value: latitude.map { WamidConformance.number($0) } ?? .null))
        out.append((key: "longitude", value: longitude.map { WamidConformance.number($0) } ?? .null))
        out.append((key: "name", value: name.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "url", value: url.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventPhone {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "phone", value: phone.map { .text($0) } ?? .null))
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        out.append((key: "wa_id", value: waId.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventEmail {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "email", value: email.map { .text($0) } ?? .null))
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventUrl {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "url", value: url.map { .text($0) } ?? .null))
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventAddress {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "street", value: street.map { .text($0) } ?? .null))
        out.append((key: "city", value: city.map { .text($0) } ?? .null))
        out.append((key: "state", value: state.map { .text($0) } ?? .null))
        out.append((key: "zip", value: zip.map { .text($0) } ?? .null))
        out.append((key: "country", value: country.map { .text($0) } ?? .null))
        out.append((key: "country_code", value: countryCode.map { .text($0) } ?? .null))
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventContact {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "formatted_name", value: formattedName.map { .text($0) } ?? .null))
        out.append((key: "first_name", value: firstName.map { .text($0) } ?? .null))
        out.append((key: "last_name", value: lastName.map { .text($0) } ?? .null))
        out.append((key: "middle_name", value: middleName.map { .text($0) } ?? .null))
        out.append((key: "prefix", value: prefix.map { .text($0) } ?? .null))
        out.append((key: "suffix", value: suffix.map { .text($0) } ?? .null))
        out.append((key: "phones", value: try .list(phones.map { try $0.json() })))
        out.append((key: "emails", value: try .list(emails.map { try $0.json() })))
        out.append((key: "urls", value: try .list(urls.map { try $0.json() })))
        out.append((key: "addresses", value: try .list(addresses.map { try $0.json() })))
        out.append((key: "company", value: company.map { .text($0) } ?? .null))
        out.append((key: "department", value: department.map { .text($0) } ?? .null))
        out.append((key: "title", value: title.map { .text($0) } ?? .null))
        out.append((key: "birthday", value: birthday.map { .text($0) } ?? .null))
        out.append((key: "origin", value: origin.map { .text($0) } ?? .null))
        out.append((key: "vcard", value: vcard.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventReaction {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: .text(messageId)))
        out.append((key: "emoji", value: emoji.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventOrderItem {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "product_retailer_id", value: productRetailerId.map { .text($0) } ?? .null))
        out.append((key: "quantity", value: quantity.map { WamidConformance.number($0) } ?? .null))
        out.append((key: "price", value: price.map { WamidConformance.number($0) } ?? .null))
        out.append((key: "currency", value: currency.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventOrder {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "catalog_id", value: catalogId.map { .text($0) } ?? .null))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "items", value: try .list(items.map { try $0.json() })))
        return .object(out)
    }
}

extension EventSystem {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        out.append((key: "body", value: body.map { .text($0) } ?? .null))
        out.append((key: "new_wa_id", value: newWaId.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "previous_user_id", value: previousUserId.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension Edit {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: .text(messageId)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "media", value: try media.map { try $0.json() } ?? .null))
        return .object(out)
    }
}

extension Revoke {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: .text(messageId)))
        return .object(out)
    }
}

extension EventProduct {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "catalog_id", value: catalogId.map { .text($0) } ?? .null))
        out.append((key: "product_retailer_id", value: productRetailerId.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventContext {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "message_id", value: messageId.map { .text($0) } ?? .null))
        out.append((key: "from", value: from.map { .text($0) } ?? .null))
        out.append((key: "forwarded", value: forwarded.map { .bool($0) } ?? .null))
        out.append((key: "frequently_forwarded", value: frequentlyForwarded.map { .bool($0) } ?? .null))
        out.append((key: "product", value: try product.map { try $0.json() } ?? .null))
        return .object(out)
    }
}

extension EventReferral {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "source_type", value: sourceType.map { .text($0) } ?? .null))
        out.append((key: "source_id", value: sourceId.map { .text($0) } ?? .null))
        out.append((key: "source_url", value: sourceUrl.map { .text($0) } ?? .null))
        out.append((key: "headline", value: headline.map { .text($0) } ?? .null))
        out.append((key: "body", value: body.map { .text($0) } ?? .null))
        out.append((key: "media_type", value: mediaType.map { .text($0) } ?? .null))
        out.append((key: "image_url", value: imageUrl.map { .text($0) } ?? .null))
        out.append((key: "video_url", value: videoUrl.map { .text($0) } ?? .null))
        out.append((key: "thumbnail_url", value: thumbnailUrl.map { .text($0) } ?? .null))
        out.append((key: "ctwa_clid", value: ctwaClid.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension StatusError {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "code", value: WamidConformance.number(code)))
        out.append((key: "title", value: title.map { .text($0) } ?? .null))
        out.append((key: "message", value: message.map { .text($0) } ?? .null))
        out.append((key: "details", value: details.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension EventConversation {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "id", value: id.map { .text($0) } ?? .null))
        out.append((key: "origin", value: origin.map { .text($0) } ?? .null))
        out.append((key: "expires_at", value: expiresAt.map { instant($0) } ?? .null))
        return .object(out)
    }
}

extension EventPricing {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "billable", value: billable.map { .bool($0) } ?? .null))
        out.append((key: "model", value: model.map { .text($0) } ?? .null))
        out.append((key: "category", value: category.map { .text($0) } ?? .null))
        out.append((key: "type", value: type.map { .text($0) } ?? .null))
        return .object(out)
    }
}

extension MessageEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("message")))
        out.append((key: "id", value: .text(id)))
        out.append((key: "from", value: from.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "profile_name", value: profileName.map { .text($0) } ?? .null))
        out.append((key: "username", value: username.map { .text($0) } ?? .null))
        out.append((key: "group_id", value: groupId.map { .text($0) } ?? .null))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "type", value: .text(type)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "reply_to", value: replyTo.map { .text($0) } ?? .null))
        out.append((key: "media", value: try media.map { try $0.json() } ?? .null))
        out.append((key: "reply", value: try reply.map { try $0.json() } ?? .null))
        out.append((key: "flow", value: try flow.map { try $0.json() } ?? .null))
        out.append((key: "location", value: try location.map { try $0.json() } ?? .null))
        out.append((key: "contacts", value: try .list(contacts.map { try $0.json() })))
        out.append((key: "reaction", value: try reaction.map { try $0.json() } ?? .null))
        out.append((key: "order", value: try order.map { try $0.json() } ?? .null))
        out.append((key: "system", value: try system.map { try $0.json() } ?? .null))
        out.append((key: "edit", value: try edit.map { try $0.json() } ?? .null))
        out.append((key: "revoke", value: try revoke.map { try $0.json() } ?? .null))
        out.append((key: "context", value: try context.map { try $0.json() } ?? .null))
        out.append((key: "referral", value: try referral.map { try $0.json() } ?? .null))
        out.append((key: "errors", value: try .list(errors.map { try $0.json() })))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension EchoEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("echo")))
        out.append((key: "to", value: to.map { .text($0) } ?? .null))
        out.append((key: "id", value: .text(id)))
        out.append((key: "from", value: from.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "profile_name", value: profileName.map { .text($0) } ?? .null))
        out.append((key: "username", value: username.map { .text($0) } ?? .null))
        out.append((key: "group_id", value: groupId.map { .text($0) } ?? .null))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "type", value: .text(type)))
        out.append((key: "text", value: text.map { .text($0) } ?? .null))
        out.append((key: "reply_to", value: replyTo.map { .text($0) } ?? .null))
        out.append((key: "media", value: try media.map { try $0.json() } ?? .null))
        out.append((key: "reply", value: try reply.map { try $0.json() } ?? .null))
        out.append((key: "flow", value: try flow.map { try $0.json() } ?? .null))
        out.append((key: "location", value: try location.map { try $0.json() } ?? .null))
        out.append((key: "contacts", value: try .list(contacts.map { try $0.json() })))
        out.append((key: "reaction", value: try reaction.map { try $0.json() } ?? .null))
        out.append((key: "order", value: try order.map { try $0.json() } ?? .null))
        out.append((key: "system", value: try system.map { try $0.json() } ?? .null))
        out.append((key: "edit", value: try edit.map { try $0.json() } ?? .null))
        out.append((key: "revoke", value: try revoke.map { try $0.json() } ?? .null))
        out.append((key: "context", value: try context.map { try $0.json() } ?? .null))
        out.append((key: "referral", value: try referral.map { try $0.json() } ?? .null))
        out.append((key: "errors", value: try .list(errors.map { try $0.json() })))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension StatusEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("status")))
        out.append((key: "id", value: .text(id)))
        out.append((key: "status", value: .text(status)))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "recipient", value: recipient.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "reference", value: reference.map { .text($0) } ?? .null))
        out.append((key: "errors", value: try .list(errors.map { try $0.json() })))
        out.append((key: "conversation", value: try conversation.map { try $0.json() } ?? .null))
        out.append((key: "pricing", value: try pricing.map { try $0.json() } ?? .null))
        out.append((key: "payment", value: try payment.map { try WamidConformance.raw($0) } ?? .null))
        out.append((key: "redelivered", value: .bool(redelivered)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension TemplateEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("template")))
        out.append((key: "template_id", value: .text(templateId)))
        out.append((key: "change", value: .text(change)))
        out.append((key: "name", value: name.map { .text($0) } ?? .null))
        out.append((key: "language", value: language.map { .text($0) } ?? .null))
        out.append((key: "value", value: value.map { .text($0) } ?? .null))
        out.append((key: "previous", value: previous.map { .text($0) } ?? .null))
        out.append((key: "reason", value: reason.map { .text($0) } ?? .null))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension PreferenceEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("preference")))
        out.append((key: "value", value: .text(value)))
        out.append((key: "timestamp", value: instant(timestamp)))
        out.append((key: "phone_number_id", value: .text(phoneNumberId)))
        out.append((key: "category", value: category.map { .text($0) } ?? .null))
        out.append((key: "phone", value: phone.map { .text($0) } ?? .null))
        out.append((key: "user_id", value: userId.map { .text($0) } ?? .null))
        out.append((key: "address", value: address.map { .text($0) } ?? .null))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}

extension OtherEvent {
    func json() throws -> Json {
        var out: [(key: String, value: Json)] = []
        out.append((key: "event", value: .text("other")))
        out.append((key: "field", value: .text(field)))
        out.append((key: "raw", value: try WamidConformance.raw(raw)))
        return .object(out)
    }
}
