// Written by `cargo xtask generate` from the declarations in core/src/message/kinds.

import Foundation

extension Content {
    /// The `type` of each kind.
    public static let types = ["address_message", "audio", "catalog", "contact_request", "contacts", "cta_url", "document", "flow", "image", "list", "location", "location_request", "product", "product_list", "raw", "reaction", "reply_buttons", "sticker", "template", "text", "video"]

    /// What it holds.
    enum Kind: Hashable, Sendable {
        case addressMessage(AddressMessage)
        case audio(Audio)
        case catalog(Catalog)
        case contactRequest(ContactRequest)
        case contacts(Contacts)
        case ctaUrl(CtaUrl)
        case document(Document)
        case flow(Flow)
        case image(Image)
        case list(List)
        case location(Location)
        case locationRequest(LocationRequest)
        case product(Product)
        case productList(ProductList)
        case raw(Raw)
        case reaction(Reaction)
        case replyButtons(ReplyButtons)
        case sticker(Sticker)
        case template(Template)
        case text(Text)
        case video(Video)
        /// What ``fromJson(_:)`` has read.
        case read(String)
    }

    func write(to json: inout JsonWriter) throws {
        switch kind {
        case .addressMessage(let kind): try json.record(kind.write(to:))
        case .audio(let kind): try json.record(kind.write(to:))
        case .catalog(let kind): try json.record(kind.write(to:))
        case .contactRequest(let kind): try json.record(kind.write(to:))
        case .contacts(let kind): try json.record(kind.write(to:))
        case .ctaUrl(let kind): try json.record(kind.write(to:))
        case .document(let kind): try json.record(kind.write(to:))
        case .flow(let kind): try json.record(kind.write(to:))
        case .image(let kind): try json.record(kind.write(to:))
        case .list(let kind): try json.record(kind.write(to:))
        case .location(let kind): try json.record(kind.write(to:))
        case .locationRequest(let kind): try json.record(kind.write(to:))
        case .product(let kind): try json.record(kind.write(to:))
        case .productList(let kind): try json.record(kind.write(to:))
        case .raw(let kind): try json.record(kind.write(to:))
        case .reaction(let kind): try json.record(kind.write(to:))
        case .replyButtons(let kind): try json.record(kind.write(to:))
        case .sticker(let kind): try json.record(kind.write(to:))
        case .template(let kind): try json.record(kind.write(to:))
        case .text(let kind): try json.record(kind.write(to:))
        case .video(let kind): try json.record(kind.write(to:))
        case .read(let text): json.verbatim(text)
        }
    }
}

extension Content {
    /// Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
    ///
    /// (Meta: "messages" reference, interactive object, `address_message`.)
    public struct AddressMessage: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The country of the address, as ISO 3166 has it: `IN`.
        public var country: String
        /// What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`, `city` …
        public var values: String?
        /// Addresses to choose from: a list of objects with `id` and `value`.
        public var savedAddresses: String?
        /// What was wrong with the last answer: an object with a text for each field.
        public var validationErrors: String?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(
            body: String,
            country: String,
            values: String? = nil,
            savedAddresses: String? = nil,
            validationErrors: String? = nil,
            footer: String? = nil
        ) {
            self.body = body
            self.country = country
            self.values = values
            self.savedAddresses = savedAddresses
            self.validationErrors = validationErrors
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "address_message") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("country", country) { $0.text($1) }
            try json.field("values", values) { try $0.json($1) }
            try json.field("saved_addresses", savedAddresses) { try $0.json($1) }
            try json.field("validation_errors", validationErrors) { try $0.json($1) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// Asks the customer for a delivery address, in a form. Only businesses and customers in India have it.
    ///
    /// (Meta: "messages" reference, interactive object, `address_message`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - country: The country of the address, as ISO 3166 has it: `IN`.
    ///   - values: What the form is filled in with: an object with `name`, `phone_number`, `in_pin_code`, `house_number`, `address`, `city` … JSON text.
    ///   - savedAddresses: Addresses to choose from: a list of objects with `id` and `value`. JSON text.
    ///   - validationErrors: What was wrong with the last answer: an object with a text for each field. JSON text.
    ///   - footer: The footer, at most 60 characters.
    public static func addressMessage(
        body: String,
        country: String,
        values: String? = nil,
        savedAddresses: String? = nil,
        validationErrors: String? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .addressMessage(AddressMessage(
            body: body,
            country: country,
            values: values,
            savedAddresses: savedAddresses,
            validationErrors: validationErrors,
            footer: footer
        )))
    }
}

