import { failureOf } from './answers';
import type {
  ClientOptions,
  Cloud,
  CloudOptions,
  Gateway,
  LocationMessage,
  Send,
  TemplateMessage,
  TextMessage,
} from './arguments';
import { asker, transferrer } from './asked';
import { holdsBlob, withBytes } from './blobs';
import { type CallOptions, call, type Owner } from './calls';
import { type SendEachOptions, sendEach } from './each';
import { type CallSite, callSite, type Outcomes, type SendResult } from './errors';
import { events } from './event-reader';
import type { WebhookEvent } from './events';
import { aborted, notBegun, outcomes, reporting, type SendManyOptions, written } from './many';
import { Operations } from './methods';
import { type Calls, type NativeClient, native } from './native';
import { type Conversation, conversations, type Receipt } from './results';
import { checked } from './signals';
import { type Body, bytes, json, kindOf, known, messageJson, optionsJson, refused, sendJson, wire } from './wire';

/** What `sendMany` takes beside the sends. */
const MANY_OPTIONS = ['signal', 'concurrency', 'progress'] as const;

/** What `sendEach` takes beside them. */
const EACH_OPTIONS = ['signal', 'concurrency'] as const;

/** What stands behind a client, for the modules here; undefined where it is none. */
export let openedOf: (client: object) => { native: NativeClient; owner: Owner } | undefined;

/**
 * A client of one host: Meta's Cloud API, or a messaging gateway.
 *
 * Make one for each host and keep it: a new client opens new connections. Calls keep the process alive until they end; an
 * idle client does not.
 *
 * ```ts
 * const client = Client.cloud({ accessToken: 'ACCESS-TOKEN', phoneNumberId: '106540352242922' });
 * const { id } = await client.sendMessage({ phone: '+91 98765-43210', message: 'Hello' });
 * ```
 */
export class Client extends Operations {
  readonly #native: NativeClient;
  readonly #owner: Owner;

