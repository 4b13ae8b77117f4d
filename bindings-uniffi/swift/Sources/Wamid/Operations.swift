// Written by `cargo xtask generate` from the declarations in core/src/operation.

import Foundation

/// What a client does besides sending.
extension ClientProtocol {
    /// Blocks users: they can no longer write to the business, and get no messages from it.
    ///
    /// Meta takes only users who wrote in the last 24 hours. More than 1,000 go in several requests.
    /// (Meta: "block users".)
    ///
    /// - Parameters:
    ///   - phones: Their phones with country code, or user ids.
    /// - Throws: ``WamidError``.
    public func blockUsers(_ phones: [String]) async throws -> Blocking {
        let answer = try await ask("block_users") { writer in
            try writer.field("phones", phones) { try $0.list($1) { $0.text($1) } }
        }
        return try Blocking(answer)
    }

    /// Lists the blocked users. Each is given by its address: the phone with country code, or the user id.
    ///
    /// (Meta: "block users".)
    ///
    /// - Throws: ``WamidError``.
    public func blockedUsers() async throws -> [String] {
        let answer = try await ask("blocked_users") { _ in }
        return try answer.list { try $0.text() }
    }

    /// Holds a template message to its template, as `templates` lists it. It asks nobody.
    ///
    /// What Meta would refuse with 132000, 132001, 132012 or 132018 is an `invalid_input` that names what does not fit by its path:
    /// the count, the kind or the name of a parameter, the medium of the header, a button's index or type, the cards of a carousel, a
    /// missing offer or code, the name, the language, or a template that is not approved (`template.status`). What cannot be told from
    /// the template is left to Meta.
    ///
    /// - Parameters:
    ///   - content: The message, a content of type `template`.
    ///   - template: The template, as `templates` lists it.
    /// - Throws: ``WamidError``.
    public func checkTemplate(content: Content, template: TemplateInfo) async throws {
        _ = try await ask("check_template") { writer in
            try writer.field("content", content) { try $0.content($1) }
            try writer.field("template", template) { try $0.record($1.write(to:)) }
        }
    }

    /// Makes a template, which Meta then reviews.
    ///
    /// (Meta: "message templates" reference, create.)
    ///
    /// - Parameters:
    ///   - definition: Meta's JSON for a template: `name`, `language`, `category`, `components` …
    /// - Throws: ``WamidError``.
    public func createTemplate(_ definition: String) async throws -> CreatedTemplate {
        let answer = try await ask("create_template") { writer in
            try writer.field("definition", definition) { try $0.json($1) }
        }
        return try CreatedTemplate(answer)
    }

    /// Deletes a file at Meta. Messages that were sent with it keep it.
    ///
    /// (Meta: "media" reference, delete media.)
    ///
    /// - Parameters:
    ///   - mediaId: The file's id.
    /// - Throws: ``WamidError``.
    public func deleteMedia(_ mediaId: String) async throws {
        _ = try await ask("delete_media") { writer in
            try writer.field("media_id", mediaId) { $0.text($1) }
        }
    }

    /// Deletes a template: in all languages, or only the one of that id. Its name is blocked for 30 days.
    ///
    /// (Meta: "message templates" reference, delete.)
    ///
    /// - Parameters:
    ///   - name: The template's name.
    ///   - templateId: The id of the one language that is deleted.
    /// - Throws: ``WamidError``.
    public func deleteTemplate(_ name: String, templateId: String? = nil) async throws {
        _ = try await ask("delete_template") { writer in
            try writer.field("name", name) { $0.text($1) }
            try writer.field("template_id", templateId) { $0.text($1) }
        }
    }

    /// Fetches a file that a customer sent, or that was uploaded, into memory. Its SHA-256 is checked.
    ///
    /// The access token goes only to Meta's own hosts. For large files use `downloadMediaTo`.
    /// (Meta: "media" reference, download media.)
    ///
    /// - Parameters:
    ///   - mediaId: The file's id.
    ///   - maxBytes: The most bytes that it may have. Default 104,857,600 (100 MiB).
    ///   - progress: Is told how far it has come, at most ten times a second, and once at the end. It may take its time.
    /// - Throws: ``WamidError``.
    public func downloadMedia(
        _ mediaId: String,
        maxBytes: Int64? = nil,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) async throws -> Download {
        let answer = try await ask("download_media", progress: progress) { writer in
            try writer.field("media_id", mediaId) { $0.text($1) }
            try writer.field("max_bytes", maxBytes) { $0.integer($1) }
        }
        return try Download(answer)
    }

