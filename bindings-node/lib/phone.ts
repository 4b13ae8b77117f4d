import { unwrap } from './answers';
import { type CallOptions, call, type Owner } from './calls';
import { callSite } from './errors';
import type { NativePhone } from './native';
import type { Json } from './parameters';
import { json, known, wire } from './wire';

/** A message as a customer's phone shows it. */
export interface PhoneMessage {
  /** The message id. */
  id: string;
  /** Who wrote it. */
  side: 'business' | 'customer';
  /** When it arrived. */
  time: Date;
  /** Meta's type: `text`, `interactive`, `template` … */
  type: string;
  /** Its text: of a template the body with the parameters filled in, of a picture the caption; empty where it has none. */
  text: string;
  /** The titles of what can be pressed: reply buttons, rows of a list, quick replies of a template. */
  buttons: string[];
  /**
   * How far it has come: `refused`, `accepted`, `sent`, `delivered`, `read` or `failed`; of the customer's own `received` once a receiver
   * took the webhook, before that `waiting`, `no_webhook` where no webhook is set, `undelivered` where it was given up.
   */
  status: string;
  /** The emoji that the other side put on it. */
  reaction?: string;
  /** Meta's code, where it was refused or failed. */
  errorCode?: number;
  /** Of the business: the request body. Of the customer: the message object of the webhook. */
  body: { [key: string]: Json };
}

/** How to wait for a message. */
export interface NextMessageOptions extends CallOptions {
  /** Milliseconds after which waiting ends. Default 5,000. */
  timeoutMs?: number | undefined;
}

const WAITING = ['timeoutMs', 'signal'] as const;

/**
 * The phone of one customer of a sandbox, which `sandbox.phone(number)` gives. What it does reaches the business as a signed webhook.
 *
 * Each act returns the id of the message that it sends. It throws an InvalidInputError where it is not possible, or where no webhook is
 * set, since nobody would learn of it.
 *
 * ```ts
 * import { Sandbox } from 'wamid/testing';
 *
 * const sandbox = await Sandbox.start({ webhookUrl: 'http://127.0.0.1:3000/webhook' });
 * const ada = sandbox.phone('+1 650 555 1234', { name: 'Ada' });
 * ada.text('Good morning');
 * console.log((await ada.nextMessage()).buttons); // ['The Guide', 'Malgudi Days']
 * ada.press('Malgudi Days');
 * console.log((await ada.nextMessage()).text); // Malgudi Days is 399 rupees.
 * ```
 */
export class Phone {
  readonly #native: NativePhone;
  readonly #owner: Owner;

  /** @internal */
  constructor(native: NativePhone, owner: Owner) {
    this.#native = native;
    this.#owner = owner;
  }

  /** Writes a text. */
  text(text: string): string {
    return this.#act(this.text, (phone) => phone.text(text));
  }

  /** Writes a text that quotes a message of the chat. */
  reply(messageId: string, text: string): string {
    return this.#act(this.reply, (phone) => phone.reply(messageId, text));
  }

  /**
   * Presses the reply button, quick-reply button of a template, or row of a list with this title, of the newest message that has
   * one.
   */
  press(title: string): string {
    return this.#act(this.press, (phone) => phone.press(title));
  }

  /** Reacts to the newest message of the business; an empty emoji takes the reaction back. */
  react(emoji: string): string {
    return this.#act(this.react, (phone) => phone.react(emoji));
  }

  /** Reacts to a message of the chat; an empty emoji takes the reaction back. */
  reactTo(messageId: string, emoji: string): string {
    return this.#act(this.reactTo, (phone) => phone.reactTo(messageId, emoji));
  }

  /**
   * Sends a file, which a client can fetch by the id in the webhook. A picture, video or sound comes as such, an `image/webp` as a
   * sticker, all else as a document.
   */
  sendFile(mimeType: string, data: Uint8Array, { caption }: { caption?: string | undefined } = {}): string {
    return this.#act(this.sendFile, (phone) => phone.sendFile(mimeType, data, caption));
  }

  /** Sends a location, with its name and address where given. */
  sendLocation(
    latitude: number,
    longitude: number,
    { name, address }: { name?: string | undefined; address?: string | undefined } = {},
  ): string {
    return this.#act(this.sendLocation, (phone) => phone.sendLocation(latitude, longitude, name, address));
  }

  /** Sends a contact card. */
  sendContact(name: string, phone: string): string {
    return this.#act(this.sendContact, (own) => own.sendContact(name, phone));
  }

