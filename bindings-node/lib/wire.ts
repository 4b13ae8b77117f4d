import { fileURLToPath } from 'node:url';
import { unwrap } from './answers';
import type { CallSite } from './errors';
import { native } from './native';

/** Arguments or options, ready to be written as JSON. The addon knows JavaScript's names. */
export function wire(given: object | undefined | null): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given ?? {}).map(([key, value]) => [key, listed(value)]));
}

/** Of a list what is in it, too; never what is inside that. */
function listed(value: unknown): unknown {
  return Array.isArray(value) ? value.map(writableItem) : writable(value);
}

/** A text would be taken as what fills a variable, whatever it says. */
function writableItem(value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : writable(value);
}

/** JSON would make null of some numbers and leave functions out: as what they are not, they are refused by their name. */
function writable(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return isUnwritten(value) ? {} : value;
}

function isUnwritten(value: unknown): boolean {
  return typeof value === 'function' || typeof value === 'symbol';
}

/**
 * Whether the arguments of a send are written by `JSON.stringify` as they are meant, under JavaScript's own names, which the
 * addon knows: nearly all are, and need no copy.
 */
export function isPlain(given: unknown): given is Record<string, unknown> {
  if (!isFields(given) || 'toJSON' in given) return false;
  for (const key in given) if (!isPlainValue(given[key])) return false;
  return true;
}

/** The same of a message and its content. */
export function isPlainMessage(given: unknown): boolean {
  if (!isFields(given) || 'toJSON' in given) return false;
  for (const key in given) {
    const value = given[key];
    if (key === 'content' ? !isPlain(value) : !isPlainValue(value)) return false;
  }
  return true;
}

function isPlainValue(value: unknown): boolean {
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null) return true;
  return typeof value === 'number' ? Number.isFinite(value) : isPlainList(value);
}

/** An object that is no list. */
export function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A list of parameters without keys of their own. */
function isPlainList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== 'string' && typeof item !== 'number') return false;
  return true;
}

/** The JSON text of a send's arguments. */
export function sendJson(given: object, site: CallSite): string {
  oneObject(given, site);
  return isPlain(given) ? JSON.stringify(given) : json(wire(given), site);
}

/** The JSON text of an operation's arguments. What is inside of them the caller writes as JSON. */
export function argumentsJson(given: object | undefined | null, site: CallSite): string {
  oneObject(given, site, '{ name: value }');
  // Where JSON would leave one out without a word, it is refused by its name.
  const entries = Object.entries(given ?? {}).map(([name, value]) => [name, isUnwritten(value) ? {} : value]);
  return json(Object.fromEntries(entries), site);
}

/** The JSON text of a message. */
export function messageJson(given: object, site: CallSite): string {
  oneObject(given, site, "{ phone: '919876543210', content: { type: 'text', message: 'Hello' } }");
  return isPlainMessage(given) ? JSON.stringify(given) : json(messageWire(given), site);
}

/** A message, ready to be written as JSON; so is its content. */
export function messageWire(given: object | undefined | null): Record<string, unknown> {
  const message = wire(given);
  const { content } = message;
  return isFields(content) ? { ...message, content: wire(content) } : message;
}

/** The type that a message's content says it is, by which the addon reads it at once; what else it may be is told there. */
export function kindOf(message: unknown): string {
  const type = isFields(message) && isFields(message.content) ? message.content.type : undefined;
  return typeof type === 'string' ? type : '';
}

/**
 * As JSON; what it cannot hold is an error, also the numbers that `JSON.stringify` would make null in silence. Bytes are base64, and the
 * URL of a file is its path.
 */
export function stringified(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, value: unknown) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}`);
    // As it was before its `toJSON`.
    const given = this[key];
    return typeof given === 'object' && given !== null ? textOf(given, value) : value;
  });
}

/** Bytes and URLs as a text, anything else as it is. */
function textOf(given: object, value: unknown): unknown {
  if (ArrayBuffer.isView(given))
    return Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString('base64');
  // Not by `instanceof`: test runners have more than one of each class.
  const isUrl = Object.prototype.toString.call(given) === '[object URL]';
  return isUrl && (given as URL).protocol === 'file:' ? fileURLToPath(given as URL) : value;
}

/** The JSON text of arguments; what JSON cannot hold is refused by the name of the argument that holds it. */
export function json(given: Record<string, unknown>, site: CallSite): string {
  try {
    return stringified(given);
  } catch (error) {
    throw refused(common(unwritable(given)), `cannot be written as JSON: ${(error as Error).message}`, site);
  }
}

/** The name of the argument that cannot be written; of a content the name of its field. */
function unwritable(given: Record<string, unknown>): string {
  const field = Object.keys(given).find((key) => !isWritable(given[key])) ?? 'arguments';
  const { content } = given;
  if (field !== 'content' || !isFields(content)) return field;
  return Object.keys(content).find((key) => !isWritable(content[key])) ?? field;
}

/** The common name of an argument, by which errors call it. */
function common(name: string): string {
  return name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export function isWritable(value: unknown): boolean {
  try {
    stringified(value);
    return true;
  } catch {
    return false;
  }
}

/** The SDK's own error for an argument that could not even be handed to it. */
export function refused(field: string, rule: string, site: CallSite): unknown {
  return unwrapped(native().refuse(field, rule), site);
}

function unwrapped(answer: string, site: CallSite): unknown {
  try {
    return unwrap(JSON.parse(answer), site);
  } catch (error) {
    return error;
  }
}

/** Arguments stand in one object; where they do not, that is said. Where there are none at all, the first is missing. */
function oneObject(given: unknown, site: CallSite, such = "{ phone: '919876543210', message: 'Hello' }"): void {
  if (given === undefined || given === null || isFields(given)) return;
  throw refused('arguments', `must be one object with names, such as ${such}`, site);
}

/** The JSON text of a client's options, which stand in one object. */
export function optionsJson(given: object | undefined | null, site: CallSite): string {
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) {
    throw refused(
      'options',
      "must be one object with names, such as { accessToken: '...', phoneNumberId: '...' }",
      site,
    );
  }
  return json(wire(given), site);
}

/** The options of a call, which has these and no others: what is misspelt would be left out in silence. */
export function known<T extends object>(options: T | undefined | null, names: readonly string[], site: CallSite): T {
  const given = options ?? ({} as T);
  if (typeof given !== 'object')
    throw refused(
      'options',
      'must be an object, such as { signal }; what is sent stands in one object before it, such as { phone, message }',
      site,
    );
  for (const name of Object.keys(given)) {
    if (!names.includes(name)) throw unwrapped(native().refuseUnknown(name, [...names]), site);
  }
  return given;
}

/** Bytes, in any of the forms in which a web server hands them over. */
export type Body = string | Uint8Array | ArrayBuffer;

/** The bytes of a webhook. */
export function bytes(body: Body, site: CallSite): Uint8Array {
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  // Not by `instanceof`: test runners have more than one of each class.
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (Object.prototype.toString.call(body) === '[object ArrayBuffer]') return new Uint8Array(body);
  throw refused('body', 'must be the bytes that came, before any parsing: a string, Buffer or Uint8Array', site);
}