    /// Fetches a file that a customer sent, or that was uploaded, onto the disk. The answer is the path.
    ///
    /// It is written beside the path and renamed once it is whole and its SHA-256 is right: an interrupted download leaves no file. Memory stays flat.
    ///
    /// - Parameters:
    ///   - mediaId: The file's id.
    ///   - path: Where it is put. A file that is there already is replaced.
    ///   - maxBytes: The most bytes that it may have. Default 104,857,600 (100 MiB).
    ///   - progress: Is told how far it has come, at most ten times a second, and once at the end. It may take its time.
    /// - Throws: ``WamidError``.
    public func downloadMediaTo(
        mediaId: String,
        path: String,
        maxBytes: Int64? = nil,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) async throws -> String {
        let answer = try await ask("download_media_to", progress: progress) { writer in
            try writer.field("media_id", mediaId) { $0.text($1) }
            try writer.field("path", path) { $0.text($1) }
            try writer.field("max_bytes", maxBytes) { $0.integer($1) }
        }
        return try answer.text()
    }

    /// Changes a template that is approved, rejected or paused. Its components are replaced as a whole.
    ///
    /// (Meta: "message templates" reference, edit.)
    ///
    /// - Parameters:
    ///   - templateId: The template's id.
    ///   - definition: Meta's JSON for the change.
    /// - Throws: ``WamidError``.
    public func editTemplate(templateId: String, definition: String) async throws {
        _ = try await ask("edit_template") { writer in
            try writer.field("template_id", templateId) { $0.text($1) }
            try writer.field("definition", definition) { try $0.json($1) }
        }
    }

    /// Asks Meta's Graph API for anything that has no operation here, and gives its answer as it is.
    ///
    /// GET, PUT and DELETE are tried again as reads are, POST as a send is: only where it surely had no effect.
    ///
    /// - Parameters:
    ///   - method: `GET`, `POST`, `PUT` or `DELETE`.
    ///   - path: The path below the API's version, such as `106540352242922/whatsapp_business_profile`, without a query.
    ///   - query: The query: an object of texts, numbers and booleans. JSON text.
    ///   - json: The body, which is sent as JSON.
    ///   - form: A form in place of `json`, for the paths that take no JSON: an object of texts, numbers, booleans and files. A file is an object with `data` (its content in base64), `filename` and `mimeType`.
    /// - Throws: ``WamidError``.
    public func request(
        method: String,
        path: String,
        query: String? = nil,
        json: String? = nil,
        form: String? = nil
    ) async throws -> String {
        let answer = try await ask("request") { writer in
            try writer.field("method", method) { $0.text($1) }
            try writer.field("path", path) { $0.text($1) }
            try writer.field("query", query) { try $0.json($1) }
            try writer.field("json", json) { try $0.json($1) }
            try writer.field("form", form) { try $0.json($1) }
        }
        return try answer.text()
    }

    /// Lists what is on record of sends, the newest first: to look before you send again what may have gone out.
    ///
    /// A cloud client reads its `store`, and knows the sends of its own number. A gateway client asks its gateway, which tells of the
    /// sends that were made with the same API key. Status webhooks keep the record up to date.
    ///
    /// - Parameters:
    ///   - reference: Only those with this reference.
    ///   - messageId: Only the one that became this message.
    ///   - status: Only those of this status.
    ///   - limit: At most so many, above 0; a gateway tells of at most 250. Default 50.
    /// - Throws: ``WamidError``.
    public func sends(
        reference: String? = nil,
        messageId: String? = nil,
        status: String? = nil,
        limit: Int64? = nil
    ) async throws -> [SendRecord] {
        let answer = try await ask("sends") { writer in
            try writer.field("reference", reference) { $0.text($1) }
            try writer.field("message_id", messageId) { $0.text($1) }
            try writer.field("status", status) { $0.text($1) }
            try writer.field("limit", limit) { $0.integer($1) }
        }
        return try answer.list { try SendRecord($0) }
    }

    /// Lists the templates of the business account.
    ///
    /// `name` and `status` are asked of Meta, and all four filters hold for the answer. Pages are followed. A gateway is asked for no more
    /// than the filters and `limit` leave.
    /// (Meta: "message templates" reference.)
    ///
    /// - Parameters:
    ///   - name: Only those of exactly this name.
    ///   - language: Only those in this language, such as `en_US`.
    ///   - status: Only those of this status, such as `APPROVED`.
    ///   - category: Only those of this category, such as `UTILITY`.
    ///   - limit: At most so many, above 0. Default: all.
    /// - Throws: ``WamidError``.
    public func templates(
        name: String? = nil,
        language: String? = nil,
        status: String? = nil,
        category: String? = nil,
        limit: Int64? = nil
    ) async throws -> [TemplateInfo] {
        let answer = try await ask("templates") { writer in
            try writer.field("name", name) { $0.text($1) }
            try writer.field("language", language) { $0.text($1) }
            try writer.field("status", status) { $0.text($1) }
            try writer.field("category", category) { $0.text($1) }
            try writer.field("limit", limit) { $0.integer($1) }
        }
        return try answer.list { try TemplateInfo($0) }
    }