extension Content {
    /// An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, audio object.)
    public struct Audio: Hashable, Sendable {
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
        public var voice: Bool?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            voice: Bool? = nil,
            mimeType: String? = nil
        ) {
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.voice = voice
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "audio") { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("voice", voice) { $0.flag($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }

    /// An audio file: AAC, AMR, MP3, MP4 or OGG with Opus, at most 16 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, audio object.)
    ///
    /// - Parameters:
    ///   - id: The id that Meta gave it when it was uploaded.
    ///   - link: Where Meta fetches it, an http or https address.
    ///   - file: The path of a file, which is uploaded first.
    ///   - data: The content itself, which is uploaded first.
    ///   - voice: Whether it is shown as a voice note, which has to be OGG with Opus; false where absent.
    ///   - mimeType: The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    public static func audio(
        id: String? = nil,
        link: String? = nil,
        file: String? = nil,
        data: Data? = nil,
        voice: Bool? = nil,
        mimeType: String? = nil
    ) -> Content {
        Content(kind: .audio(Audio(id: id, link: link, file: file, data: data, voice: voice, mimeType: mimeType)))
    }
}

extension Content {
    /// A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `catalog_message`.)
    public struct Catalog: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The product whose picture is shown, by its id in the catalog; the first one where absent.
        public var thumbnailProductRetailerId: String?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(_ body: String, thumbnailProductRetailerId: String? = nil, footer: String? = nil) {
            self.body = body
            self.thumbnailProductRetailerId = thumbnailProductRetailerId
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "catalog") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("thumbnail_product_retailer_id", thumbnailProductRetailerId) { $0.text($1) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A text with a button that opens the whole catalog. The answer is an order, or a question about a product.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `catalog_message`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - thumbnailProductRetailerId: The product whose picture is shown, by its id in the catalog; the first one where absent.
    ///   - footer: The footer, at most 60 characters.
    public static func catalog(
        _ body: String,
        thumbnailProductRetailerId: String? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .catalog(Catalog(body, thumbnailProductRetailerId: thumbnailProductRetailerId, footer: footer)))
    }
}

extension Content {
    /// Asks for somebody's phone number, with a button that sends their contact.
    ///
    /// The answer is a contact. It is the way to the number of somebody who writes under a username.
    /// (Meta: "messages" reference, interactive object, `request_contact_info`.)
    public struct ContactRequest: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String

        /// With these fields; what is absent has its default.
        public init(_ body: String) {
            self.body = body
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "contact_request") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
        }
    }

    /// Asks for somebody's phone number, with a button that sends their contact.
    ///
    /// The answer is a contact. It is the way to the number of somebody who writes under a username.
    /// (Meta: "messages" reference, interactive object, `request_contact_info`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    public static func contactRequest(_ body: String) -> Content {
        Content(kind: .contactRequest(ContactRequest(body)))
    }
}

extension Content {
    /// Contact cards, 1 to 257.
    ///
    /// (Meta: "messages" reference, contacts object.)
    public struct Contacts: Hashable, Sendable {
        /// The cards, 1 to 257.
        public var contacts: [ContactCard]

        /// With these fields; what is absent has its default.
        public init(_ contacts: [ContactCard]) {
            self.contacts = contacts
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "contacts") { $0.text($1) }
            try json.field("contacts", contacts) { try $0.list($1) { try $0.record($1.write(to:)) } }
        }
    }

    /// Contact cards, 1 to 257.
    ///
    /// (Meta: "messages" reference, contacts object.)
    ///
    /// - Parameters:
    ///   - contacts: The cards, 1 to 257.
    public static func contacts(_ contacts: [ContactCard]) -> Content {
        Content(kind: .contacts(Contacts(contacts)))
    }
}

extension Content {
    /// A text with a button that opens an address.
    ///
    /// (Meta: "messages" reference, interactive object, `cta_url`.)
    public struct CtaUrl: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The text on the button, at most 20 characters.
        public var displayText: String
        /// What the button opens, an http or https address.
        public var url: String
        /// The header: a text of at most 60 characters, or an image, a video or a document.
        public var header: Header?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(body: String, displayText: String, url: String, header: Header? = nil, footer: String? = nil) {
            self.body = body
            self.displayText = displayText
            self.url = url
            self.header = header
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "cta_url") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("display_text", displayText) { $0.text($1) }
            try json.field("url", url) { $0.text($1) }
            try json.field("header", header) { try $1.write(to: &$0) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A text with a button that opens an address.
    ///
    /// (Meta: "messages" reference, interactive object, `cta_url`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - displayText: The text on the button, at most 20 characters.
    ///   - url: What the button opens, an http or https address.
    ///   - header: The header: a text of at most 60 characters, or an image, a video or a document.
    ///   - footer: The footer, at most 60 characters.
    public static func ctaUrl(
        body: String,
        displayText: String,
        url: String,
        header: Header? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .ctaUrl(CtaUrl(body: body, displayText: displayText, url: url, header: header, footer: footer)))
    }
}

