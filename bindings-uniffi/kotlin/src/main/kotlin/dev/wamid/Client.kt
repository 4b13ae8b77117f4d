package dev.wamid

import java.nio.ByteBuffer
import kotlin.coroutines.coroutineContext
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.ensureActive
import kotlinx.coroutines.flow.Flow

/**
 * The operations of a [Client], for whoever puts something else in its place.
 *
 * It can grow without breaking anybody: what comes later has a body here, and the parameters of what is here stay as they are.
 * A send is told by a [Message] in the end, which is where new options come.
 */
public interface ClientInterface : Operations {
    /**
     * Sends one message of any kind, as [sendMany] takes many.
     *
     * An error says in `maybeSent` whether the message may have gone out all the same.
     */
    @Throws(WamidException::class)
    public suspend fun send(message: Message): Receipt

    /**
     * Sends a content of any kind.
     *
     * ```
     * client.send("+91 98765-43210", Location(28.6139, 77.2090, name = "Our Office"), replyTo = "wamid.…")
     * ```
     *
     * The other arguments and errors are those of [sendMessage].
     */
    @Throws(WamidException::class)
    public suspend fun send(
        phone: String,
        content: Content,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): Receipt = send(Message(phone, content, accountId, replyTo, reference, idempotencyKey, extra))

    /**
     * Sends a text.
     *
     * [phone] is a phone number with its country code, or a business-scoped user id; [message] 1 to 4096 characters.
     * [previewUrl] shows the first link with a preview. [accountId] (gateway) is the account to send from; [replyTo] the
     * id of the message that this one answers; [reference] a text of yours, 1 to 512 characters, that comes back in every
     * status webhook; sends with the same [idempotencyKey] are one send, to a gateway that knows keys. [extra] is JSON text of
     * an object whose members stand beside the content in Meta's body (`category`, `ttl_seconds` …).
     *
     * An error says in `maybeSent` whether the message may have gone out all the same.
     */
    @Throws(WamidException::class)
    public suspend fun sendMessage(
        phone: String,
        message: String,
        previewUrl: Boolean? = null,
        accountId: Long? = null,
        replyTo: String? = null,
        reference: String? = null,
        idempotencyKey: String? = null,
        extra: String? = null,
    ): Receipt = send(phone, Text(message, previewUrl), accountId, replyTo, reference, idempotencyKey, extra)

    /**
     * Sends a location pin.
     *
     * [latitude] is in degrees north, −90 to 90, [longitude] in degrees east, −180 to 180; [name] and [address] at most
     * 1000 characters each. The other arguments and errors are those of [sendMessage].
     */
    @Throws(WamidException::class)
    public suspend fun sendLocation(
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
    ): Receipt = send(phone, Location(latitude, longitude, name, address), accountId, replyTo, reference, idempotencyKey, extra)

    /**
     * Sends a template: a text that Meta has approved, with its variables filled in.
     *
     * [language] is a BCP-47 tag such as `en_US` (`en` where absent). [headerParams], [bodyParams] and [buttons] fill the
     * variables; [components] is Meta's own JSON in their place, sent as given. The other arguments and errors are those
     * of [sendMessage].
     */
    @Throws(WamidException::class)
    public suspend fun sendTemplate(
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
    ): Receipt = send(
        phone,
        Template(
            templateName, language = language, headerParams = headerParams, bodyParams = bodyParams, buttons = buttons,
            components = components,
        ),
        accountId, replyTo, reference, idempotencyKey, extra,
    )

    /**
     * The 50 most recent conversations, the newest first.
     *
     * Only on a gateway client: Meta offers no such list, and this library has no store, so that on a cloud client this
     * is `unsupported`.
     */
    @Throws(WamidException::class)
    public suspend fun chats(): List<Conversation>

    /**
     * Sends many messages, some at a time, and answers for each in the order of the list: one failure is that message's
     * alone.
     *
     * [concurrency] is how many are under way at once, at least 1 (64 where absent). [progress] is told how far they have
     * come, as the counts change, at most ten times a second, and once at the end: on a thread of the library's, where it may
     * take its time; what it throws stops nothing. After cancelling nothing more goes out, and what is known is
     * in the [SendManyCancelled] that it ends with. Fails with `invalid_input` where [concurrency] is not sound.
     */
    @Throws(WamidException::class)
    public suspend fun sendMany(
        sends: List<Message>,
        concurrency: Long? = null,
        progress: ProgressListener? = null,
    ): List<Outcome>

    /**
     * Sends each message as it comes, some at a time, and tells each outcome with the index of its message as it ends, in no
     * certain order: for more messages than a list should hold, or that come one by one.
     *
     * [concurrency] is how many have been taken from [sends] and are not told yet, at most; at least 1 (64 where absent). So a
     * slow collector slows [sends]; no send that is under way is slowed by it. Nothing begins before the flow is collected.
     * Cancelling that sends nothing more. Where [sends] fails, what is under way is told before its error.
     *
     * ```
     * client.sendEach(rows.map { Message(it.phone, Text(it.text)) }).collect { (index, outcome) -> … }
     * ```
     */
    public fun sendEach(sends: Flow<Message>, concurrency: Long? = null): Flow<IndexedValue<Outcome>> =
        each(sends, concurrency)

