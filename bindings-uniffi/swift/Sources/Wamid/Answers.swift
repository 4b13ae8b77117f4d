import Foundation

extension ClientProtocol {
    /// Fails with `Unsupported`: a stand-in for a client that has no other says so.
    public func ask(_ operation: String, arguments: String) async throws -> Answer {
        let detail = "What stands in for the client has no \(operation) of its own."
        throw WamidError.Unsupported(
            failure: Failure(kind: "unsupported", detail: detail, retryable: false, maybeSent: false, attempts: 0))
    }

    /// Asks without telling anybody how far it has come.
    public func ask(
        _ operation: String, arguments: String, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws -> Answer {
        try await ask(operation, arguments: arguments)
    }

    /// The same with the arguments that `write` writes.
    func ask(
        _ operation: String, progress: (@Sendable (TransferProgress) -> Void)? = nil,
        _ write: (inout JsonWriter) throws -> Void
    ) async throws -> Answer {
        var json = JsonWriter()
        do {
            try json.record(write)
        } catch let broken as BrokenJson {
            throw broken.error
        }
        guard let progress else { return try await ask(operation, arguments: json.written) }
        return try await ask(operation, arguments: json.written, progress: progress)
    }
}

/// What an operation answers, read as what its declaration says that it is.
extension Answer {
    func text() throws -> String {
        guard case .text(let text) = self else { throw unexpected }
        return text
    }

    func bool() throws -> Bool {
        guard case .bool(let bool) = self else { throw unexpected }
        return bool
    }

    func integer() throws -> Int64 {
        guard case .integer(let integer) = self else { throw unexpected }
        return integer
    }

    func number() throws -> Double {
        guard case .number(let number) = self else { throw unexpected }
        return number
    }

    func bytes() throws -> Data {
        guard case .bytes(let bytes) = self else { throw unexpected }
        return bytes
    }

    func instant() throws -> Date {
        guard case .instant(let instant) = self else { throw unexpected }
        return instant
    }

    func list<Value>(_ read: (Answer) throws -> Value) throws -> [Value] {
        guard case .array(let items) = self else { throw unexpected }
        return try items.map(read)
    }

    /// A member of an object; nil where it is absent.
    func optional(_ name: String) throws -> Answer? {
        guard case .object(let members) = self else { throw unexpected }
        return members[name]
    }

    func member(_ name: String) throws -> Answer {
        guard let member = try optional(name) else { throw unexpected }
        return member
    }
}

/// Something else answers than the library of this version.
private var unexpected: WamidError {
    .UnexpectedResponse(
        failure: Failure(
            kind: "unexpected_response", detail: "An operation was answered with something else than what it answers.",
            retryable: false, maybeSent: true, attempts: 0))
}