extension Content {
    /// A document, such as a PDF, at most 100 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, document object.)
    public struct Document: Hashable, Sendable {
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// The text under it, at most 1024 characters.
        public var caption: String?
        /// The file name that the reader sees. WhatsApp chooses the icon by its extension.
        public var filename: String?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            caption: String? = nil,
            filename: String? = nil,
            mimeType: String? = nil
        ) {
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.caption = caption
            self.filename = filename
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "document") { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("caption", caption) { $0.text($1) }
            try json.field("filename", filename) { $0.text($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }

    /// A document, such as a PDF, at most 100 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, document object.)
    ///
    /// - Parameters:
    ///   - id: The id that Meta gave it when it was uploaded.
    ///   - link: Where Meta fetches it, an http or https address.
    ///   - file: The path of a file, which is uploaded first.
    ///   - data: The content itself, which is uploaded first.
    ///   - caption: The text under it, at most 1024 characters.
    ///   - filename: The file name that the reader sees. WhatsApp chooses the icon by its extension.
    ///   - mimeType: The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    public static func document(
        id: String? = nil,
        link: String? = nil,
        file: String? = nil,
        data: Data? = nil,
        caption: String? = nil,
        filename: String? = nil,
        mimeType: String? = nil
    ) -> Content {
        Content(kind: .document(Document(
            id: id,
            link: link,
            file: file,
            data: data,
            caption: caption,
            filename: filename,
            mimeType: mimeType
        )))
    }
}

extension Content {
    /// A text with a button that opens a Flow: screens in which the reader fills in a form.
    ///
    /// The answer is an event with what they filled in.
    ///
    /// (Meta: "messages" reference, interactive object, `flow`.)
    public struct Flow: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The text on the button, at most 30 characters.
        public var button: String
        /// The Flow's id at Meta.
        public var flowId: String?
        /// The Flow's name.
        public var flowName: String?
        /// A text of yours that comes back with the answer.
        public var flowToken: String?
        /// What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one.
        public var flowAction: String?
        /// The first screen. It implies `navigate`, and `navigate` needs it.
        public var screen: String?
        /// The data of that screen, an object that is not empty. It needs `screen`.
        public var data: String?
        /// Which state of the Flow is opened: `published`, or `draft` to try it.
        public var mode: String?
        /// The header: a text of at most 60 characters, or an image, a video or a document.
        public var header: Header?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(
            body: String,
            button: String,
            flowId: String? = nil,
            flowName: String? = nil,
            flowToken: String? = nil,
            flowAction: String? = nil,
            screen: String? = nil,
            data: String? = nil,
            mode: String? = nil,
            header: Header? = nil,
            footer: String? = nil
        ) {
            self.body = body
            self.button = button
            self.flowId = flowId
            self.flowName = flowName
            self.flowToken = flowToken
            self.flowAction = flowAction
            self.screen = screen
            self.data = data
            self.mode = mode
            self.header = header
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "flow") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("button", button) { $0.text($1) }
            try json.field("flow_id", flowId) { $0.text($1) }
            try json.field("flow_name", flowName) { $0.text($1) }
            try json.field("flow_token", flowToken) { $0.text($1) }
            try json.field("flow_action", flowAction) { $0.text($1) }
            try json.field("screen", screen) { $0.text($1) }
            try json.field("data", data) { try $0.json($1) }
            try json.field("mode", mode) { $0.text($1) }
            try json.field("header", header) { try $1.write(to: &$0) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A text with a button that opens a Flow: screens in which the reader fills in a form.
    ///
    /// The answer is an event with what they filled in.
    ///
    /// (Meta: "messages" reference, interactive object, `flow`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - button: The text on the button, at most 30 characters.
    ///   - flowId: The Flow's id at Meta.
    ///   - flowName: The Flow's name.
    ///   - flowToken: A text of yours that comes back with the answer.
    ///   - flowAction: What the button does: `navigate` opens the screen of that name, `data_exchange` asks the Flow's endpoint which one.
    ///   - screen: The first screen. It implies `navigate`, and `navigate` needs it.
    ///   - data: The data of that screen, an object that is not empty. It needs `screen`. JSON text.
    ///   - mode: Which state of the Flow is opened: `published`, or `draft` to try it.
    ///   - header: The header: a text of at most 60 characters, or an image, a video or a document.
    ///   - footer: The footer, at most 60 characters.
    public static func flow(
        body: String,
        button: String,
        flowId: String? = nil,
        flowName: String? = nil,
        flowToken: String? = nil,
        flowAction: String? = nil,
        screen: String? = nil,
        data: String? = nil,
        mode: String? = nil,
        header: Header? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .flow(Flow(
            body: body,
            button: button,
            flowId: flowId,
            flowName: flowName,
            flowToken: flowToken,
            flowAction: flowAction,
            screen: screen,
            data: data,
            mode: mode,
            header: header,
            footer: footer
        )))
    }
}

extension Content {
    /// A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, image object.)
    public struct Image: Hashable, Sendable {
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// The text under it, at most 1024 characters.
        public var caption: String?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            caption: String? = nil,
            mimeType: String? = nil
        ) {
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.caption = caption
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "image") { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("caption", caption) { $0.text($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }

    /// A picture: JPEG or PNG, 8 bit, RGB or RGBA, at most 5 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, image object.)
    ///
    /// - Parameters:
    ///   - id: The id that Meta gave it when it was uploaded.
    ///   - link: Where Meta fetches it, an http or https address.
    ///   - file: The path of a file, which is uploaded first.
    ///   - data: The content itself, which is uploaded first.
    ///   - caption: The text under it, at most 1024 characters.
    ///   - mimeType: The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    public static func image(
        id: String? = nil,
        link: String? = nil,
        file: String? = nil,
        data: Data? = nil,
        caption: String? = nil,
        mimeType: String? = nil
    ) -> Content {
        Content(kind: .image(Image(id: id, link: link, file: file, data: data, caption: caption, mimeType: mimeType)))
    }
}

extension Content {
    /// A text with a button that opens a list of rows, of which the reader picks one.
    ///
    /// The answer is an event with the row.
    ///
    /// (Meta: "messages" reference, interactive object, `list`.)
    public struct List: Hashable, Sendable {
        /// The text, at most 4096 characters.
        public var body: String
        /// The text on the button that opens the list, at most 20 characters.
        public var button: String
        /// The list in 1 to 10 sections, with 1 to 10 rows in all.
        public var sections: [ListSection]
        /// The header, at most 60 characters.
        public var header: String?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(
            body: String,
            button: String,
            sections: [ListSection],
            header: String? = nil,
            footer: String? = nil
        ) {
            self.body = body
            self.button = button
            self.sections = sections
            self.header = header
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "list") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("button", button) { $0.text($1) }
            try json.field("sections", sections) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("header", header) { $0.text($1) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A text with a button that opens a list of rows, of which the reader picks one.
    ///
    /// The answer is an event with the row.
    ///
    /// (Meta: "messages" reference, interactive object, `list`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 4096 characters.
    ///   - button: The text on the button that opens the list, at most 20 characters.
    ///   - sections: The list in 1 to 10 sections, with 1 to 10 rows in all.
    ///   - header: The header, at most 60 characters.
    ///   - footer: The footer, at most 60 characters.
    public static func list(
        body: String,
        button: String,
        sections: [ListSection],
        header: String? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .list(List(body: body, button: button, sections: sections, header: header, footer: footer)))
    }
}

extension Content {
    /// A location pin.
    public struct Location: Hashable, Sendable {
        /// Degrees north, -90 to 90.
        public var latitude: Double
        /// Degrees east, -180 to 180.
        public var longitude: Double
        /// The title of the pin, at most 1000 characters; empty is none.
        public var name: String?
        /// The line below the title, at most 1000 characters; empty is none.
        public var address: String?