  static {
    openedOf = (client) => (#native in client ? { native: client.#native, owner: client.#owner } : undefined);
  }

  private constructor(opened: NativeClient | string, site: CallSite) {
    // JavaScript knows no private constructors.
    if (site === undefined) {
      throw new TypeError(
        'a client is made by Client.cloud({ ... }), Client.gateway({ ... }) or Client.fromEnv(), not by new',
      );
    }
    if (typeof opened === 'string') throw failureOf(JSON.parse(opened), site);
    const owner: Owner = { underWay: 0, idle: undefined };
    super(asker(opened, owner), transferrer(opened, owner));
    this.#native = opened;
    this.#owner = owner;
  }

  /**
   * A client of Meta's Cloud API. Nothing is connected yet.
   *
   * ```ts
   * const client = Client.cloud({ accessToken: 'ACCESS-TOKEN', phoneNumberId: '106540352242922', maxRetries: 1 });
   * ```
   *
   * @throws InvalidInputError or UnsupportedError naming the argument or option at fault.
   */
  static cloud(cloud: Cloud): Client {
    const site = callSite(Client.cloud);
    return new Client(native().openCloud(optionsJson(cloud, site), process.env.WAMID_LOG), site);
  }

  /**
   * A client of a messaging gateway (`wamid serve`, or a Django project with django-meta-whatsapp). Nothing is connected
   * yet.
   *
   * ```ts
   * const client = Client.gateway({ baseUrl: 'https://example.com/whatsapp', apiKey: 'API-KEY', timeoutMs: 10_000 });
   * ```
   *
   * @throws InvalidInputError or UnsupportedError naming the argument or option at fault.
   */
  static gateway(gateway: Gateway): Client {
    const site = callSite(Client.gateway);
    return new Client(native().openGateway(optionsJson(gateway, site), process.env.WAMID_LOG), site);
  }

  /**
   * The client that the environment describes: `WAMID_ACCESS_TOKEN` and `WAMID_PHONE_NUMBER_ID` (with
   * `WAMID_APP_SECRET`, `WAMID_BUSINESS_ACCOUNT_ID`, `WAMID_APP_ID`, `WAMID_GRAPH_URL`, `WAMID_STORE`), or `WAMID_GATEWAY_URL` and
   * `WAMID_API_KEY`.
   *
   * @throws InvalidInputError where variables are missing, wrong, or name both hosts.
   */
  static fromEnv(options: ClientOptions & CloudOptions = {}): Client {
    const site = callSite(Client.fromEnv);
    // The environment as JavaScript sees it: worker threads and test runners have their own.
    const variables = Object.entries(process.env).filter(([name]) => name.startsWith('WAMID_'));
    const given = Object.fromEntries(variables) as Record<string, string>;
    return new Client(native().openClientFromEnv(given, optionsJson(options, site), process.env.WAMID_LOG), site);
  }

  /**
   * Sends a text message.
   *
   * ```ts
   * const { id } = await client.sendMessage({ phone: '919876543210', message: 'Your table is ready' });
   * ```
   *
   * @throws WamidError of every kind; ask it `maybeSent` and `retryable`.
   */
  sendMessage(message: TextMessage, options?: CallOptions): Promise<Receipt> {
    return this.#send('message', message, callSite(this.sendMessage), options);
  }

  /**
   * Sends a location pin.
   *
   * ```ts
   * await client.sendLocation({ phone: '919876543210', latitude: 28.6139, longitude: 77.209, name: 'Our Office' });
   * ```
   *
   * @throws WamidError of every kind; ask it `maybeSent` and `retryable`.
   */
  sendLocation(location: LocationMessage, options?: CallOptions): Promise<Receipt> {
    return this.#send('location', location, callSite(this.sendLocation), options);
  }

  /**
   * Sends a template message.
   *
   * ```ts
   * await client.sendTemplate({ phone: '919876543210', templateName: 'order_update', bodyParams: ['Asha', 'A-1042'] });
   * ```
   *
   * @throws WamidError of every kind; ask it `maybeSent` and `retryable`.
   */
  sendTemplate(template: TemplateMessage, options?: CallOptions): Promise<Receipt> {
    return this.#send('template', template, callSite(this.sendTemplate), options);
  }

  /**
   * Sends a message of any kind.
   *
   * ```ts
   * await client.send({ phone: '919876543210', content: { type: 'text', message: 'Your table is ready' }, replyTo: 'wamid.X' });
   * ```
   *
   * @throws WamidError of every kind; ask it `maybeSent` and `retryable`.
   */
  send(message: Send, options?: CallOptions): Promise<Receipt> {
    const site = callSite(this.send);
    const send = (message: Send) =>
      call<never, Receipt>({
        site,
        owner: this.#owner,
        options,
        begin: (calls, id) => this.#native.sendContent(calls, id, kindOf(message), messageJson(message, site)),
      });
    return holdsBlob(message) ? withBytes(message).then(send) : send(message);
  }

  /**
   * The 50 most recent conversations, the newest first. On a cloud client they come from its `store`.
   *
   * ```ts
   * for (const chat of await client.chats()) console.log(chat.phoneNumber, chat.unreadCount);
   * ```
   *
   * @throws UnsupportedError on a cloud client without a store; otherwise as the sends, but never with `maybeSent`.
   */
  chats(options?: CallOptions): Promise<Conversation[]> {
    return this.#call(callSite(this.chats), options, conversations, (client, calls, id) => client.chats(calls, id));
  }

  /**
   * Sends many messages, some at a time, and answers for each in the order of the list. One failure is that message's
   * alone. Aborting stops everything: nothing more goes out, and the error says what became of each.
   *
   * ```ts
   * const results = await client.sendMany([
   *   { phone: '919876543210', content: { type: 'text', message: 'On our way' } },
   *   { phone: '919876543210', content: { type: 'location', latitude: 28.6139, longitude: 77.209 }, reference: 'pin-1' },
   * ]);
   * for (const { receipt, error } of results) console.log(receipt?.id ?? error?.message);
   * ```
   *
   * @throws InvalidInputError naming `concurrency` where it is 0; SendManyAbortedError, which carries the outcomes, where the
   * signal stopped it. Everything else is the error of one message.
   */
  async sendMany(sends: Iterable<Send>, options: SendManyOptions = {}): Promise<SendResult[]> {
    const site = callSite(this.sendMany);
    const { signal: asked, progress, ...how } = known(options, MANY_OPTIONS, site);
    const signal = checked(asked, site);
    if (typeof sends?.[Symbol.iterator] !== 'function') throw refused('sends', 'must be a list of sends', site);
    if (progress !== undefined && typeof progress !== 'function') throw refused('progress', 'must be a function', site);
    const given = json({ ...wire(how), progress: progress !== undefined }, site);
    if (signal?.aborted) throw aborted(notBegun(sends, 0), signal.reason, site);
    const pieces = await written(sends, site, signal);
    const all = await call<never, Outcomes>({
      site,
      owner: this.#owner,
      options: { signal },
      begin: (calls, id) => this.#native.sendMany(calls, id, pieces, given),
      readBulk: (pieces) => outcomes(pieces, site),
      stopped: (known, reason) => aborted(known ?? notBegun(sends, 0), reason, site),
      progress: progress && reporting(progress),
    });
    // Only one that was stopped has sends without an outcome.
    return all as SendResult[];
  }

  /**
   * Sends many messages, some at a time, and yields `[index, outcome]` as each ends; the index counts from 0. `sends` may be
   * longer than memory, and it may be asynchronous: no more than `concurrency` are held, taken from it and not yielded yet. A slow
   * reader slows the reading of `sends`, never a send under way.
   *
   * Nothing begins before the first `next`. Leaving the loop stops everything: nothing more goes out. Aborting yields what is
   * known of the sends under way, then throws the signal's reason; what was not yielded was surely not sent. Where `sends`
   * throws, its error comes after the outcomes of the sends under way.
   *
   * ```ts
   * for await (const [index, { receipt, error }] of client.sendEach(sends, { concurrency: 16 })) {
   *   console.log(index, receipt?.id ?? error?.message);
   * }
   * ```
   *
   * @throws InvalidInputError naming `sends`, or `concurrency` where it is 0. Everything else is the error of one message.
   */
  sendEach(
    sends: Iterable<Send> | AsyncIterable<Send>,
    options: SendEachOptions = {},
  ): AsyncGenerator<[index: number, outcome: SendResult], void, undefined> {
    const site = callSite(this.sendEach);
    const { signal: asked, ...how } = known(options, EACH_OPTIONS, site);
    const signal = checked(asked, site);
    const given = json(wire(how), site);
    const begin = (calls: Calls, id: number) => this.#native.bulk(calls, id, given);
    return sendEach(sends, { site, owner: this.#owner, signal, begin });
  }

  /**
   * Checks a webhook's signature, records what it tells in the store where there is one, and returns its events.
   *
   * `body` is the request's body to the byte, `signature` its `X-Hub-Signature-256` header. The same webhook may come
   * again: that is harmless.
   *
   * ```ts
   * const handle = async (request: Request) => {
   *   const events = await client.receiveWebhook(await request.arrayBuffer(), request.headers.get('x-hub-signature-256'));
   *   for (const event of events) if (event.event === 'message') console.log(event.from, event.text);
   * };
   * ```
   *
   * @throws InvalidInputError naming `signature` (answer 401) or `body` (answer 400); StoreError where nothing could be
   * recorded (answer 500, and Meta sends it again); UnsupportedError on a client without an `appSecret`.
   */
  receiveWebhook(body: Body, signature: string | null | undefined, options?: CallOptions): Promise<WebhookEvent[]> {
    const site = callSite(this.receiveWebhook);
    return this.#call(site, options, events, (client, calls, id) => {
      client.receiveWebhook(calls, id, bytes(body, site), json(wire({ signature }), site));
    });
  }

  /** Waits for the calls under way, then lets connections and store go. A closed client takes no further calls. */
  async close(): Promise<void> {
    if (this.#owner.underWay > 0) {
      await new Promise<void>((idle) => {
        const before = this.#owner.idle;
        this.#owner.idle = () => {
          before?.();
          idle();
        };
      });
    }
    this.#native.close();
  }

  /** As `close`, for `await using client = …`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** What a console shows: the host and its address, nothing secret. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.#native.describe();
  }

  #send(kind: string, given: object, site: CallSite, options: CallOptions | undefined): Promise<Receipt> {
    const send = (given: object) =>
      call<never, Receipt>({
        site,
        owner: this.#owner,
        options,
        begin: (calls, id) => this.#native.send(calls, id, kind, sendJson(given, site)),
      });
    return kind === 'template' && holdsBlob(given) ? withBytes(given).then(send) : send(given);
  }

  #call<W, T>(
    site: CallSite,
    options: CallOptions | undefined,
    read: (ok: W) => T,
    begin: (client: NativeClient, calls: Calls, id: number) => void,
  ): Promise<T> {
    return call<W, T>({
      site,
      owner: this.#owner,
      options,
      begin: (calls, id) => begin(this.#native, calls, id),
      read,
    });
  }
}
