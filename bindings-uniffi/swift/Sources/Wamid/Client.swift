import Foundation

/// The operations of a ``Client``, for whoever puts something else in its place.
///
/// What is here stays as it is, and what comes later has a body: a send is told by a ``Message`` in the end, and new options come
/// there.
public protocol ClientProtocol: Sendable {
    /// Sends one message of any kind, as ``sendMany(sends:concurrency:progress:)`` takes many.
    ///
    /// - Throws: ``WamidError``, which says in `maybeSent` whether the message may have gone out all the same.
    func send(_ message: Message) async throws -> Receipt

    /// The 50 most recent conversations, the newest first. Only on a gateway client.
    ///
    /// - Throws: ``WamidError``; `Unsupported` on a cloud client, since Meta offers no such list and this library has no
    ///   store.
    func chats() async throws -> [Conversation]

    /// Sends many messages, some at a time, and answers for each in the order of the list: one failure is that message's
    /// alone. After cancelling nothing more goes out, and it throws a ``SendManyCancelled`` that has what is known.
    ///
    /// - Parameters:
    ///   - sends: What to send.
    ///   - concurrency: How many are under way at once, at least 1; 64 where absent.
    ///   - progress: Is told how far they have come, at most ten times a second, and once at the end. It may take its time:
    ///     the sends go on meanwhile, and then it is told the latest.
    /// - Throws: ``WamidError`` where `concurrency` is not sound.
    func sendMany(
        sends: [Message], concurrency: Int64?, progress: (@Sendable (SendProgress) -> Void)?
    ) async throws -> [Outcome]

    /// Checks a webhook's signature, and returns what it tells.
    ///
    /// - Parameters:
    ///   - body: The request's body to the byte.
    ///   - signature: Its `X-Hub-Signature-256` header.
    /// - Throws: ``WamidError``, `InvalidInput` naming `signature` (answer 401) or `body` (answer 400). Only on a cloud client
    ///   with an `appSecret`.
    func receiveWebhook(body: Data, signature: String) async throws -> [Event]

    /// Makes the call of an operation by its name in JSON: ``markRead(_:typing:)`` and the other operations of `Operations.swift` are
    /// made of it. What stands in for a client answers here for those that it needs; without this method they are `Unsupported`.
    ///
    /// - Parameters:
    ///   - operation: Its name, such as `mark_read`.
    ///   - arguments: A JSON object, with the names of the arguments such as `message_id`.
    /// - Throws: ``WamidError``.
    func ask(_ operation: String, arguments: String) async throws -> Answer

    /// The same, and tells `progress` how far a file has come, where the operation moves one. What stands in for a client need not have
    /// it: then nobody is told.
    func ask(
        _ operation: String, arguments: String, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws -> Answer
}

/// A client of one host: Meta's Cloud API, or a messaging gateway.
///
/// Make one for each host and keep it: a new client opens new connections. It may be used from many tasks at once. Cancelling
/// the task that waits for an operation stops its request and throws `CancellationError`; a message that had been written by
/// then may have gone out.
public final class Client: ClientProtocol {
    private let handle: ClientHandle

    private init(_ handle: ClientHandle) {
        self.handle = handle
    }

    /// A client of Meta's Cloud API, for servers that hold Meta's token; never put one into an app.
    ///
    /// Nothing is connected yet.
    ///
    /// - Parameters:
    ///   - accessToken: A token with the `whatsapp_business_messaging` permission.
    ///   - phoneNumberId: Meta's id of the business number (not the number itself).
    ///   - options: What is absent has its default.
    /// - Throws: ``WamidError``, `InvalidInput` naming the argument or option that breaks a rule.
    public static func cloud(accessToken: String, phoneNumberId: String, options: ClientOptions? = nil) throws -> Client {
        Client(try .cloud(accessToken: accessToken, phoneNumberId: phoneNumberId, options: options))
    }

    /// A client of a messaging gateway (`wamid serve`, or a Django project with django-meta-whatsapp).
    ///
    /// Nothing is connected yet.
    ///
    /// - Parameters:
    ///   - baseUrl: Where the messaging API is mounted, such as `https://example.com/whatsapp`.
    ///   - apiKey: A key that the gateway has given out.
    ///   - options: What is absent has its default.
    /// - Throws: ``WamidError``, `InvalidInput` naming the argument or option that breaks a rule.
    public static func gateway(baseUrl: String, apiKey: String, options: ClientOptions? = nil) throws -> Client {
        Client(try .gateway(baseUrl: baseUrl, apiKey: apiKey, options: options))
    }

    /// The client that the environment describes: `WAMID_ACCESS_TOKEN` and `WAMID_PHONE_NUMBER_ID` (with
    /// `WAMID_APP_SECRET`, `WAMID_BUSINESS_ACCOUNT_ID`, `WAMID_APP_ID`, `WAMID_GRAPH_URL`), or `WAMID_GATEWAY_URL` and `WAMID_API_KEY`.
    ///
    /// - Throws: ``WamidError``, `InvalidInput` where variables are missing, wrong, or name both hosts.
    public static func fromEnv() throws -> Client {
        Client(try .fromEnv())
    }

    public func send(_ message: Message) async throws -> Receipt {
        let send = message.crossing
        return try await cancellable { try await self.handle.sendUntil(send: send, cancellation: $0) }
    }

    public func chats() async throws -> [Conversation] {
        try await cancellable { try await self.handle.chatsUntil(cancellation: $0) }
    }

    public func sendMany(
        sends: [Message],
        concurrency: Int64? = nil,
        progress: (@Sendable (SendProgress) -> Void)?
    ) async throws -> [Outcome] {
        let (telling, cancellation) = (progress.map { Telling<SendProgress>($0) }, Cancellation())
        let ended = try await withTaskCancellationHandler {
            try await handle.sendManyUntil(
                sends: sends.map(\.crossing), concurrency: concurrency, progress: telling, cancellation: cancellation)
        } onCancel: {
            cancellation.cancel()
        }
        await telling?.end()
        if Task.isCancelled { throw SendManyCancelled(outcomes: ended.outcomes, progress: ended.progress) }
        return ended.outcomes.compactMap { $0 }
    }

    public func receiveWebhook(body: Data, signature: String) async throws -> [Event] {
        try await handle.receiveWebhook(body: body, signature: signature)
    }

    public func ask(_ operation: String, arguments: String) async throws -> Answer {
        try await ask(operation, arguments: arguments, progress: nil)
    }

    public func ask(
        _ operation: String, arguments: String, progress: (@Sendable (TransferProgress) -> Void)?
    ) async throws -> Answer {
        let telling = progress.map { Telling<TransferProgress>($0) }
        do {
            let answer = try await cancellable {
                try await self.handle.askUntil(
                    operation: operation, arguments: arguments, progress: telling, cancellation: $0)
            }
            await telling?.end()
            return answer
        } catch {
            await telling?.end()
            throw error
        }
    }

    /// A send whose time does not hang on how busy the tasks are that wait for it.
    func sendApart(_ message: Message) async throws -> Receipt {
        let send = message.crossing
        return try await cancellable { try await self.handle.sendApartUntil(send: send, cancellation: $0) }
    }

    /// Hands the call a cancellation that the task's own sets off; no answer means that it did.
    private func cancellable<Answer: Sendable>(
        _ call: @Sendable (Cancellation) async throws -> Answer?
    ) async throws -> Answer {
        let cancellation = Cancellation()
        let answer = try await withTaskCancellationHandler {
            try await call(cancellation)
        } onCancel: {
            cancellation.cancel()
        }
        guard let answer else { throw CancellationError() }
        return answer
    }
}