        /// With these fields; what is absent has its default.
        public init(latitude: Double, longitude: Double, name: String? = nil, address: String? = nil) {
            self.latitude = latitude
            self.longitude = longitude
            self.name = name
            self.address = address
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "location") { $0.text($1) }
            try json.field("latitude", latitude) { $0.number($1) }
            try json.field("longitude", longitude) { $0.number($1) }
            try json.field("name", name) { $0.text($1) }
            try json.field("address", address) { $0.text($1) }
        }
    }

    /// A location pin.
    ///
    /// - Parameters:
    ///   - latitude: Degrees north, -90 to 90.
    ///   - longitude: Degrees east, -180 to 180.
    ///   - name: The title of the pin, at most 1000 characters; empty is none.
    ///   - address: The line below the title, at most 1000 characters; empty is none.
    public static func location(
        latitude: Double,
        longitude: Double,
        name: String? = nil,
        address: String? = nil
    ) -> Content {
        Content(kind: .location(Location(latitude: latitude, longitude: longitude, name: name, address: address)))
    }
}

extension Content {
    /// Asks where somebody is, with a button that sends their location.
    ///
    /// The answer is a location.
    /// (Meta: "messages" reference, interactive object, `location_request_message`.)
    public struct LocationRequest: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String

        /// With these fields; what is absent has its default.
        public init(_ body: String) {
            self.body = body
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "location_request") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
        }
    }

    /// Asks where somebody is, with a button that sends their location.
    ///
    /// The answer is a location.
    /// (Meta: "messages" reference, interactive object, `location_request_message`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    public static func locationRequest(_ body: String) -> Content {
        Content(kind: .locationRequest(LocationRequest(body)))
    }
}

extension Content {
    /// A product of a catalog, with its picture and price. The answer is an order, or a question about it.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product`.)
    public struct Product: Hashable, Sendable {
        /// The catalog's id at Meta.
        public var catalogId: String
        /// The product's id in the catalog.
        public var productRetailerId: String
        /// The text, at most 1024 characters.
        public var body: String?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(catalogId: String, productRetailerId: String, body: String? = nil, footer: String? = nil) {
            self.catalogId = catalogId
            self.productRetailerId = productRetailerId
            self.body = body
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "product") { $0.text($1) }
            try json.field("catalog_id", catalogId) { $0.text($1) }
            try json.field("product_retailer_id", productRetailerId) { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A product of a catalog, with its picture and price. The answer is an order, or a question about it.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product`.)
    ///
    /// - Parameters:
    ///   - catalogId: The catalog's id at Meta.
    ///   - productRetailerId: The product's id in the catalog.
    ///   - body: The text, at most 1024 characters.
    ///   - footer: The footer, at most 60 characters.
    public static func product(
        catalogId: String,
        productRetailerId: String,
        body: String? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .product(Product(
            catalogId: catalogId,
            productRetailerId: productRetailerId,
            body: body,
            footer: footer
        )))
    }
}

extension Content {
    /// Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product_list`.)
    public struct ProductList: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The header, at most 60 characters.
        public var header: String
        /// The catalog's id at Meta.
        public var catalogId: String
        /// The products in 1 to 10 sections, with 1 to 30 products in all.
        public var sections: [ProductSection]
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(
            body: String,
            header: String,
            catalogId: String,
            sections: [ProductSection],
            footer: String? = nil
        ) {
            self.body = body
            self.header = header
            self.catalogId = catalogId
            self.sections = sections
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "product_list") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("header", header) { $0.text($1) }
            try json.field("catalog_id", catalogId) { $0.text($1) }
            try json.field("sections", sections) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// Up to 30 products of a catalog, in sections. The answer is an order, or a question about one of them.
    ///
    /// The catalog has to be connected to the business account.
    /// (Meta: "messages" reference, interactive object, `product_list`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - header: The header, at most 60 characters.
    ///   - catalogId: The catalog's id at Meta.
    ///   - sections: The products in 1 to 10 sections, with 1 to 30 products in all.
    ///   - footer: The footer, at most 60 characters.
    public static func productList(
        body: String,
        header: String,
        catalogId: String,
        sections: [ProductSection],
        footer: String? = nil
    ) -> Content {
        Content(kind: .productList(ProductList(
            body: body,
            header: header,
            catalogId: catalogId,
            sections: sections,
            footer: footer
        )))
    }
}

extension Content {
    /// A message of any other type that Meta has: payments, carousels, calls, and types that are new.
    ///
    /// Only Meta checks its content. Delivery, errors and records are those of every kind.
    public struct Raw: Hashable, Sendable {
        /// Its `type` at Meta, of `a-z` and `_`, which is also the name of the member that holds `object`.
        public var messageType: String
        /// What that member holds, as Meta has it.
        public var object: String