  /**
   * Fills in and sends the form of the newest message with a Flow. The business gets these answers and the message's `flow_token`.
   */
  fillFlow(answers: { [key: string]: Json }): string {
    return this.#act(this.fillFlow, (phone) => phone.fillFlow(JSON.stringify(answers) ?? 'null'));
  }

  /** Orders from the newest message with products: so many of each, by the id that the shop gives it. */
  order(items: readonly (readonly [productRetailerId: string, quantity: number])[]): string {
    return this.#act(this.order, (phone) => phone.order(JSON.stringify(items) ?? 'null'));
  }

  /** Writes another text, or caption, in place of that of a message of the customer's. */
  edit(messageId: string, text: string): string {
    return this.#act(this.edit, (phone) => phone.edit(messageId, text));
  }

  /** Takes a message of the customer's back. */
  delete(messageId: string): string {
    return this.#act(this.delete, (phone) => phone.delete(messageId));
  }

  /** Opens the chat: all that was delivered is read. */
  read(): void {
    this.#act(this.read, (phone) => phone.read());
  }

  /** Whether the customer reads a message as soon as it is delivered, as they do at first; if not, it stays `delivered` until `read`. */
  setReads(reads: boolean): void {
    this.#act(this.setReads, (phone) => phone.setReads(reads));
  }

  /**
   * Switches the phone off or on: messages stay `sent` until it is on again, and are delivered then, in order. An offline phone sends
   * nothing.
   */
  setOffline(offline: boolean): void {
    this.#act(this.setOffline, (phone) => phone.setOffline(offline));
  }

  /** Whether the customer's account is deleted: messages to it are taken and reported as failed with 131026. */
  setDeleted(deleted: boolean): void {
    this.#act(this.setDeleted, (phone) => phone.setDeleted(deleted));
  }

  /**
   * Whether the customer wants no marketing messages, of which a `preference` event tells: marketing templates are taken and reported
   * as failed with 131050.
   */
  setOptedOut(optedOut: boolean): void {
    this.#act(this.setOptedOut, (phone) => phone.setOptedOut(optedOut));
  }

  /**
   * Whether the customer's last message is more than 24 hours ago: all but templates are taken and reported as failed with 131047. A
   * message of the customer's opens the window again.
   */
  setWindowClosed(windowClosed: boolean): void {
    this.#act(this.setWindowClosed, (phone) => phone.setWindowClosed(windowClosed));
  }

  /** Whether the customer blocked the business: a message that arrives meanwhile stays `sent` for ever, and the customer cannot write. */
  setBlocked(blocked: boolean): void {
    this.#act(this.setBlocked, (phone) => phone.setBlocked(blocked));
  }

  /** All messages of the chat, oldest first. */
  messages(): PhoneMessage[] {
    return this.#act<WireMessage[]>(this.messages, (phone) => phone.messages()).map(shown);
  }

  /** The newest message of the business that was not refused. */
  last(): PhoneMessage | undefined {
    const last = this.#act<WireMessage | null>(this.last, (phone) => phone.last());
    return last === null ? undefined : shown(last);
  }

  /**
   * The next message of the business that this phone has not given yet, in order of arrival; waits for it. It begins after what was
   * there when the phone was made. Refused and failed messages never come; while the phone is offline none does.
   *
   * @throws A DOMException named TimeoutError where none came in that time; the signal's reason where it aborts.
   */
  nextMessage(options: NextMessageOptions = {}): Promise<PhoneMessage> {
    const site = callSite(this.nextMessage);
    const { signal, timeoutMs } = known(options, WAITING, site);
    return call<WireMessage | { late: string }, PhoneMessage>({
      site,
      owner: this.#owner,
      options: { signal },
      begin: (calls, id) => this.#native.nextMessage(calls, id, json(wire({ timeoutMs }), site)),
      read: (answer) => {
        if ('late' in answer) throw new DOMException(answer.late, 'TimeoutError');
        return shown(answer);
      },
    });
  }

  #act<T>(above: (...args: never[]) => unknown, act: (phone: NativePhone) => string): T {
    return unwrap(JSON.parse(act(this.#native)), callSite(above));
  }
}

/** A message as it crosses. */
type WireMessage = Omit<PhoneMessage, 'time' | 'reaction' | 'errorCode'> & {
  time: string;
  reaction: string | null;
  error_code: number | null;
};

function shown({ time, reaction, error_code: errorCode, body, ...message }: WireMessage): PhoneMessage {
  return {
    ...message,
    time: new Date(time),
    ...(reaction === null ? {} : { reaction }),
    ...(errorCode === null ? {} : { errorCode }),
    body,
  };
}