    /**
     * Checks a webhook's signature, and returns what it tells.
     *
     * [body] is the request's body to the byte, [signature] its `X-Hub-Signature-256` header. Only on a cloud client with
     * an `appSecret`. Fails with `invalid_input` naming `signature` (answer 401) or `body` (answer 400).
     */
    @Throws(WamidException::class)
    public suspend fun receiveWebhook(body: ByteArray, signature: String): List<Event>
}

/**
 * A client of one host: Meta's Cloud API, or a messaging gateway.
 *
 * Make one for each host and keep it: a new client opens new connections. It may be used from many threads at once.
 * Cancelling a coroutine that waits for an operation stops its request; a message that had been written by then may have
 * gone out.
 */
public class Client private constructor(private val client: NumberedClient) :
    AutoCloseable, ClientInterface, Operations by AskedOperations(client) {
    private constructor(native: NativeClient) : this(NumberedClient(native))

    override suspend fun send(message: Message): Receipt {
        val send = message.crossing()
        val arguments = ByteBuffer.allocate(Math.toIntExact(FfiConverterTypeSend.allocationSize(send).toLong()))
        FfiConverterTypeSend.write(send, arguments)
        return Calls.answer(
            client, true,
            { number, call -> Crossing.send(number, call, arguments) },
            FfiConverterTypeReceipt::read,
            Calls::unheard,
        )
    }

    override suspend fun chats(): List<Conversation> =
        Calls.answer(client, false, Crossing::chats, FfiConverterSequenceTypeConversation::read)

    override suspend fun sendMany(
        sends: List<Message>,
        concurrency: Long?,
        progress: ProgressListener?,
    ): List<Outcome> {
        val telling = progress?.let { Telling(it::progress) }
        val ended = try {
            many(sends, concurrency, telling?.let { ProgressListener(it::put) })
        } finally {
            telling?.end()
        }
        try {
            coroutineContext.ensureActive()
        } catch (cancelled: CancellationException) {
            throw SendManyCancelled.of(cancelled, ended)
        }
        return ended.outcomes.map { checkNotNull(it) { "an outcome is missing, though nothing stopped the sends" } }
    }

    override suspend fun receiveWebhook(body: ByteArray, signature: String): List<Event> {
        val size = FfiConverterByteArray.allocationSize(body) + FfiConverterTypeString.allocationSize(signature)
        val arguments = ByteBuffer.allocate(Math.toIntExact(size.toLong()))
        FfiConverterByteArray.write(body, arguments)
        FfiConverterTypeString.write(signature, arguments)
        return Calls.answer(
            client, false,
            { number, call -> Crossing.receiveWebhook(number, call, arguments) },
            FfiConverterSequenceTypeEvent::read,
        )
    }

    /** Closes it. Calls under way go on; others fail with `invalid_input`, naming `client`. */
    override fun close(): Unit = client.close()

    private suspend fun many(sends: List<Message>, concurrency: Long?, progress: ProgressListener?): ManyOutcomes {
        val crossing = sends.map(Message::crossing)
        val size = FfiConverterSequenceTypeSend.allocationSize(crossing) +
            FfiConverterOptionalLong.allocationSize(concurrency) +
            FfiConverterOptionalTypeProgressListener.allocationSize(progress)
        val arguments = ByteBuffer.allocate(Math.toIntExact(size.toLong()))
        FfiConverterSequenceTypeSend.write(crossing, arguments)
        FfiConverterOptionalLong.write(concurrency, arguments)
        FfiConverterOptionalTypeProgressListener.write(progress, arguments)
        return Calls.stoppable(client, { number, call -> Crossing.sendMany(number, call, arguments) }, FfiConverterTypeManyOutcomes::read)
    }

    public companion object {
        /**
         * A client of Meta's Cloud API, for servers that hold Meta's token; never put one into an app.
         *
         * [accessToken] is a token with the `whatsapp_business_messaging` permission; [phoneNumberId] is Meta's id of the
         * business number (not the number itself). Fails with `invalid_input` naming the argument or option that breaks a
         * rule. Nothing is connected yet.
         */
        @Throws(WamidException::class)
        public fun cloud(accessToken: String, phoneNumberId: String, options: ClientOptions? = null): Client =
            Client(NativeClient.cloud(accessToken, phoneNumberId, options))

        /**
         * A client of a messaging gateway (`wamid serve`, or a Django project with django-meta-whatsapp).
         *
         * [baseUrl] is where the messaging API is mounted, such as `https://example.com/whatsapp`; [apiKey] is a key that
         * the gateway has given out. Fails with `invalid_input` naming the argument or option that breaks a rule. Nothing
         * is connected yet.
         */
        @Throws(WamidException::class)
        public fun gateway(baseUrl: String, apiKey: String, options: ClientOptions? = null): Client =
            Client(NativeClient.gateway(baseUrl, apiKey, options))

        /**
         * The client that the environment describes: `WAMID_ACCESS_TOKEN` and `WAMID_PHONE_NUMBER_ID` (with
         * `WAMID_APP_SECRET`, `WAMID_BUSINESS_ACCOUNT_ID`, `WAMID_APP_ID`, `WAMID_GRAPH_URL`), or `WAMID_GATEWAY_URL` and `WAMID_API_KEY`.
         *
         * Fails with `invalid_input` where variables are missing, wrong, or name both hosts.
         */
        @Throws(WamidException::class)
        public fun fromEnv(): Client = Client(NativeClient.fromEnv())
    }
}
