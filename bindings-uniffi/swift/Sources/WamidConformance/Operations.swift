// Written by `cargo xtask generate` from the declarations in core/src/operation.

import Foundation
import Wamid

/// What the operation of that name answers; nil where there is none.
func operation(_ op: String, _ client: Client, _ args: Args) async throws -> Json? {
    switch op {
    case "block_users":
        let answer = try await client.blockUsers(args.texts("phones") ?? [])
        return try answer.json()
    case "blocked_users":
        let answer = try await client.blockedUsers()
        return .list(answer.map { .text($0) })
    case "check_template":
        try await client.checkTemplate(content: .fromJson(args.written("content") ?? "null"), template: TemplateInfo.given(args.part("template") ?? Args(json: .object([]))))
        return .null
    case "create_template":
        let answer = try await client.createTemplate(args.written("definition") ?? "null")
        return try answer.json()
    case "delete_media":
        try await client.deleteMedia(args.optional("media_id") ?? "")
        return .null
    case "delete_template":
        try await client.deleteTemplate(args.optional("name") ?? "", templateId: args.optional("template_id"))
        return .null
    case "download_media":
        let answer = try await client.downloadMedia(args.optional("media_id") ?? "", maxBytes: args.integer("max_bytes"))
        return try answer.json()
    case "download_media_to":
        let answer = try await client.downloadMediaTo(mediaId: args.optional("media_id") ?? "", path: args.optional("path") ?? "", maxBytes: args.integer("max_bytes"))
        return .text(answer)
    case "edit_template":
        try await client.editTemplate(templateId: args.optional("template_id") ?? "", definition: args.written("definition") ?? "null")
        return .null
    case "request":
        let answer = try await client.request(method: args.optional("method") ?? "", path: args.optional("path") ?? "", query: args.written("query"), json: args.written("json"), form: args.written("form"))
        return try WamidConformance.raw(answer)
    case "sends":
        let answer = try await client.sends(reference: args.optional("reference"), messageId: args.optional("message_id"), status: args.optional("status"), limit: args.integer("limit"))
        return try .list(answer.map { try $0.json() })
    case "templates":
        let answer = try await client.templates(name: args.optional("name"), language: args.optional("language"), status: args.optional("status"), category: args.optional("category"), limit: args.integer("limit"))
        return try .list(answer.map { try $0.json() })
    case "media_info":
        let answer = try await client.mediaInfo(args.optional("media_id") ?? "")
        return try answer.json()
    case "mark_read":
        try await client.markRead(args.optional("message_id") ?? "", typing: args.flag("typing"))
        return .null
    case "profile":
        let answer = try await client.profile()
        return try answer.json()
    case "unblock_users":
        let answer = try await client.unblockUsers(args.texts("phones") ?? [])
        return try answer.json()
    case "update_profile":
        try await client.updateProfile(about: args.optional("about"), address: args.optional("address"), description: args.optional("description"), email: args.optional("email"), websites: args.texts("websites"), vertical: args.optional("vertical"), photo: args.part("photo").map { Content.ProfilePhoto(file: try $0.optional("file"), data: try $0.content("data"), mimeType: try $0.optional("mime_type")) })
        return .null
    case "upload_media":
        let answer = try await client.uploadMedia(file: args.optional("file"), data: args.content("data"), mimeType: args.optional("mime_type"), filename: args.optional("filename"))
        return .text(answer)
    default: return nil
    }
}

extension TemplateInfo {
    static func given(_ args: Args) throws -> TemplateInfo {
        try TemplateInfo(
            id: args.optional("id") ?? "",
            name: args.optional("name") ?? "",
            language: args.optional("language") ?? "",
            status: args.optional("status") ?? "",
            category: args.optional("category") ?? "",
            parameterFormat: args.optional("parameter_format"),
            components: args.written("components") ?? "null",
            quality: args.optional("quality"),
            rejectedReason: args.optional("rejected_reason"),
            raw: "null")
    }
}

extension BlockFailure {
    func json() throws -> Json {
        WamidConformance.json([
            "phone": .text(phone),
            "code": code.map { WamidConformance.number($0) } ?? .null,
            "message": message.map { .text($0) } ?? .null,
            "details": details.map { .text($0) } ?? .null,
        ])
    }
}

extension Blocking {
    func json() throws -> Json {
        WamidConformance.json([
            "done": .list(done.map { .text($0) }),
            "failed": try .list(failed.map { try $0.json() }),
        ])
    }
}

extension CreatedTemplate {
    func json() throws -> Json {
        WamidConformance.json([
            "id": .text(id),
            "status": .text(status),
            "category": .text(category),
        ])
    }
}

extension Download {
    func json() throws -> Json {
        WamidConformance.json([
            "base64": .text(data.base64EncodedString()),
            "mime_type": .text(mimeType),
        ])
    }
}

extension SendRecord {
    func json() throws -> Json {
        WamidConformance.json([
            "reference": reference.map { .text($0) } ?? .null,
            "message_id": messageId.map { .text($0) } ?? .null,
            "recipient": .text(recipient),
            "operation": .text(operation),
            "status": .text(status),
            "code": code.map { WamidConformance.number($0) } ?? .null,
            "created_at": instant(createdAt),
            "updated_at": instant(updatedAt),
        ])
    }
}

extension TemplateInfo {
    func json() throws -> Json {
        WamidConformance.json([
            "id": .text(id),
            "name": .text(name),
            "language": .text(language),
            "status": .text(status),
            "category": .text(category),
            "parameter_format": parameterFormat.map { .text($0) } ?? .null,
            "components": try WamidConformance.raw(components),
            "quality": quality.map { .text($0) } ?? .null,
            "rejected_reason": rejectedReason.map { .text($0) } ?? .null,
            "raw": try WamidConformance.raw(raw),
        ])
    }
}

extension MediaInfo {
    func json() throws -> Json {
        WamidConformance.json([
            "id": .text(id),
            "url": .text(url),
            "mime_type": .text(mimeType),
            "sha256": .text(sha256),
            "file_size": WamidConformance.number(fileSize),
            "raw": try WamidConformance.raw(raw),
        ])
    }
}

extension BusinessProfile {
    func json() throws -> Json {
        WamidConformance.json([
            "about": about.map { .text($0) } ?? .null,
            "address": address.map { .text($0) } ?? .null,
            "description": description.map { .text($0) } ?? .null,
            "email": email.map { .text($0) } ?? .null,
            "profile_picture_url": profilePictureUrl.map { .text($0) } ?? .null,
            "websites": .list(websites.map { .text($0) }),
            "vertical": vertical.map { .text($0) } ?? .null,
            "raw": try WamidConformance.raw(raw),
        ])
    }
}