        /// With these fields; what is absent has its default.
        public init(messageType: String, object: String) {
            self.messageType = messageType
            self.object = object
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "raw") { $0.text($1) }
            try json.field("message_type", messageType) { $0.text($1) }
            try json.field("object", object) { try $0.json($1) }
        }
    }

    /// A message of any other type that Meta has: payments, carousels, calls, and types that are new.
    ///
    /// Only Meta checks its content. Delivery, errors and records are those of every kind.
    ///
    /// - Parameters:
    ///   - messageType: Its `type` at Meta, of `a-z` and `_`, which is also the name of the member that holds `object`.
    ///   - object: What that member holds, as Meta has it. JSON text.
    public static func raw(messageType: String, object: String) -> Content {
        Content(kind: .raw(Raw(messageType: messageType, object: object)))
    }
}

extension Content {
    /// A reaction to a message: one emoji beside it.
    ///
    /// A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
    /// (Meta: "messages" reference, reaction object.)
    public struct Reaction: Hashable, Sendable {
        /// The id of the message that it reacts to.
        public var messageId: String
        /// One emoji; an empty text takes the reaction back.
        public var emoji: String

        /// With these fields; what is absent has its default.
        public init(messageId: String, emoji: String) {
            self.messageId = messageId
            self.emoji = emoji
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "reaction") { $0.text($1) }
            try json.field("message_id", messageId) { $0.text($1) }
            try json.field("emoji", emoji) { $0.text($1) }
        }
    }

    /// A reaction to a message: one emoji beside it.
    ///
    /// A message of more than 30 days ago, one that was deleted, and a reaction take none: Meta says so in a status webhook.
    /// (Meta: "messages" reference, reaction object.)
    ///
    /// - Parameters:
    ///   - messageId: The id of the message that it reacts to.
    ///   - emoji: One emoji; an empty text takes the reaction back.
    public static func reaction(messageId: String, emoji: String) -> Content {
        Content(kind: .reaction(Reaction(messageId: messageId, emoji: emoji)))
    }
}

extension Content {
    /// A text with 1 to 3 buttons.
    ///
    /// The answer is an event with the `id` and the `title` of the button.
    ///
    /// (Meta: "messages" reference, interactive object, `button`.)
    public struct ReplyButtons: Hashable, Sendable {
        /// The text, at most 1024 characters.
        public var body: String
        /// The buttons, 1 to 3; each needs its own `id` and its own `title`.
        public var buttons: [ReplyButton]
        /// The header: a text of at most 60 characters, or an image, a video or a document.
        public var header: Header?
        /// The footer, at most 60 characters.
        public var footer: String?

        /// With these fields; what is absent has its default.
        public init(body: String, buttons: [ReplyButton], header: Header? = nil, footer: String? = nil) {
            self.body = body
            self.buttons = buttons
            self.header = header
            self.footer = footer
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "reply_buttons") { $0.text($1) }
            try json.field("body", body) { $0.text($1) }
            try json.field("buttons", buttons) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("header", header) { try $1.write(to: &$0) }
            try json.field("footer", footer) { $0.text($1) }
        }
    }

    /// A text with 1 to 3 buttons.
    ///
    /// The answer is an event with the `id` and the `title` of the button.
    ///
    /// (Meta: "messages" reference, interactive object, `button`.)
    ///
    /// - Parameters:
    ///   - body: The text, at most 1024 characters.
    ///   - buttons: The buttons, 1 to 3; each needs its own `id` and its own `title`.
    ///   - header: The header: a text of at most 60 characters, or an image, a video or a document.
    ///   - footer: The footer, at most 60 characters.
    public static func replyButtons(
        body: String,
        buttons: [ReplyButton],
        header: Header? = nil,
        footer: String? = nil
    ) -> Content {
        Content(kind: .replyButtons(ReplyButtons(body: body, buttons: buttons, header: header, footer: footer)))
    }
}

extension Content {
    /// A sticker: WebP, at most 100 KB if static, 500 KB if animated.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, sticker object.)
    public struct Sticker: Hashable, Sendable {
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            mimeType: String? = nil
        ) {
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "sticker") { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }

    /// A sticker: WebP, at most 100 KB if static, 500 KB if animated.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, sticker object.)
    ///
    /// - Parameters:
    ///   - id: The id that Meta gave it when it was uploaded.
    ///   - link: Where Meta fetches it, an http or https address.
    ///   - file: The path of a file, which is uploaded first.
    ///   - data: The content itself, which is uploaded first.
    ///   - mimeType: The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    public static func sticker(
        id: String? = nil,
        link: String? = nil,
        file: String? = nil,
        data: Data? = nil,
        mimeType: String? = nil
    ) -> Content {
        Content(kind: .sticker(Sticker(id: id, link: link, file: file, data: data, mimeType: mimeType)))
    }
}

extension Content {
    /// A template message: a text that Meta has approved, with its variables filled in.
    public struct Template: Hashable, Sendable {
        /// The template's name, 1 to 512 of `a-z0-9_`.
        public var templateName: String
        /// The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
        public var language: String?
        /// Meta's own components, sent as given; not together with parameters and buttons.
        public var components: String?
        /// The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with parameters
        /// and buttons.
        public var oneTimeCode: String?
        /// When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`.
        public var limitedTimeOfferExpiresAt: String?
        /// Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded first.
        public var headerParams: [TemplateParameter]?
        /// Fills the body's variables, in their order or by name.
        public var bodyParams: [TemplateParameter]?
        /// Fills the buttons' variables; at most 10.
        public var buttons: [TemplateButton]?
        /// The cards of a carousel template, 2 to 10, in their order.
        public var carousel: [CarouselCard]?

