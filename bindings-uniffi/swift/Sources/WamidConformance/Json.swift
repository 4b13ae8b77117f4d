/// JSON with its numbers as they were written and its keys in their order, which Foundation's does not keep.
enum Json {
    case null
    case bool(Bool)
    case number(String)
    case text(String)
    case list([Json])
    case object([(key: String, value: Json)])

    /// A member that is not null.
    subscript(key: String) -> Json? {
        guard case .object(let members) = self else { return nil }
        guard let value = members.last(where: { $0.key == key })?.value else { return nil }
        if case .null = value { return nil }
        return value
    }

    var list: [Json]? {
        guard case .list(let elements) = self else { return nil }
        return elements
    }

    var written: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .number(let text): return text
        case .text(let text): return Json.quoted(text)
        case .list(let elements): return "[" + elements.map(\.written).joined(separator: ",") + "]"
        case .object(let members):
            return "{" + members.map { Json.quoted($0.key) + ":" + $0.value.written }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}

struct NoJson: Error {
    let at: Int
}

extension Json {
    static func parse(_ text: String) throws -> Json {
        var parser = Parser(bytes: Array(text.utf8))
        let value = try parser.value()
        parser.skipSpace()
        guard parser.at == parser.bytes.count else { throw NoJson(at: parser.at) }
        return value
    }
}

private struct Parser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { at += 1 }
    }

    mutating func take(_ character: Character) -> Bool {
        skipSpace()
        guard next == character.asciiValue else { return false }
        at += 1
        return true
    }

    mutating func value() throws -> Json {
        skipSpace()
        switch next.map({ Character(UnicodeScalar($0)) }) {
        case "{": return try object()
        case "[": return try list()
        case "\"": return .text(try text())
        default: return try word()
        }
    }

    private mutating func object() throws -> Json {
        at += 1
        var members: [(key: String, value: Json)] = []
        if take("}") { return .object(members) }
        repeat {
            skipSpace()
            let key = try text()
            guard take(":") else { throw NoJson(at: at) }
            members.append((key: key, value: try value()))
        } while take(",")
        guard take("}") else { throw NoJson(at: at) }
        return .object(members)
    }

    private mutating func list() throws -> Json {
        at += 1
        var elements: [Json] = []
        if take("]") { return .list(elements) }
        repeat { elements.append(try value()) } while take(",")
        guard take("]") else { throw NoJson(at: at) }
        return .list(elements)
    }

    private mutating func word() throws -> Json {
        let start = at
        while let byte = next, !",]} \t\r\n".utf8.contains(byte) { at += 1 }
        let word = String(decoding: bytes[start..<at], as: UTF8.self)
        switch word {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        default:
            guard Double(word) != nil else { throw NoJson(at: start) }
            return .number(word)
        }
    }

    private mutating func text() throws -> String {
        guard next == UInt8(ascii: "\"") else { throw NoJson(at: at) }
        at += 1
        // Escapes are UTF-16, and a pair of them is one character.
        var units: [UInt16] = []
        var start = at
        func plain(_ range: Range<Int>) -> String.UTF16View { String(decoding: bytes[range], as: UTF8.self).utf16 }
        while let byte = next {
            at += 1
            if byte == UInt8(ascii: "\"") {
                units += plain(start..<at - 1)
                return String(decoding: units, as: UTF16.self)
            }
            guard byte == UInt8(ascii: "\\") else { continue }
            units += plain(start..<at - 1)
            units.append(try escape())
            start = at
        }
        throw NoJson(at: at)
    }

    private mutating func escape() throws -> UInt16 {
        guard let byte = next else { throw NoJson(at: at) }
        at += 1
        switch Character(UnicodeScalar(byte)) {
        case "b": return 0x08
        case "f": return 0x0c
        case "n": return 0x0a
        case "r": return 0x0d
        case "t": return 0x09
        case "u":
            guard at + 4 <= bytes.count else { throw NoJson(at: at) }
            let digits = String(decoding: bytes[at..<at + 4], as: UTF8.self)
            guard let unit = UInt16(digits, radix: 16) else { throw NoJson(at: at) }
            at += 4
            return unit
        default: return UInt16(byte)
        }
    }
}
