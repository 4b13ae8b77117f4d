import type { Send } from './arguments';
import type { CallOptions } from './calls';
import type { Client } from './client';
import type { Content } from './contents';
import type { MessageEvent } from './events';
import type { MarkReadArguments } from './operations';
import type { Receipt } from './results';

/** What a reply takes beside its content. */
export type ReplyOptions = Omit<Send, 'phone' | 'content' | 'replyTo'>;

/**
 * Answers a customer's message: sends the content to its `address`, whether that is a number or a user id, and quotes the message.
 *
 * ```ts
 * import { Client, reply, webhookHandler } from 'wamid';
 *
 * const client = Client.fromEnv();
 * const webhook = webhookHandler(client, async (event) => {
 *   if (event.event === 'message') await reply(client, event, { type: 'text', message: 'Thank you' });
 * });
 * ```
 *
 * @throws WamidError of every kind; ask it `maybeSent` and `retryable`. A group's message has no address: that is an InvalidInputError naming
 * `phone`.
 */
export function reply(
  client: Client,
  event: MessageEvent,
  content: Content,
  options: ReplyOptions = {},
  call?: CallOptions,
): Promise<Receipt> {
  return client.send({ ...options, phone: event.address ?? '', content, replyTo: event.id }, call);
}

/**
 * Marks a customer's message as read, and with `typing` shows that an answer is being written.
 *
 * @throws WamidError of every kind; ask it `retryable`.
 */
export function markRead(
  client: Client,
  event: MessageEvent,
  options: Omit<MarkReadArguments, 'messageId'> = {},
  call?: CallOptions,
): Promise<void> {
  return client.markRead({ ...options, messageId: event.id }, call);
}
