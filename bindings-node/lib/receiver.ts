import type { IncomingMessage, ServerResponse } from 'node:http';
import { unwrap } from './answers';
import { call, type Owner } from './calls';
import { type Client, openedOf } from './client';
import { type CallSite, callSite } from './errors';
import { type EventTexts, events } from './event-reader';
import type { WebhookEvent } from './events';
import { type NativeDelivery, type NativeReceiver, native } from './native';
import { json, known, refused, wire } from './wire';

/** Takes an event; where it throws, or its promise is rejected, the event is handed over again when Meta delivers it again. */
export type EventHandler = (event: WebhookEvent) => unknown;

/** How webhooks are received; what is absent suits most servers. */
export interface WebhookOptions {
  /**
   * What webhooks are signed with. Default: the client's own `appSecret`. A gateway that passes events on has a secret for it; the client
   * may then be one of that gateway.
   */
  appSecret?: string | undefined;
  /** The token of Meta's handshake. Default: the environment's `WAMID_VERIFY_TOKEN`. */
  verifyToken?: string | undefined;
  /** Milliseconds after which Meta is answered although the handler is not done, which then runs on. Default 10,000. */
  answerWithinMs?: number | undefined;
  /**
   * Where the platform stops a function that has answered: what keeps it alive until the handler is done, such as `after` of
   * `next/server`.
   */
  waitUntil?: ((work: Promise<void>) => void) | undefined;
  /** Is told of each failure of the handler. Default: `console.error`. */
  onError?: ((error: unknown, event: WebhookEvent) => unknown) | undefined;
}

/** What receives webhooks: itself for `node:http` and Express, its `fetch` for Hono, Next, Bun and Deno. */
export interface WebhookHandler {
  /** Receives a request of `node:http`, of Express, or of an API route of Next. */
  (request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Receives a request of the web's own form. It may be handed around without the handler. */
  fetch: (request: Request) => Promise<Response>;
}

const OPTIONS = ['appSecret', 'verifyToken', 'answerWithinMs', 'waitUntil', 'onError'] as const;

/** The header that the body's signature is in. */
const SIGNATURE = 'x-hub-signature-256';

interface Answer {
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

/**
 * Receives webhooks: answers Meta's handshake, checks each webhook, and calls `handler` with its events one by one, those of one
 * sender in their order.
 *
 * An event is handed over until the handler has succeeded once. Where it throws, that is told to `console.error`, Meta gets 500 and
 * delivers the webhook again, and only that event is handed over again. Which were handled is in the client's `store`; without one the
 * last 10,000 are remembered in memory.
 *
 * ```ts
 * import { Client, webhookHandler } from 'wamid';
 *
 * const client = Client.fromEnv();
 * const webhook = webhookHandler(client, async (event) => {
 *   if (event.event === 'message' && event.address) {
 *     await client.sendMessage({ phone: event.address, message: 'Thank you!', replyTo: event.id });
 *   }
 * }, { verifyToken: 'VERIFY-TOKEN' });
 * // Express, before express.json(): app.all('/webhook', webhook);
 * // Hono: app.all('/webhook', (c) => webhook.fetch(c.req.raw));
 * // Next, in app/webhook/route.ts: export const GET = webhook.fetch, POST = webhook.fetch;
 * // Bun: Bun.serve({ fetch: webhook.fetch }); Deno: Deno.serve(webhook.fetch);
 * ```
 *
 * @throws UnsupportedError where there is no `appSecret`; InvalidInputError naming the option at fault.
 */
export function webhookHandler(client: Client, handler: EventHandler, options: WebhookOptions = {}): WebhookHandler {
  const receiver = new Receiver(client, handler, options, callSite(webhookHandler));
  const handle = (request: IncomingMessage, response: ServerResponse) => receiver.serve(request, response);
  return Object.assign(handle, { fetch: (request: Request) => receiver.fetch(request) });
}

class Receiver {
  readonly #native: NativeReceiver;
  readonly #owner: Owner;
  readonly #handler: EventHandler;
  readonly #waitUntil: WebhookOptions['waitUntil'];
  readonly #onError: NonNullable<WebhookOptions['onError']>;

  constructor(client: Client, handler: EventHandler, options: WebhookOptions, site: CallSite) {
    const opened = typeof client === 'object' && client !== null ? openedOf(client) : undefined;
    if (opened === undefined) throw refused('client', 'must be a Client', site);
    if (typeof handler !== 'function') throw refused('handler', 'must be a function that takes an event', site);
    const { waitUntil, onError, appSecret, verifyToken, answerWithinMs } = known(options, OPTIONS, site);
    for (const [name, given] of Object.entries({ wait_until: waitUntil, on_error: onError })) {
      if (given !== undefined && typeof given !== 'function') throw refused(name, 'must be a function', site);
    }
    // The environment as JavaScript sees it: worker threads and test runners have their own.
    const token = verifyToken ?? process.env.WAMID_VERIFY_TOKEN ?? '';
    const made = opened.native.receiver(json(wire({ appSecret, verifyToken: token, answerWithinMs }), site));
    if (typeof made === 'string') throw thrown(() => unwrap(JSON.parse(made), site));
    this.#native = made;
    this.#owner = opened.owner;
    this.#handler = handler;
    this.#waitUntil = waitUntil;
    this.#onError = onError ?? tell;
  }

  /** A request of `node:http`. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answered(request.method ?? '', queryOf(request.url ?? ''), async () => {
      const signature = request.headers[SIGNATURE];
      const length = request.headers['content-length'];
      return { body: isTooLarge(length) ? 'too large' : await bodyOf(request), signature: [signature].flat()[0] };
    });
    if (response.headersSent || response.destroyed) return;
    response.statusCode = answer.status;
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    response.end(answer.body);
  }

  /** A request of the web's own form. */
  async fetch(request: Request): Promise<Response> {
    const answer = await this.#answered(request.method, queryOf(request.url), async () => {
      const signature = request.headers.get(SIGNATURE) ?? undefined;
      const length = request.headers.get('content-length') ?? undefined;
      return { body: isTooLarge(length) ? 'too large' : await bodyOfFetch(request), signature };
    });
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  }

