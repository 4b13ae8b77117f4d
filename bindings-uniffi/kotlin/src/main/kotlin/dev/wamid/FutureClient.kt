package dev.wamid

import java.util.concurrent.CompletableFuture
import java.util.function.Consumer
import java.util.function.ObjIntConsumer
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.asFlow
import kotlinx.coroutines.future.future
import kotlinx.coroutines.isActive
import kotlinx.coroutines.launch

/**
 * A [Client] for Java: the same operations, answered by futures.
 *
 * A future fails with a [WamidException]; `join` and `get` wrap it, as always. Cancelling a future stops its request.
 * Closing this stops what is under way, and closes the client.
 *
 * ```java
 * try (var client = new FutureClient(Client.Companion.gateway(url, key, null))) {
 *     Receipt receipt = client.sendMessage("+91 98765-43210", "Hello").join();
 * }
 * ```
 */
public class FutureClient(private val client: Client) : FutureOperations(client), AutoCloseable {
    private val scope = CoroutineScope(SupervisorJob() + Dispatchers.Unconfined)

    /** As [Client.send]. */
    public fun send(message: Message): CompletableFuture<Receipt> = begun { client.send(message) }

    /** As [Client.send]. */
    @JvmOverloads
    public fun send(
        phone: String,
        content: Content,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): CompletableFuture<Receipt> = begun { client.send(phone, content, accountId, replyTo, reference, idempotencyKey, extra) }

    /** As [Client.sendMessage]. */
    @JvmOverloads
    public fun sendMessage(
        phone: String,
        message: String,
        previewUrl: Boolean? = null,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): CompletableFuture<Receipt> = begun {
        client.sendMessage(phone, message, previewUrl, accountId, replyTo, reference, idempotencyKey, extra)
    }

    /** As [Client.sendLocation]. */
    @JvmOverloads
    public fun sendLocation(
        phone: String,
        latitude: Double,
        longitude: Double,
        name: String? = null,
        address: String? = null,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): CompletableFuture<Receipt> = begun {
        client.sendLocation(
            phone, latitude, longitude, name, address, accountId, replyTo, reference, idempotencyKey, extra,
        )
    }

    /** As [Client.sendTemplate]. */
    @JvmOverloads
    public fun sendTemplate(
        phone: String,
        templateName: String,
        language: String? = null,
        headerParams: List<TemplateParameter>? = null,
        bodyParams: List<TemplateParameter>? = null,
        buttons: List<TemplateButton>? = null,
        components: String? = null,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): CompletableFuture<Receipt> = begun {
        client.sendTemplate(
            phone, templateName, language, headerParams, bodyParams, buttons, components, accountId, replyTo,
            reference, idempotencyKey, extra,
        )
    }

    /** As [Client.chats]. */
    public fun chats(): CompletableFuture<List<Conversation>> = begun { client.chats() }

    /**
     * As [Client.sendMany]; [progress] is told how far they have come.
     *
     * Cancelling the future sends nothing more, and waits for what is known by then: `join` throws a [SendManyCancelled] that has
     * it.
     */
    @JvmOverloads
    public fun sendMany(
        sends: List<Message>,
        concurrency: Long? = null,
        progress: Consumer<SendProgress>? = null,
    ): CompletableFuture<List<Outcome>> =
        Stopping(scope()) { client.sendMany(sends, concurrency, progress?.let { ProgressListener(it::accept) }) }

    /**
     * As [Client.sendEach]: [outcome] is given each as it ends, with the index of its message, one after the other. The future ends
     * when all have been told; cancelling it sends nothing more. What [outcome] throws ends it too.
     */
    @JvmOverloads
    public fun sendEach(
        sends: Iterable<Message>,
        concurrency: Long? = null,
        outcome: ObjIntConsumer<Outcome>,
    ): CompletableFuture<Void?> = begun {
        client.sendEach(sends.asFlow(), concurrency).collect { outcome.accept(it.value, it.index) }
        null
    }

    /** As [Client.receiveWebhook]. */
    public fun receiveWebhook(body: ByteArray, signature: String): CompletableFuture<List<Event>> =
        begun { client.receiveWebhook(body, signature) }

    /** As [MessageEvent.reply]: answers it at its `address`, and quotes it. */
    @JvmOverloads
    public fun reply(
        event: MessageEvent,
        content: Content,
        accountId: Long? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): CompletableFuture<Receipt> = begun { event.reply(client, content, accountId, reference, idempotencyKey, extra) }

    // It begins where it is called, and ends where its answer is told: on a thread that what hangs on a future may block.
    internal override fun <T> begun(call: suspend () -> T): CompletableFuture<T> =
        scope().future(start = CoroutineStart.UNDISPATCHED) { call() }

    // Once it is closed the scope takes no call, and it is the closed client that says so.
    private fun scope(): CoroutineScope = if (scope.isActive) scope else CoroutineScope(Dispatchers.Unconfined)

    /** Stops what is under way, whose futures are then cancelled, and closes the client: later calls fail with `invalid_input`. */
    override fun close() {
        client.close()
        scope.cancel("The client was closed while this call was under way. A message that had been written by then may have gone out.")
    }
}

/** A future whose cancelling is a stop: it ends with what is known. */
private class Stopping<T>(scope: CoroutineScope, call: suspend () -> T) : CompletableFuture<T>() {
    private val job = scope.launch(start = CoroutineStart.UNDISPATCHED) {
        try {
            complete(call())
        } catch (thrown: Throwable) {
            completeExceptionally(thrown)
        }
    }

    override fun cancel(mayInterruptIfRunning: Boolean): Boolean {
        job.cancel()
        // The library answers at once; a future that has been cancelled is done.
        handle { _, _ -> }.join()
        return isCancelled
    }
}
