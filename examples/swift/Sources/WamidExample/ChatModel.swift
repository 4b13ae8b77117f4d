import Foundation
import Wamid

#if canImport(Combine)
import Combine
#endif

/// A screen that sends and lists, for SwiftUI: `@StateObject var model = ChatModel(client: client)`, and
/// `.task { await model.refresh() }`, which cancels the request when the screen goes.
///
/// The app holds a gateway's key, never Meta's token: `Client.gateway(baseUrl:apiKey:)`.
@MainActor
final class ChatModel {
    #if canImport(Combine)
    @Published private(set) var state = State()
    #else
    private(set) var state = State()
    #endif

    /// What the screen shows.
    struct State: Sendable {
        var chats: [Conversation] = []
        var sending = false
        var notice: String?
        var canSendAgain = false
    }

    private let client: any ClientProtocol
    /// The keys of messages that may have gone out. A key belongs to one message: the same one, sent again, is the same send to
    /// a gateway that knows keys, and every other message has a key of its own.
    private var keys: [Message: String] = [:]

    private struct Message: Hashable {
        let phone: String
        let text: String
    }

    init(client: any ClientProtocol) {
        self.client = client
    }

    func send(phone: String, message: String) async {
        state.sending = true
        state.notice = nil
        state.canSendAgain = false
        defer { state.sending = false }
        let sent = Message(phone: phone, text: message)
        let key = keys[sent] ?? UUID().uuidString
        keys[sent] = key
        do {
            _ = try await client.sendMessage(phone: phone, message: message, idempotencyKey: key)
            // The same words, sent later, are another message.
            keys[sent] = nil
            state.notice = "Sent."
        } catch let error as WamidError {
            if !error.maybeSent { keys[sent] = nil }
            state.notice = error.maybeSent ? "Perhaps sent. Sending it again cannot send it twice." : error.detail
            state.canSendAgain = error.retryable || error.maybeSent
        } catch {
            // The screen is gone: nobody is left to tell.
        }
    }

    func refresh() async {
        do {
            state.chats = try await client.chats()
        } catch let error as WamidError {
            state.notice = error.detail
        } catch {
            // The screen is gone.
        }
    }
}

#if canImport(Combine)
extension ChatModel: ObservableObject {}
#endif