        /// With these fields; what is absent has its default.
        public init(
            _ templateName: String,
            language: String? = nil,
            components: String? = nil,
            oneTimeCode: String? = nil,
            limitedTimeOfferExpiresAt: String? = nil,
            headerParams: [TemplateParameter]? = nil,
            bodyParams: [TemplateParameter]? = nil,
            buttons: [TemplateButton]? = nil,
            carousel: [CarouselCard]? = nil
        ) {
            self.templateName = templateName
            self.language = language
            self.components = components
            self.oneTimeCode = oneTimeCode
            self.limitedTimeOfferExpiresAt = limitedTimeOfferExpiresAt
            self.headerParams = headerParams
            self.bodyParams = bodyParams
            self.buttons = buttons
            self.carousel = carousel
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "template") { $0.text($1) }
            try json.field("template_name", templateName) { $0.text($1) }
            try json.field("language", language) { $0.text($1) }
            try json.field("components", components) { try $0.json($1) }
            try json.field("one_time_code", oneTimeCode) { $0.text($1) }
            try json.field("limited_time_offer_expires_at", limitedTimeOfferExpiresAt) { $0.text($1) }
            try json.field("header_params", headerParams) { try $0.list($1) { try $0.parameter($1) } }
            try json.field("body_params", bodyParams) { try $0.list($1) { try $0.parameter($1) } }
            try json.field("buttons", buttons) { try $0.list($1) { try $0.button($1) } }
            try json.field("carousel", carousel) { try $0.list($1) { try $0.record($1.write(to:)) } }
        }
    }

    /// A template message: a text that Meta has approved, with its variables filled in.
    ///
    /// - Parameters:
    ///   - templateName: The template's name, 1 to 512 of `a-z0-9_`.
    ///   - language: The language it was approved in, a BCP-47 tag such as `en_US` or `pt-BR`; `en` where absent.
    ///   - components: Meta's own components, sent as given; not together with parameters and buttons.
    ///   - oneTimeCode: The code of an authentication template, 1 to 15 characters: it fills the text and the button. Not together with parameters and buttons.
    ///   - limitedTimeOfferExpiresAt: When the offer of a limited-time offer template ends: an instant such as `2026-12-24T18:00:00Z`.
    ///   - headerParams: Fills the header: its variable, or its image, video, document, location or product. A `file` or `data` is uploaded first.
    ///   - bodyParams: Fills the body's variables, in their order or by name.
    ///   - buttons: Fills the buttons' variables; at most 10.
    ///   - carousel: The cards of a carousel template, 2 to 10, in their order.
    public static func template(
        _ templateName: String,
        language: String? = nil,
        components: String? = nil,
        oneTimeCode: String? = nil,
        limitedTimeOfferExpiresAt: String? = nil,
        headerParams: [TemplateParameter]? = nil,
        bodyParams: [TemplateParameter]? = nil,
        buttons: [TemplateButton]? = nil,
        carousel: [CarouselCard]? = nil
    ) -> Content {
        Content(kind: .template(Template(
            templateName,
            language: language,
            components: components,
            oneTimeCode: oneTimeCode,
            limitedTimeOfferExpiresAt: limitedTimeOfferExpiresAt,
            headerParams: headerParams,
            bodyParams: bodyParams,
            buttons: buttons,
            carousel: carousel
        )))
    }
}

extension Content {
    /// A text message.
    public struct Text: Hashable, Sendable {
        /// The text, 1 to 4096 characters, not only white space or invisible characters.
        public var message: String
        /// Whether the first link in the text is shown with a preview; false where absent.
        public var previewUrl: Bool?

        /// With these fields; what is absent has its default.
        public init(_ message: String, previewUrl: Bool? = nil) {
            self.message = message
            self.previewUrl = previewUrl
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "text") { $0.text($1) }
            try json.field("message", message) { $0.text($1) }
            try json.field("preview_url", previewUrl) { $0.flag($1) }
        }
    }

    /// A text message.
    ///
    /// - Parameters:
    ///   - message: The text, 1 to 4096 characters, not only white space or invisible characters.
    ///   - previewUrl: Whether the first link in the text is shown with a preview; false where absent.
    public static func text(_ message: String, previewUrl: Bool? = nil) -> Content {
        Content(kind: .text(Text(message, previewUrl: previewUrl)))
    }
}

extension Content {
    /// A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, video object.)
    public struct Video: Hashable, Sendable {
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// The text under it, at most 1024 characters.
        public var caption: String?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            caption: String? = nil,
            mimeType: String? = nil
        ) {
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.caption = caption
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", "video") { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("caption", caption) { $0.text($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }

    /// A video: MP4 or 3GPP with H.264 and AAC, with at most one audio track, at most 16 MB.
    ///
    /// Meta fetches a link and keeps it for 10 minutes.
    /// (Meta: "messages" reference, video object.)
    ///
    /// - Parameters:
    ///   - id: The id that Meta gave it when it was uploaded.
    ///   - link: Where Meta fetches it, an http or https address.
    ///   - file: The path of a file, which is uploaded first.
    ///   - data: The content itself, which is uploaded first.
    ///   - caption: The text under it, at most 1024 characters.
    ///   - mimeType: The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
    public static func video(
        id: String? = nil,
        link: String? = nil,
        file: String? = nil,
        data: Data? = nil,
        caption: String? = nil,
        mimeType: String? = nil
    ) -> Content {
        Content(kind: .video(Video(id: id, link: link, file: file, data: data, caption: caption, mimeType: mimeType)))
    }
}

extension Content {
    /// A phone number of a contact card.
    public struct ContactPhone: Hashable, Sendable {
        /// The number, as it is shown.
        public var phone: String
        /// What it is for, such as `HOME`, `WORK` or `CELL`.
        public var type: String?
        /// The WhatsApp number, in digits. With it the card has a button to write, without it a button to invite.
        public var waId: String?

