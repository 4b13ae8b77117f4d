package dev.wamid.example

import dev.wamid.Client
import dev.wamid.Conversation
import dev.wamid.WamidException
import dev.wamid.detail
import dev.wamid.maybeSent
import dev.wamid.retryable
import java.util.UUID
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch

/** What the screen shows. */
data class ChatState(
    val chats: List<Conversation> = emptyList(),
    val sending: Boolean = false,
    val notice: String? = null,
    val canSendAgain: Boolean = false,
)

/**
 * A screen that sends and lists. In an Android app it extends `ViewModel` and [scope] is its `viewModelScope`: leaving
 * the screen cancels what is under way, and with it the request.
 *
 * The app holds a gateway's key, never Meta's token: `Client.gateway("https://example.com/whatsapp", key)`.
 */
class ChatViewModel(private val client: Client, private val scope: CoroutineScope) {
    private val mutable = MutableStateFlow(ChatState())
    val state: StateFlow<ChatState> = mutable.asStateFlow()

    /**
     * The keys of messages that may have gone out. A key belongs to one message: the same one, sent again, is the same send to a
     * gateway that knows keys, and every other message has a key of its own.
     */
    private val keys = HashMap<Pair<String, String>, String>()

    fun send(phone: String, message: String): Job = scope.launch {
        val sent = phone to message
        val key = keys.getOrPut(sent) { UUID.randomUUID().toString() }
        mutable.update { it.copy(sending = true, notice = null, canSendAgain = false) }
        try {
            client.sendMessage(phone, message, idempotencyKey = key)
            // The same words, sent later, are another message.
            keys.remove(sent)
            mutable.update { it.copy(notice = "Sent.") }
        } catch (error: WamidException) {
            if (!error.maybeSent) keys.remove(sent)
            val notice = if (error.maybeSent) "Perhaps sent. Sending it again cannot send it twice." else error.detail
            mutable.update { it.copy(notice = notice, canSendAgain = error.retryable || error.maybeSent) }
        } finally {
            mutable.update { it.copy(sending = false) }
        }
    }

    fun refresh(): Job = scope.launch {
        try {
            val chats = client.chats()
            mutable.update { it.copy(chats = chats) }
        } catch (error: WamidException) {
            mutable.update { it.copy(notice = error.detail) }
        }
    }
}
