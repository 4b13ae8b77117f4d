// What receives webhooks fits where servers take a handler.
import { createServer } from 'node:http';
import { expectTypeOf } from 'expect-type';
import { Client, type EventHandler, type WebhookEvent, type WebhookHandler, webhookHandler } from 'wamid';

const client = Client.fromEnv();
const webhook = webhookHandler(client, async (event) => {
  expectTypeOf(event).toEqualTypeOf<WebhookEvent>();
  if (event.event === 'message') await client.markRead({ messageId: event.id });
});
expectTypeOf(webhook).toEqualTypeOf<WebhookHandler>();
createServer(webhook);
export const POST: (request: Request) => Promise<Response> = webhook.fetch;
export const plain: EventHandler = (event) => event.event;

// @ts-expect-error: an option that there is not
webhookHandler(client, () => {}, { token: 'x' });
// @ts-expect-error: the handler takes an event
webhookHandler(client, (text: string) => text);
