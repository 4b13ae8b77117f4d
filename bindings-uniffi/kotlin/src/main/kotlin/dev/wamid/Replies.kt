@file:JvmName("Replies")

package dev.wamid

/**
 * Answers it: sends [content] to its `address`, whether that is a number or a user id, and quotes it.
 *
 * The other arguments are those of [ClientInterface.send]. A group's message has no address: that is an `invalid_input` that names `phone`.
 *
 * ```
 * for (event in client.receiveWebhook(body, signature)) {
 *     if (event is Event.Message) event.message.reply(client, Text("Thank you"))
 * }
 * ```
 */
@Throws(WamidException::class)
public suspend fun MessageEvent.reply(
    client: ClientInterface,
    content: Content,
    accountId: Long? = null,
    reference: String? = null,
    idempotencyKey: String? = null,
    extra: String? = null,
): Receipt = client.send(
    address.orEmpty(), content, accountId = accountId, replyTo = id, reference = reference, idempotencyKey = idempotencyKey,
    extra = extra,
)

/** Marks it as read; with [typing] the customer sees that an answer is being written. */
@Throws(WamidException::class)
public suspend fun MessageEvent.markRead(client: Operations, typing: Boolean? = null): Unit = client.markRead(id, typing)
