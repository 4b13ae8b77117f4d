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

    private let client: Client
    /// The key of the message on the screen: a second tap on "send" is the same send, to a gateway that knows keys.
    private var key = UUID().uuidString

    init(client: Client) {
        self.client = client
    }

    func send(phone: String, message: String) async {
        state.sending = true
        state.notice = nil
        defer { state.sending = false }
        do {
            _ = try await client.sendMessage(phone: phone, message: message, idempotencyKey: key)
            key = UUID().uuidString
            state.notice = "Sent."
        } catch let error as WamidError {
            state.notice = error.maybeSent ? "Perhaps sent. Look before you send it again." : error.detail
            state.canSendAgain = error.retryable
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
