import Foundation

/// A part of a content is not the JSON that it should be.
struct BrokenJson: Error {
    let path: String
    let json: String
    /// What the library says of it.
    let error: Error
}

/// Writes contents as JSON. What JSON cannot hold it writes such that the library refuses it by its path.
struct JsonWriter {
    private(set) var written = ""
    /// Where the value stands that is being written.
    private var path: [String] = []

    /// A field of an object; absent ones are left out.
    mutating func field<Value>(
        _ name: String, _ value: Value?, _ write: (inout JsonWriter, Value) throws -> Void
    ) throws {
        guard let value else { return }
        separate()
        text(name)
        written += ":"
        path.append(path.isEmpty ? name : ".\(name)")
        try write(&self, value)
        path.removeLast()
    }

    mutating func record(_ write: (inout JsonWriter) throws -> Void) throws {
        written += "{"
        try write(&self)
        written += "}"
    }

    mutating func list<Value>(_ values: [Value], _ write: (inout JsonWriter, Value) throws -> Void) throws {
        written += "["
        for (at, value) in values.enumerated() {
            separate()
            path.append("[\(at)]")
            try write(&self, value)
            path.removeLast()
        }
        written += "]"
    }

    mutating func text(_ value: String) {
        written += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\":
                written += "\\"
                written.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default:
                written.unicodeScalars.append(scalar)
            }
        }
        written += "\""
    }

    mutating func flag(_ value: Bool) { written += value ? "true" : "false" }

    mutating func integer(_ value: Int64) { written += String(value) }

    mutating func number(_ value: Double) {
        if value.isFinite { written += "\(value)" } else { text("\(value)") }
    }

    /// Content, in base64.
    mutating func bytes(_ value: Data) { written += "\"" + value.base64EncodedString() + "\"" }

    /// A value that is JSON text already.
    mutating func json(_ value: String) throws {
        let at = path.joined()
        do {
            try checkJson(field: at, json: value)
        } catch {
            throw BrokenJson(path: at, json: value, error: error)
        }
        verbatim(value)
    }

    /// What is known to be JSON.
    mutating func verbatim(_ json: String) { written += json }

    /// A content. An error names what is wrong in it as it does where it is sent.
    mutating func content(_ value: Content) throws {
        let outer = path
        path = []
        try value.write(to: &self)
        path = outer
    }

    mutating func parameter(_ value: TemplateParameter) throws {
        switch value {
        case .text(let text): self.text(text)
        case .number(let number): self.number(number)
        case .json(let json): try self.json(json)
        case .named(let name, let text):
            try record {
                try $0.field("name", name) { $0.text($1) }
                try $0.field("text", text) { $0.text($1) }
            }
        case .currency(let fallbackValue, let code, let amount1000):
            try record {
                try $0.type("currency")
                try $0.field("fallback_value", fallbackValue) { $0.text($1) }
                try $0.field("code", code) { $0.text($1) }
                try $0.field("amount_1000", amount1000) { $0.integer($1) }
            }
        case .dateTime(let fallbackValue):
            try record {
                try $0.type("date_time")
                try $0.field("fallback_value", fallbackValue) { $0.text($1) }
            }
        case .image(let media): try self.media("image", media)
        case .video(let media): try self.media("video", media)
        case .document(let media): try self.media("document", media)
        case .location(let latitude, let longitude, let name, let address):
            try record {
                try $0.type("location")
                try $0.field("latitude", latitude) { $0.number($1) }
                try $0.field("longitude", longitude) { $0.number($1) }
                try $0.field("name", name) { $0.text($1) }
                try $0.field("address", address) { $0.text($1) }
            }
        case .product(let productRetailerId, let catalogId):
            try record {
                try $0.type("product")
                try $0.field("product_retailer_id", productRetailerId) { $0.text($1) }
                try $0.field("catalog_id", catalogId) { $0.text($1) }
            }
        }
    }

    mutating func button(_ value: TemplateButton) throws {
        switch value {
        case .json(let json): try self.json(json)
        case .url(let text, let index):
            try button("url", index) { try $0.field("text", text) { $0.text($1) } }
        case .quickReply(let payload, let index):
            try button("quick_reply", index) { try $0.field("payload", payload) { $0.text($1) } }
        case .copyCode(let couponCode, let index):
            try button("copy_code", index) { try $0.field("coupon_code", couponCode) { $0.text($1) } }
        case .flow(let flowToken, let flowActionData, let index):
            try button("flow", index) {
                try $0.field("flow_token", flowToken) { $0.text($1) }
                try $0.field("flow_action_data", flowActionData) { try $0.json($1) }
            }
        case .catalog(let thumbnailProductRetailerId, let index):
            try button("catalog", index) {
                try $0.field("thumbnail_product_retailer_id", thumbnailProductRetailerId) { $0.text($1) }
            }
        case .mpm(let thumbnailProductRetailerId, let sections, let index):
            try button("mpm", index) {
                try $0.field("thumbnail_product_retailer_id", thumbnailProductRetailerId) { $0.text($1) }
                try $0.field("sections", sections) { try $0.list($1) { try $0.section($1) } }
            }
        }
    }

    private mutating func button(
        _ subType: String, _ index: Int64?, _ write: (inout JsonWriter) throws -> Void
    ) throws {
        try record {
            try $0.field("sub_type", subType) { $0.text($1) }
            try write(&$0)
            try $0.field("index", index) { $0.integer($1) }
        }
    }

    private mutating func section(_ value: ButtonSection) throws {
        try record {
            try $0.field("title", value.title) { $0.text($1) }
            try $0.field("product_retailer_ids", value.productRetailerIds) { try $0.list($1) { $0.text($1) } }
        }
    }

    private mutating func media(_ kind: String, _ value: Media) throws {
        try record {
            try $0.type(kind)
            try $0.field("id", value.id) { $0.text($1) }
            try $0.field("link", value.link) { $0.text($1) }
            try $0.field("filename", value.filename) { $0.text($1) }
            try $0.field("file", value.file) { $0.text($1) }
            try $0.field("data", value.data) { $0.bytes($1) }
            try $0.field("mime_type", value.mimeType) { $0.text($1) }
        }
    }

    private mutating func type(_ name: String) throws {
        try field("type", name) { $0.text($1) }
    }

    private mutating func separate() {
        if let last = written.unicodeScalars.last, last != "{", last != "[" { written += "," }
    }
}