    /// Looks up a file at Meta: its type, size and SHA-256, and where it can be fetched.
    ///
    /// Ids of uploaded files live 30 days, those of webhooks 7 days.
    /// (Meta: "media" reference, retrieve media url.)
    ///
    /// - Parameters:
    ///   - mediaId: The file's id, as a webhook or an upload has it.
    /// - Throws: ``WamidError``.
    public func mediaInfo(_ mediaId: String) async throws -> MediaInfo {
        let answer = try await ask("media_info") { writer in
            try writer.field("media_id", mediaId) { $0.text($1) }
        }
        return try MediaInfo(answer)
    }

    /// Marks a customer's message as read. Earlier messages of the conversation are marked too. The customer sees blue ticks.
    ///
    /// Meta takes messages of the last 30 days. With `typing` the customer sees that an answer is being written, until it comes or 25
    /// seconds are over. Twice is the same as once, so it is tried again also where the outcome is unknown.
    /// (Meta: "mark messages as read", "typing indicators".)
    ///
    /// - Parameters:
    ///   - messageId: The message's id, as its webhook has it.
    ///   - typing: Whether the customer sees that an answer is being written. Default false.
    /// - Throws: ``WamidError``.
    public func markRead(_ messageId: String, typing: Bool? = nil) async throws {
        _ = try await ask("mark_read") { writer in
            try writer.field("message_id", messageId) { $0.text($1) }
            try writer.field("typing", typing) { $0.flag($1) }
        }
    }

    /// Reads the profile that customers see of the business number.
    ///
    /// (Meta: "business profiles".)
    ///
    /// - Throws: ``WamidError``.
    public func profile() async throws -> BusinessProfile {
        let answer = try await ask("profile") { _ in }
        return try BusinessProfile(answer)
    }

    /// Lets users that were blocked write again. More than 1,000 go in several requests.
    ///
    /// (Meta: "block users".)
    ///
    /// - Parameters:
    ///   - phones: Their phones with country code, or user ids.
    /// - Throws: ``WamidError``.
    public func unblockUsers(_ phones: [String]) async throws -> Blocking {
        let answer = try await ask("unblock_users") { writer in
            try writer.field("phones", phones) { try $0.list($1) { $0.text($1) } }
        }
        return try Blocking(answer)
    }

    /// Changes the profile that customers see of the business number. An absent field stays as it is. An empty text clears a field.
    ///
    /// (Meta: "business profiles".)
    ///
    /// - Parameters:
    ///   - about: The line under the name, at most 139 characters.
    ///   - address: The address, at most 256 characters.
    ///   - description: What the business does, at most 512 characters.
    ///   - email: The email address, at most 128 characters.
    ///   - websites: The web sites, at most two.
    ///   - vertical: The industry, such as `RETAIL`.
    ///   - photo: The picture. It is uploaded first, to the app, so the client needs the option `app_id`.
    /// - Throws: ``WamidError``.
    public func updateProfile(
        about: String? = nil,
        address: String? = nil,
        description: String? = nil,
        email: String? = nil,
        websites: [String]? = nil,
        vertical: String? = nil,
        photo: Content.ProfilePhoto? = nil
    ) async throws {
        _ = try await ask("update_profile") { writer in
            try writer.field("about", about) { $0.text($1) }
            try writer.field("address", address) { $0.text($1) }
            try writer.field("description", description) { $0.text($1) }
            try writer.field("email", email) { $0.text($1) }
            try writer.field("websites", websites) { try $0.list($1) { $0.text($1) } }
            try writer.field("vertical", vertical) { $0.text($1) }
            try writer.field("photo", photo) { try $0.record($1.write(to:)) }
        }
    }

    /// Uploads a file to Meta, to be sent by its id as often as one likes for 30 days. The answer is the id.
    ///
    /// Type and size are checked against Meta's table before. A file is read as it goes out, so that memory stays flat. An upload sends nothing to anybody:
    /// it is tried again also where the outcome is unknown.
    /// (Meta: "media" reference, upload media.)
    ///
    /// - Parameters:
    ///   - file: The path of a file. Give exactly one of `file` and `data`.
    ///   - data: The content itself.
    ///   - mimeType: Its MIME type, such as `image/jpeg`. Default: by the file's name, else by its first bytes.
    ///   - filename: The name that it is uploaded with. Default: the file's own.
    ///   - progress: Is told how far it has come, at most ten times a second, and once at the end. It may take its time.
    /// - Throws: ``WamidError``.
    public func uploadMedia(
        file: String? = nil,
        data: Data? = nil,
        mimeType: String? = nil,
        filename: String? = nil,
        progress: (@Sendable (TransferProgress) -> Void)? = nil
    ) async throws -> String {
        let answer = try await ask("upload_media", progress: progress) { writer in
            try writer.field("file", file) { $0.text($1) }
            try writer.field("data", data) { $0.bytes($1) }
            try writer.field("mime_type", mimeType) { $0.text($1) }
            try writer.field("filename", filename) { $0.text($1) }
        }
        return try answer.text()
    }
}
