// Written by `cargo xtask generate` from the declarations in core/src/operation.

import Foundation

/// Whom Meta did not block, or not unblock, and why.
public struct BlockFailure: Hashable, Codable, Sendable {
    /// The phone as it was given.
    public let phone: String
    /// Meta's code, such as 131047: the user has not written in the last 24 hours.
    public let code: Int64?
    /// Meta's words.
    public let message: String?
    /// More of them.
    public let details: String?

    /// One with these fields, as a test needs it.
    public init(phone: String, code: Int64? = nil, message: String? = nil, details: String? = nil) {
        self.phone = phone
        self.code = code
        self.message = message
        self.details = details
    }

    init(_ answer: Answer) throws {
        phone = try answer.member("phone").text()
        code = try answer.optional("code").map { try $0.integer() }
        message = try answer.optional("message").map { try $0.text() }
        details = try answer.optional("details").map { try $0.text() }
    }
}

/// What became of each user.
public struct Blocking: Hashable, Codable, Sendable {
    /// Those that are blocked now, or unblocked, as they were given.
    public let done: [String]
    /// The others.
    public let failed: [BlockFailure]

    /// One with these fields, as a test needs it.
    public init(done: [String], failed: [BlockFailure]) {
        self.done = done
        self.failed = failed
    }

    init(_ answer: Answer) throws {
        done = try answer.member("done").list { try $0.text() }
        failed = try answer.member("failed").list { try BlockFailure($0) }
    }
}

/// A template that was just made.
public struct CreatedTemplate: Hashable, Codable, Sendable, Identifiable {
    /// Its id.
    public let id: String
    /// Whether it can be sent already.
    public let status: String
    /// Its category, which Meta may have changed.
    public let category: String

    /// One with these fields, as a test needs it.
    public init(id: String, status: String, category: String) {
        self.id = id
        self.status = status
        self.category = category
    }

    init(_ answer: Answer) throws {
        id = try answer.member("id").text()
        status = try answer.member("status").text()
        category = try answer.member("category").text()
    }
}

/// A file that was fetched.
public struct Download: Hashable, Codable, Sendable {
    /// Its content.
    public let data: Data
    /// Its MIME type.
    public let mimeType: String

    /// One with these fields, as a test needs it.
    public init(data: Data, mimeType: String) {
        self.data = data
        self.mimeType = mimeType
    }

    init(_ answer: Answer) throws {
        data = try answer.member("data").bytes()
        mimeType = try answer.member("mime_type").text()
    }
}

/// What is on record of a send. Its content is not.
public struct SendRecord: Hashable, Codable, Sendable {
    /// Its reference.
    public let reference: String?
    /// The message's id, once it is known.
    public let messageId: String?
    /// Whom it went to, as it was sent: digits only, or a user id.
    public let recipient: String
    /// The type of its content, such as `text` or `image`.
    public let operation: String
    /// What became of it: `sending`, `unknown` (it may have gone out), `sent`, `delivered`, `read` or `failed`.
    public let status: String
    /// Why it failed, by Meta's error code.
    public let code: Int64?
    /// When it was written down, before it went out.
    public let createdAt: Date
    /// When something of it last changed.
    public let updatedAt: Date

    /// One with these fields, as a test needs it.
    public init(
        reference: String? = nil,
        messageId: String? = nil,
        recipient: String,
        operation: String,
        status: String,
        code: Int64? = nil,
        createdAt: Date,
        updatedAt: Date
    ) {
        self.reference = reference
        self.messageId = messageId
        self.recipient = recipient
        self.operation = operation
        self.status = status
        self.code = code
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    init(_ answer: Answer) throws {
        reference = try answer.optional("reference").map { try $0.text() }
        messageId = try answer.optional("message_id").map { try $0.text() }
        recipient = try answer.member("recipient").text()
        operation = try answer.member("operation").text()
        status = try answer.member("status").text()
        code = try answer.optional("code").map { try $0.integer() }
        createdAt = try answer.member("created_at").instant()
        updatedAt = try answer.member("updated_at").instant()
    }
}

/// A template as Meta keeps it.
public struct TemplateInfo: Hashable, Codable, Sendable, Identifiable {
    /// Its id.
    public let id: String
    /// Its name.
    public let name: String
    /// The language it is in, such as `en_US`.
    public let language: String
    /// Whether it can be sent: `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`; new ones come without notice.
    public let status: String
    /// `MARKETING`, `UTILITY` or `AUTHENTICATION`.
    public let category: String
    /// Whether its variables are counted (`POSITIONAL`) or have names (`NAMED`).
    public let parameterFormat: String?
    /// Its header, body, footer and buttons, in Meta's form.
    /// JSON text.
    public let components: String
    /// Meta's rating, such as `GREEN`.
    public let quality: String?
    /// Why it was rejected.
    public let rejectedReason: String?
    /// All that the host answered of it, as JSON.
    public let raw: String