  async #answered(
    method: string,
    query: string,
    read: () => Promise<{ body: Read; signature: string | undefined }>,
  ): Promise<Answer> {
    try {
      const answer = unwrap<Answer | null>(JSON.parse(this.#native.answerTo(method, query)), {});
      if (answer !== null) return answer;
      const { body, signature } = await read();
      if (body === 'too large') return unwrap(JSON.parse(native().webhookTooLarge()), {});
      if (body === 'read before') {
        console.error(`wamid: ${READ_BEFORE}`);
        return failed(READ_BEFORE);
      }
      return await this.#delivered(body, signature ?? '');
    } catch (error) {
      console.error('wamid: a webhook was not handled:', error);
      return failed('the webhook was not handled: deliver this again');
    }
  }

  /** Hands over what a body tells, and answers when that is done, or the time is over. */
  async #delivered(body: Uint8Array, signature: string): Promise<Answer> {
    const delivery = this.#native.delivery(body, signature);
    if (typeof delivery === 'string') return unwrap(JSON.parse(delivery), {});
    const work = this.#handOver(delivery);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<'over'>((resolve) => {
      timer = setTimeout(resolve, this.#native.answerWithin(), 'over');
    });
    try {
      if ((await Promise.race([work, over])) === 'over') {
        const done = work.catch((error) => console.error('wamid: a webhook was not handled:', error));
        this.#waitUntil?.(done);
      }
    } finally {
      clearTimeout(timer);
    }
    const answer = unwrap<Answer | null>(JSON.parse(delivery.answer()), {});
    return answer ?? failed('the webhook was not handled: deliver this again');
  }

  async #handOver(delivery: NativeDelivery): Promise<void> {
    for (let handled: boolean | undefined; ; ) {
      const event = await this.#next(delivery, handled);
      if (event === undefined) return;
      try {
        await this.#handler(event);
        handled = true;
      } catch (error) {
        handled = false;
        try {
          await this.#onError(error, event);
        } catch (failure) {
          console.error('wamid: onError itself failed:', failure);
        }
      }
    }
  }

  #next(delivery: NativeDelivery, handled: boolean | undefined): Promise<WebhookEvent | undefined> {
    return call<EventTexts | null, WebhookEvent | undefined>({
      site: {},
      owner: this.#owner,
      options: undefined,
      begin: (calls, id) => delivery.next(calls, id, handled),
      read: (texts) => (texts === null ? undefined : events(texts)[0]),
    });
  }
}

/** What came of reading a body. */
type Read = Uint8Array | 'too large' | 'read before';

const READ_BEFORE =
  'the body was read before webhookHandler, so its signature cannot be checked. In Express mount webhookHandler before ' +
  "express.json(), or let app.use('/webhook', express.raw({ type: '*/*' })) stand before that; in an API route of Next turn bodyParser off.";

function failed(body: string): Answer {
  return { status: 500, headers: [['content-type', 'text/plain; charset=utf-8']], body };
}

/**
 * Tells of a handler's failure: the event by its type and the end of its id, nothing of what it says. The whole id of a message holds
 * the customer's number, in base64.
 */
function tell(error: unknown, event: WebhookEvent): void {
  const whole = 'id' in event ? event.id : 'field' in event ? event.field : '';
  const name = whole.length > 12 ? `\u2026${whole.slice(-8)}` : whole;
  console.error(`wamid: the handler of ${event.event} ${name} failed; Meta delivers it again:`, error);
}

/** What a function throws. */
function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : (url.slice(at + 1).split('#')[0] ?? '');
}

function isTooLarge(length: string | undefined): boolean {
  return length !== undefined && Number(length) > native().webhookLargestBody();
}

/** The body of a request of `node:http`: what a framework has kept of its bytes, else as it comes. */
function bodyOf(request: IncomingMessage): Promise<Read> | Read {
  const { rawBody, body } = request as { rawBody?: unknown; body?: unknown };
  for (const kept of [rawBody, body]) {
    // Not by `instanceof`: test runners have more than one of each class.
    if (ArrayBuffer.isView(kept)) return limited(new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength));
    if (typeof kept === 'string') return limited(Buffer.from(kept, 'utf8'));
  }
  if (request.readableDidRead || request.readableEnded) return 'read before';
  return new Promise((resolve, reject) => {
    const pieces: Uint8Array[] = [];
    let size = 0;
    const end = (read: Read) => {
      request.off('data', data).off('end', whole).off('error', reject).off('close', gone);
      resolve(read);
    };
    const data = (piece: Uint8Array) => {
      pieces.push(piece);
      size += piece.byteLength;
      // What is left of it Node throws away, once it was answered.
      if (size > native().webhookLargestBody()) end('too large');
    };
    const whole = () => end(Buffer.concat(pieces));
    const gone = () => reject(new Error('the caller has gone before its body was whole'));
    request.on('data', data).on('end', whole).on('error', reject).on('close', gone);
  });
}

/** The same of a request of the web's own form. */
async function bodyOfFetch(request: Request): Promise<Read> {
  if (request.bodyUsed) return 'read before';
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(pieces);
    pieces.push(value);
    size += value.byteLength;
    if (size > native().webhookLargestBody()) {
      await reader.cancel();
      return 'too large';
    }
  }
}

function limited(body: Uint8Array): Read {
  return body.byteLength > native().webhookLargestBody() ? 'too large' : body;
}
