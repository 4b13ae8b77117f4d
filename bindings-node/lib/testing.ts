import { unwrap } from './answers';
import type { ClientOptions, CloudOptions } from './arguments';
import { call, type Owner } from './calls';
import { Client } from './client';
import { callSite } from './errors';
import { type NativeSandbox, native } from './native';
import type { Json } from './parameters';
import { Phone } from './phone';
import { arrived } from './results';
import { json, known, refused, wire } from './wire';

export { type NextMessageOptions, Phone, type PhoneMessage } from './phone';

/** How to start a sandbox; what is absent suits most tests. */
export interface SandboxOptions {
  /** The port on 127.0.0.1. Default: a free one. */
  port?: number | undefined;
  /** The token a caller must send. Default `sandbox-token`. */
  accessToken?: string | undefined;
  /** The sending number's id. Default `106540352242922`. */
  phoneNumberId?: string | undefined;
  /** What webhooks are signed with. Default `sandbox-app-secret`. */
  appSecret?: string | undefined;
  /**
   * Templates beyond `hello_world`, `order_update` and `appointment_reminder`, as `NAME:HEADER:BODY`: the name, the number
   * of header and of body parameters.
   */
  templates?: readonly string[] | undefined;
  /** Where delivery reports and inbound messages go: plain HTTP on loopback. Default: nowhere. */
  webhookUrl?: string | undefined;
  /**
   * What ids and tokens are made from, a whole number: with the same seed they are the same in every run, as long as the same is done in
   * the same order. Default: they are new in every run.
   */
  seed?: number | undefined;
  /** What time it is for the first message or act; each further one is a second later. Default: the machine's clock. */
  clock?: Date | undefined;
}

/** Whose phone it is. */
export interface PhoneOptions {
  /** The customer's profile name. */
  name?: string | undefined;
}

/** A message that arrived at a sandbox. */
export interface SandboxMessage {
  /** What the answer named, or would have named. */
  id: string;
  /** When it arrived. */
  time: Date;
  /** The recipient as the request wrote it. */
  to: string;
  /** `text`, `location`, `template` … as the request wrote it. */
  type: string;
  /** The whole request body. */
  body: { [key: string]: Json };
  /** What became of it: taken, taken without the caller's getting to know it, or refused. */
  outcome: 'accepted' | 'accepted_unanswered' | { refused: { status: number; code: number | null } };
}

/** A phone number that makes a sandbox answer in a chosen way. */
export interface MagicRecipient {
  /** The phone number, as digits. */
  recipient: string;
  /** What `failNext` calls it: a Graph code or a name. */
  name: string;
  /** What happens to a message sent to it. */
  what: string;
}

/**
 * A server on loopback that plays Meta's Graph API, in this process: for tests of what you build on the SDK. It checks what
 * Meta checks and answers what Meta answers. Nothing it takes reaches anyone.
 *
 * ```ts
 * import { Sandbox } from 'wamid/testing';
 *
 * const sandbox = await Sandbox.start();
 * const client = sandbox.client();
 * await client.sendMessage({ phone: '919876543210', message: 'Hello' });
 * console.log(sandbox.messages()[0]?.to); // +919876543210
 * await sandbox.stop();
 * ```
 *
 * `phone` is a customer's phone: it writes to your program and shows what your program answers, so that a whole conversation with a bot
 * is a test. `phonePage` shows the same in a browser.
 */
export class Sandbox {
  /** The base URL, in place of `https://graph.facebook.com`. */
  readonly url: string;
  /** The address of the page that shows the customers' phones, for a browser on this machine. */
  readonly phonePage: string;
  /** The token callers must send. */
  readonly accessToken: string;
  /** The id of the one number it sends from. */
  readonly phoneNumberId: string;
  /** The id of the business account, which owns the templates. */
  readonly businessAccountId: string;
  /** The id of the app, which takes pictures of profiles. */
  readonly appId: string;
  /** The secret its webhooks are signed with. */
  readonly appSecret: string;
  readonly #native: NativeSandbox;
  readonly #owner: Owner = { underWay: 0, idle: undefined };

  private constructor(started: NativeSandbox) {
    this.#native = started;
    const about = unwrap<Record<string, string>>(JSON.parse(started.describe()), {});
    this.url = about.url ?? '';
    this.phonePage = about.phone_page ?? '';
    this.accessToken = about.access_token ?? '';
    this.phoneNumberId = about.phone_number_id ?? '';
    this.businessAccountId = about.business_account_id ?? '';
    this.appId = about.app_id ?? '';
    this.appSecret = about.app_secret ?? '';
  }

  /**
   * Starts one.
   *
   * @throws InvalidInputError where an option cannot work or the port is taken.
   */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const site = callSite(Sandbox.start);
    // JSON would make null of a time that is none.
    if (Number.isNaN(options.clock?.getTime?.())) throw refused('clock', 'must be a time', site);
    const started = native().startSandbox(json(wire(options), site));
    if (typeof started === 'string') return unwrap(JSON.parse(started), site);
    return new Sandbox(started);
  }

  /** The phone numbers that play failures. Every other number is an ordinary one. */
  static magicRecipients(): MagicRecipient[] {
    return unwrap(JSON.parse(native().sandboxMagicRecipients()), {});
  }

  /** A client of this sandbox, with its token, number and app secret. */
  client(options: ClientOptions & CloudOptions = {}): Client {
    const { url: graphUrl, accessToken, phoneNumberId, businessAccountId, appId, appSecret } = this;
    return Client.cloud({ accessToken, phoneNumberId, businessAccountId, appId, appSecret, graphUrl, ...options });
  }

  /** What arrived, oldest first: the last 10,000, refused ones too. */
  messages(): SandboxMessage[] {
    return arrived(this.#act(this.messages, () => this.#native.messages())) as unknown as SandboxMessage[];
  }

  /** Forgets what arrived, armed failures, and how often a magic recipient has failed already. */
  clear(): void {
    this.#act(this.clear, () => this.#native.clear());
  }

  /** Answers the next `times` well-formed messages with a failure: a Graph code, or a name of `magicRecipients()`. */
  failNext(failure: number | string, times = 1): void {
    this.#act(this.failNext, () => this.#native.failNext(String(failure), times));
  }

  /** Reports deliveries and inbound messages to this URL, plain HTTP on loopback; null: nowhere any more. */
  setWebhook(url: string | null): void {
    this.#act(this.setWebhook, () => this.#native.setWebhook(url));
  }

  /**
   * The phone of a customer: the number with its country code, in any spelling, or a user id. What it does reaches the webhook that is
   * set. All phones of a number are one; a number that is none fails at the first act. `name` becomes the customer's profile name.
   */
  phone(number: string, options: PhoneOptions = {}): Phone {
    const site = callSite(this.phone);
    const phone = this.#native.phone(number, known(options, ['name'], site).name);
    return typeof phone === 'string' ? unwrap(JSON.parse(phone), site) : new Phone(phone, this.#owner);
  }

  /** Stops it: afterwards the port is free and every connection closed. */
  stop(): Promise<void> {
    return call<null, void>({
      site: callSite(this.stop),
      owner: this.#owner,
      options: undefined,
      begin: (calls, id) => this.#native.stop(calls, id),
      read: () => undefined,
    });
  }

  /** As `stop`, for `await using sandbox = …`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #act<T>(above: (...args: never[]) => unknown, act: () => string): T {
    return unwrap(JSON.parse(act()), callSite(above));
  }
}
