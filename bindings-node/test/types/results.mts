// What comes back, and that a `kind` or an `event` narrows it.
import { expectTypeOf } from 'expect-type';
import {
  type Client,
  type Conversation,
  type ErrorKind,
  type InvalidInputError,
  type Json,
  parseWebhook,
  type RateLimitError,
  type Receipt,
  type TemplateInfo,
  verifyWebhook,
  WamidError,
  type WebhookEvent,
} from 'wamid';
import { Sandbox } from 'wamid/testing';

declare const client: Client;

expectTypeOf(client.sendMessage).returns.resolves.toEqualTypeOf<Receipt>();
expectTypeOf(client.chats).returns.resolves.toEqualTypeOf<Conversation[]>();
expectTypeOf(client.markRead).returns.resolves.toBeVoid();
expectTypeOf(client.templates).returns.resolves.toEqualTypeOf<TemplateInfo[]>();
expectTypeOf<TemplateInfo['parameterFormat']>().toEqualTypeOf<string | undefined>();
expectTypeOf<TemplateInfo['components']>().toEqualTypeOf<Json>();
expectTypeOf<Receipt['waId']>().toEqualTypeOf<string | undefined>();
expectTypeOf<Receipt['raw']>().toEqualTypeOf<Json>();
expectTypeOf<Conversation['lastMessageAt']>().toEqualTypeOf<Date | undefined>();
expectTypeOf<Conversation['id']>().toBeNumber();
expectTypeOf(verifyWebhook).returns.toBeBoolean();
expectTypeOf(verifyWebhook).parameter(0).toEqualTypeOf<string | Uint8Array | ArrayBuffer>();
expectTypeOf(parseWebhook).returns.toEqualTypeOf<WebhookEvent[]>();
expectTypeOf(Sandbox.start).returns.resolves.toEqualTypeOf<Sandbox>();
expectTypeOf<Client>().toExtend<AsyncDisposable>();
expectTypeOf<Sandbox>().toExtend<AsyncDisposable>();

for (const event of parseWebhook('{}')) {
  switch (event.event) {
    case 'message':
      expectTypeOf(event.from).toEqualTypeOf<string | undefined>();
      expectTypeOf(event.timestamp).toEqualTypeOf<Date>();
      break;
    case 'echo':
      expectTypeOf(event.to).toEqualTypeOf<string | undefined>();
      expectTypeOf(event.edit?.media?.mimeType).toEqualTypeOf<string | undefined>();
      break;
    case 'status':
      expectTypeOf(event.errors[0]?.code).toEqualTypeOf<number | undefined>();
      break;
    case 'template':
      expectTypeOf(event.templateId).toEqualTypeOf<string>();
      break;
    case 'preference':
      expectTypeOf(event.address).toEqualTypeOf<string | undefined>();
      break;
    default:
      expectTypeOf(event.event).toEqualTypeOf<'other'>();
  }
}

for await (const [index, { receipt, error }] of client.sendEach([])) {
  index.toFixed();
  if (receipt) receipt.id.trim();
  else error.kind.trim();
}
for (const { receipt, error } of await client.sendMany([])) {
  if (error) {
    expectTypeOf(error).toEqualTypeOf<WamidError>();
    expectTypeOf(receipt).toEqualTypeOf<undefined>();
  } else {
    expectTypeOf(receipt).toEqualTypeOf<Receipt>();
  }
}

declare const caught: unknown;
if (caught instanceof WamidError) {
  expectTypeOf(caught.kind).toEqualTypeOf<ErrorKind>();
  expectTypeOf(caught.retryAfterMs).toEqualTypeOf<number | undefined>();
  expectTypeOf(caught.maybeSent).toBeBoolean();
  expectTypeOf(caught.cause).toBeUnknown();
}
declare const either: InvalidInputError | RateLimitError;
if (either.kind === 'invalid_input') expectTypeOf(either).toEqualTypeOf<InvalidInputError>();
else expectTypeOf(either).toEqualTypeOf<RateLimitError>();
