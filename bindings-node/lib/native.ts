import type { EventTexts } from './event-reader';

/** The native addon: what `src` exports. It is loaded at first use, not at import. */
export interface Native {
  Calls: new (deliver: (batch: string, bulks: Bulk[] | null) => void) => Calls;
  openCloud(options: string, logLevel: string | undefined): NativeClient | string;
  openGateway(options: string, logLevel: string | undefined): NativeClient | string;
  openClientFromEnv(
    variables: Record<string, string>,
    options: string,
    logLevel: string | undefined,
  ): NativeClient | string;
  verifyWebhook(body: Uint8Array, given: string): string;
  parseWebhook(body: Uint8Array): EventTexts | string;
  buildTemplateComponents(given: string): string;
  refuse(field: string, rule: string): string;
  unheard(phone: string): void;
  refuseUnknown(name: string, known: string[]): string;
  webhookTooLarge(): string;
  webhookLargestBody(): number;
  startSandbox(options: string): NativeSandbox | string;
  sandboxMagicRecipients(): string;
}

/** The answers of a call that has many: JSON lists, one after the other. */
export interface Bulk {
  id: number;
  pieces: string[];
}

export interface Calls {
  hold(): void;
  release(): void;
  stop(id: number): void;
  cancel(id: number): void;
}

export interface NativeClient {
  describe(): string;
  close(): void;
  send(calls: Calls, id: number, kind: string, given: string): void;
  sendContent(calls: Calls, id: number, kind: string, message: string): void;
  chats(calls: Calls, id: number): void;
  ask(calls: Calls, id: number, operation: string, given: string, progress: boolean): void;
  sendMany(calls: Calls, id: number, sends: string[], options: string): void;
  bulk(calls: Calls, id: number, options: string): NativeBulk | string;
  receiveWebhook(calls: Calls, id: number, body: Uint8Array, given: string): void;
  receiver(options: string): NativeReceiver | string;
}

export interface NativeReceiver {
  answerWithin(): number;
  answerTo(method: string, query: string): string;
  delivery(body: Uint8Array, signature: string): NativeDelivery | string;
}

export interface NativeDelivery {
  next(calls: Calls, id: number, handled: boolean | undefined): void;
  answer(): string;
}

export interface NativeBulk {
  concurrency(): number;
  push(sends: string): void;
  stop(): void;
}

export interface NativeSandbox {
  describe(): string;
  messages(): string;
  clear(): string;
  failNext(failure: string, times: number): string;
  setWebhook(url: string | null): string;
  phone(number: string, name: string | undefined): NativePhone | string;
  stop(calls: Calls, id: number): void;
}

export interface NativePhone {
  text(text: string): string;
  reply(messageId: string, text: string): string;
  press(title: string): string;
  react(emoji: string): string;
  reactTo(messageId: string, emoji: string): string;
  sendFile(mimeType: string, data: Uint8Array, caption: string | undefined): string;
  sendLocation(latitude: number, longitude: number, name: string | undefined, address: string | undefined): string;
  sendContact(name: string, number: string): string;
  fillFlow(answers: string): string;
  order(items: string): string;
  edit(messageId: string, text: string): string;
  delete(messageId: string): string;
  read(): string;
  setReads(reads: boolean): string;
  setOffline(offline: boolean): string;
  setDeleted(deleted: boolean): string;
  setOptedOut(optedOut: boolean): string;
  setWindowClosed(windowClosed: boolean): string;
  setBlocked(blocked: boolean): string;
  messages(): string;
  last(): string;
  nextMessage(calls: Calls, id: number, options: string): void;
}

let loaded: Native | undefined;

/** The addon of this machine: one built beside this file, or the package of the platform, which npm has installed. */
export function native(): Native {
  if (loaded !== undefined) return loaded;
  const tried: unknown[] = [];
  loaded = required(tried) as Native | undefined;
  if (loaded !== undefined) return loaded;
  const machine = `${process.platform}-${process.arch}`;
  const absent = tried.every((error) => /_NOT_FOUND$/.test(`${(error as { code?: string }).code}`));
  const remedy = absent
    ? `its package wamid-${machine}* is not here. Install again without --omit=optional and without a lock file from another platform. ` +
      'If a bundler made this program, mark wamid as external, or have it copy .node files (esbuild: --loader:.node=copy)'
    : `it could not be loaded: ${tried.map((error) => (error as Error).message).join('; ')}`;
  throw new Error(`wamid has no native addon for ${machine}: ${remedy}`, { cause: tried.at(-1) });
}

/**
 * Requires the addon. Each name is written out, in a `try` of its own: only so do bundlers and tracers (esbuild, Next, Bun) find
 * what is there and pass over what is not.
 */
function required(tried: unknown[]): unknown {
  try {
    return require('./wamid.node');
  } catch (error) {
    tried.push(error);
  }
  switch (`${process.platform}-${process.arch}`) {
    case 'linux-x64':
      try {
        return require('wamid-linux-x64-gnu');
      } catch (error) {
        tried.push(error);
      }
      try {
        return require('wamid-linux-x64-musl');
      } catch (error) {
        tried.push(error);
      }
      break;
    case 'linux-arm64':
      try {
        return require('wamid-linux-arm64-gnu');
      } catch (error) {
        tried.push(error);
      }
      try {
        return require('wamid-linux-arm64-musl');
      } catch (error) {
        tried.push(error);
      }
      break;
    case 'darwin-x64':
      try {
        return require('wamid-darwin-x64');
      } catch (error) {
        tried.push(error);
      }
      break;
    case 'darwin-arm64':
      try {
        return require('wamid-darwin-arm64');
      } catch (error) {
        tried.push(error);
      }
      break;
    case 'win32-x64':
      try {
        return require('wamid-win32-x64-msvc');
      } catch (error) {
        tried.push(error);
      }
      break;
  }
  return undefined;
}