        /// With these fields; what is absent has its default.
        public init(_ phone: String, type: String? = nil, waId: String? = nil) {
            self.phone = phone
            self.type = type
            self.waId = waId
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("phone", phone) { $0.text($1) }
            try json.field("type", type) { $0.text($1) }
            try json.field("wa_id", waId) { $0.text($1) }
        }
    }
}

extension Content {
    /// A mail address of a contact card.
    public struct ContactEmail: Hashable, Sendable {
        /// The address.
        public var email: String
        /// What it is for, such as `HOME` or `WORK`.
        public var type: String?

        /// With these fields; what is absent has its default.
        public init(_ email: String, type: String? = nil) {
            self.email = email
            self.type = type
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("email", email) { $0.text($1) }
            try json.field("type", type) { $0.text($1) }
        }
    }
}

extension Content {
    /// A web address of a contact card.
    public struct ContactUrl: Hashable, Sendable {
        /// The address.
        public var url: String
        /// What it is for, such as `HOME` or `WORK`.
        public var type: String?

        /// With these fields; what is absent has its default.
        public init(_ url: String, type: String? = nil) {
            self.url = url
            self.type = type
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("url", url) { $0.text($1) }
            try json.field("type", type) { $0.text($1) }
        }
    }
}

extension Content {
    /// A postal address of a contact card.
    public struct ContactAddress: Hashable, Sendable {
        /// Street and number.
        public var street: String?
        /// The city.
        public var city: String?
        /// The state or region.
        public var state: String?
        /// The postal code.
        public var zip: String?
        /// The name of the country.
        public var country: String?
        /// The two letters of the country, such as `in`.
        public var countryCode: String?
        /// What it is for, such as `HOME` or `WORK`.
        public var type: String?

        /// With these fields; what is absent has its default.
        public init(
            street: String? = nil,
            city: String? = nil,
            state: String? = nil,
            zip: String? = nil,
            country: String? = nil,
            countryCode: String? = nil,
            type: String? = nil
        ) {
            self.street = street
            self.city = city
            self.state = state
            self.zip = zip
            self.country = country
            self.countryCode = countryCode
            self.type = type
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("street", street) { $0.text($1) }
            try json.field("city", city) { $0.text($1) }
            try json.field("state", state) { $0.text($1) }
            try json.field("zip", zip) { $0.text($1) }
            try json.field("country", country) { $0.text($1) }
            try json.field("country_code", countryCode) { $0.text($1) }
            try json.field("type", type) { $0.text($1) }
        }
    }
}

extension Content {
    /// A contact card.
    public struct ContactCard: Hashable, Sendable {
        /// The whole name, as it is shown. If none of the name parts below is given, it is sent as the first name too.
        public var formattedName: String
        /// The first name.
        public var firstName: String?
        /// The last name.
        public var lastName: String?
        /// The middle name.
        public var middleName: String?
        /// The title before the name, such as `Dr`.
        public var prefix: String?
        /// The addition after the name, such as `Jr`.
        public var suffix: String?
        /// The company.
        public var company: String?
        /// The department in the company.
        public var department: String?
        /// The position in the company.
        public var title: String?
        /// The birthday, as `YYYY-MM-DD`.
        public var birthday: String?
        /// The phone numbers.
        public var phones: [ContactPhone]?
        /// The mail addresses.
        public var emails: [ContactEmail]?
        /// The web addresses.
        public var urls: [ContactUrl]?
        /// The postal addresses.
        public var addresses: [ContactAddress]?