    /// One with these fields, as a test needs it.
    public init(
        id: String,
        name: String,
        language: String,
        status: String,
        category: String,
        parameterFormat: String? = nil,
        components: String,
        quality: String? = nil,
        rejectedReason: String? = nil,
        raw: String
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.status = status
        self.category = category
        self.parameterFormat = parameterFormat
        self.components = components
        self.quality = quality
        self.rejectedReason = rejectedReason
        self.raw = raw
    }

    init(_ answer: Answer) throws {
        id = try answer.member("id").text()
        name = try answer.member("name").text()
        language = try answer.member("language").text()
        status = try answer.member("status").text()
        category = try answer.member("category").text()
        parameterFormat = try answer.optional("parameter_format").map { try $0.text() }
        components = try answer.member("components").text()
        quality = try answer.optional("quality").map { try $0.text() }
        rejectedReason = try answer.optional("rejected_reason").map { try $0.text() }
        raw = try answer.member("raw").text()
    }
}

extension TemplateInfo {
    func write(to json: inout JsonWriter) throws {
        try json.field("id", id) { $0.text($1) }
        try json.field("name", name) { $0.text($1) }
        try json.field("language", language) { $0.text($1) }
        try json.field("status", status) { $0.text($1) }
        try json.field("category", category) { $0.text($1) }
        try json.field("parameter_format", parameterFormat) { $0.text($1) }
        try json.field("components", components) { try $0.json($1) }
        try json.field("quality", quality) { $0.text($1) }
        try json.field("rejected_reason", rejectedReason) { $0.text($1) }
    }
}

/// What Meta says of a file.
public struct MediaInfo: Hashable, Codable, Sendable, Identifiable {
    /// Its id.
    public let id: String
    /// Where it can be fetched with the access token, for five minutes.
    public let url: String
    /// Its MIME type.
    public let mimeType: String
    /// The SHA-256 of its content, in hexadecimal.
    public let sha256: String
    /// Its size in bytes.
    public let fileSize: Int64
    /// All that the host answered, as JSON.
    public let raw: String

    /// One with these fields, as a test needs it.
    public init(id: String, url: String, mimeType: String, sha256: String, fileSize: Int64, raw: String) {
        self.id = id
        self.url = url
        self.mimeType = mimeType
        self.sha256 = sha256
        self.fileSize = fileSize
        self.raw = raw
    }

    init(_ answer: Answer) throws {
        id = try answer.member("id").text()
        url = try answer.member("url").text()
        mimeType = try answer.member("mime_type").text()
        sha256 = try answer.member("sha256").text()
        fileSize = try answer.member("file_size").integer()
        raw = try answer.member("raw").text()
    }
}

/// What customers see of the business.
public struct BusinessProfile: Hashable, Codable, Sendable {
    /// The line under the name.
    public let about: String?
    /// The address.
    public let address: String?
    /// What the business does.
    public let description: String?
    /// The email address.
    public let email: String?
    /// Where the picture is.
    public let profilePictureUrl: String?
    /// The web sites, at most two.
    public let websites: [String]
    /// The industry, such as `RETAIL`; new ones come without notice.
    public let vertical: String?
    /// All that Meta answered, as JSON.
    public let raw: String

    /// One with these fields, as a test needs it.
    public init(
        about: String? = nil,
        address: String? = nil,
        description: String? = nil,
        email: String? = nil,
        profilePictureUrl: String? = nil,
        websites: [String],
        vertical: String? = nil,
        raw: String
    ) {
        self.about = about
        self.address = address
        self.description = description
        self.email = email
        self.profilePictureUrl = profilePictureUrl
        self.websites = websites
        self.vertical = vertical
        self.raw = raw
    }

    init(_ answer: Answer) throws {
        about = try answer.optional("about").map { try $0.text() }
        address = try answer.optional("address").map { try $0.text() }
        description = try answer.optional("description").map { try $0.text() }
        email = try answer.optional("email").map { try $0.text() }
        profilePictureUrl = try answer.optional("profile_picture_url").map { try $0.text() }
        websites = try answer.member("websites").list { try $0.text() }
        vertical = try answer.optional("vertical").map { try $0.text() }
        raw = try answer.member("raw").text()
    }
}