        /// With these fields; what is absent has its default.
        public init(
            _ formattedName: String,
            firstName: String? = nil,
            lastName: String? = nil,
            middleName: String? = nil,
            prefix: String? = nil,
            suffix: String? = nil,
            company: String? = nil,
            department: String? = nil,
            title: String? = nil,
            birthday: String? = nil,
            phones: [ContactPhone]? = nil,
            emails: [ContactEmail]? = nil,
            urls: [ContactUrl]? = nil,
            addresses: [ContactAddress]? = nil
        ) {
            self.formattedName = formattedName
            self.firstName = firstName
            self.lastName = lastName
            self.middleName = middleName
            self.prefix = prefix
            self.suffix = suffix
            self.company = company
            self.department = department
            self.title = title
            self.birthday = birthday
            self.phones = phones
            self.emails = emails
            self.urls = urls
            self.addresses = addresses
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("formatted_name", formattedName) { $0.text($1) }
            try json.field("first_name", firstName) { $0.text($1) }
            try json.field("last_name", lastName) { $0.text($1) }
            try json.field("middle_name", middleName) { $0.text($1) }
            try json.field("prefix", prefix) { $0.text($1) }
            try json.field("suffix", suffix) { $0.text($1) }
            try json.field("company", company) { $0.text($1) }
            try json.field("department", department) { $0.text($1) }
            try json.field("title", title) { $0.text($1) }
            try json.field("birthday", birthday) { $0.text($1) }
            try json.field("phones", phones) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("emails", emails) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("urls", urls) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("addresses", addresses) { try $0.list($1) { try $0.record($1.write(to:)) } }
        }
    }
}

extension Content {
    /// An image, a video or a document in a header.
    public struct HeaderMedia: Hashable, Sendable {
        /// What it is: `image`, `video` or `document`.
        public var type: String
        /// The id that Meta gave it when it was uploaded.
        public var id: String?
        /// Where Meta fetches it, an http or https address.
        public var link: String?
        /// The path of a file, which is uploaded first.
        public var file: String?
        /// The content itself, which is uploaded first.
        public var data: Data?
        /// The file name that the reader sees. Only a document has one.
        public var filename: String?
        /// The MIME type of `file` or `data`. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(
            _ type: String,
            id: String? = nil,
            link: String? = nil,
            file: String? = nil,
            data: Data? = nil,
            filename: String? = nil,
            mimeType: String? = nil
        ) {
            self.type = type
            self.id = id
            self.link = link
            self.file = file
            self.data = data
            self.filename = filename
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("type", type) { $0.text($1) }
            try json.field("id", id) { $0.text($1) }
            try json.field("link", link) { $0.text($1) }
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("filename", filename) { $0.text($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }
}

extension Content {
    /// A row of a list.
    public struct ListRow: Hashable, Sendable {
        /// The id that the answer brings, at most 200 characters. Each row of the list needs its own.
        public var id: String
        /// Its text, at most 24 characters.
        public var title: String
        /// The text below it, at most 72 characters.
        public var description: String?

        /// With these fields; what is absent has its default.
        public init(id: String, title: String, description: String? = nil) {
            self.id = id
            self.title = title
            self.description = description
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("id", id) { $0.text($1) }
            try json.field("title", title) { $0.text($1) }
            try json.field("description", description) { $0.text($1) }
        }
    }
}

extension Content {
    /// A part of a list.
    public struct ListSection: Hashable, Sendable {
        /// Its rows, 1 to 10.
        public var rows: [ListRow]
        /// The title above its rows, at most 24 characters. It is needed if the list has more than one section.
        public var title: String?

        /// With these fields; what is absent has its default.
        public init(_ rows: [ListRow], title: String? = nil) {
            self.rows = rows
            self.title = title
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("rows", rows) { try $0.list($1) { try $0.record($1.write(to:)) } }
            try json.field("title", title) { $0.text($1) }
        }
    }
}

extension Content {
    /// Some of the products.
    public struct ProductSection: Hashable, Sendable {
        /// The products' ids in the catalog, 1 to 30.
        public var productRetailerIds: [String]
        /// The title above them, at most 24 characters. It is needed if there is more than one section.
        public var title: String?

        /// With these fields; what is absent has its default.
        public init(_ productRetailerIds: [String], title: String? = nil) {
            self.productRetailerIds = productRetailerIds
            self.title = title
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("product_retailer_ids", productRetailerIds) { try $0.list($1) { $0.text($1) } }
            try json.field("title", title) { $0.text($1) }
        }
    }
}

extension Content {
    /// A button. Pressing it sends an answer.
    public struct ReplyButton: Hashable, Sendable {
        /// The id that the answer brings, at most 256 characters.
        public var id: String
        /// The text on it, at most 20 characters.
        public var title: String

        /// With these fields; what is absent has its default.
        public init(id: String, title: String) {
            self.id = id
            self.title = title
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("id", id) { $0.text($1) }
            try json.field("title", title) { $0.text($1) }
        }
    }
}

extension Content {
    /// What fills a card of a carousel template.
    public struct CarouselCard: Hashable, Sendable {
        /// Fills the card's header: an image, a video or a product. A `file` or `data` is uploaded first.
        public var headerParams: [TemplateParameter]?
        /// Fills the variables of the card's text.
        public var bodyParams: [TemplateParameter]?
        /// Fills the variables of the card's buttons.
        public var buttons: [TemplateButton]?

        /// With these fields; what is absent has its default.
        public init(
            headerParams: [TemplateParameter]? = nil,
            bodyParams: [TemplateParameter]? = nil,
            buttons: [TemplateButton]? = nil
        ) {
            self.headerParams = headerParams
            self.bodyParams = bodyParams
            self.buttons = buttons
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("header_params", headerParams) { try $0.list($1) { try $0.parameter($1) } }
            try json.field("body_params", bodyParams) { try $0.list($1) { try $0.parameter($1) } }
            try json.field("buttons", buttons) { try $0.list($1) { try $0.button($1) } }
        }
    }
}

extension Content {
    /// A picture for the profile: JPEG or PNG, at most 5 MB; Meta asks for a square of 640 pixels or more.
    public struct ProfilePhoto: Hashable, Sendable {
        /// The path of a file.
        public var file: String?
        /// The content itself.
        public var data: Data?
        /// Its MIME type. Default: by the file's name, else by its first bytes.
        public var mimeType: String?

        /// With these fields; what is absent has its default.
        public init(file: String? = nil, data: Data? = nil, mimeType: String? = nil) {
            self.file = file
            self.data = data
            self.mimeType = mimeType
        }

        func write(to json: inout JsonWriter) throws {
            try json.field("file", file) { $0.text($1) }
            try json.field("data", data) { $0.bytes($1) }
            try json.field("mime_type", mimeType) { $0.text($1) }
        }
    }
}

extension Content {
    /// The header above the body: a text, or an image, a video or a document.
    public enum Header: Hashable, Sendable, ExpressibleByStringLiteral {
        /// A text.
        case text(String)
        /// An object.
        case part(HeaderMedia)

        public init(stringLiteral text: String) { self = .text(text) }

        func write(to json: inout JsonWriter) throws {
            switch self {
            case .text(let text): json.text(text)
            case .part(let part): try json.record(part.write(to:))
            }
        }
    }
}
