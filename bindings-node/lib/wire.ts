import { unwrap } from './answers';
import type { CallSite } from './errors';
import { native } from './native';

/** Names of arguments and options that differ in JavaScript from the common ones. Durations are in milliseconds here. */
const ARGUMENTS = new Map([
  ['accessToken', 'access_token'],
  ['phoneNumberId', 'phone_number_id'],
  ['baseUrl', 'base_url'],
  ['apiKey', 'api_key'],
  ['timeoutMs', 'timeout'],
  ['connectTimeoutMs', 'connect_timeout'],
  ['totalTimeoutMs', 'total_timeout'],
  ['maxRetries', 'max_retries'],
  ['maxPerSecond', 'max_per_second'],
  ['defaultCountryCode', 'default_country_code'],
  ['userAgent', 'user_agent'],
  ['allowHttp', 'allow_http'],
  ['caFile', 'ca_file'],
  ['poolIdleTimeoutMs', 'pool_idle_timeout'],
  ['poolMaxIdle', 'pool_max_idle'],
  ['graphVersion', 'graph_version'],
  ['graphUrl', 'graph_url'],
  ['appSecret', 'app_secret'],
  ['previewUrl', 'preview_url'],
  ['accountId', 'account_id'],
  ['replyTo', 'reply_to'],
  ['idempotencyKey', 'idempotency_key'],
  ['templateName', 'template_name'],
  ['headerParams', 'header_params'],
  ['bodyParams', 'body_params'],
  ['webhookUrl', 'webhook_url'],
]);

/** The same for the keys of parameters and buttons; never for what is inside them. */
const ITEMS = new Map([
  ['fallbackValue', 'fallback_value'],
  ['amount1000', 'amount_1000'],
  ['productRetailerId', 'product_retailer_id'],
  ['catalogId', 'catalog_id'],
  ['subType', 'sub_type'],
  ['couponCode', 'coupon_code'],
  ['flowToken', 'flow_token'],
  ['flowActionData', 'flow_action_data'],
  ['thumbnailProductRetailerId', 'thumbnail_product_retailer_id'],
]);

const LISTS = new Set(['header_params', 'body_params', 'buttons']);

/** Arguments or options under their common names, ready to be written as JSON. */
export function wire(given: object | undefined | null): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given ?? {})) {
    const name = ARGUMENTS.get(key) ?? key;
    out[name] = LISTS.has(name) && Array.isArray(value) ? value.map(item) : writable(value);
  }
  return out;
}

/** A parameter or button under the common names of its keys. */
function item(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [ITEMS.get(key) ?? key, value]));
}

/** JSON would make null of some numbers and leave functions out: as what they are not, they are refused by their name. */
function writable(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return typeof value === 'function' || typeof value === 'symbol' ? {} : value;
}

/**
 * Whether the arguments of a send are written by `JSON.stringify` as they are meant, under JavaScript's own names, which the
 * addon knows: nearly all are, and need no copy.
 */
export function isPlain(given: unknown): given is Record<string, unknown> {
  if (typeof given !== 'object' || given === null || Array.isArray(given) || 'toJSON' in given) return false;
  for (const key in given) {
    const value = (given as Record<string, unknown>)[key];
    if (typeof value === 'string' || typeof value === 'boolean' || value === undefined || value === null) continue;
    if (typeof value === 'number' ? !Number.isFinite(value) : !isPlainList(value)) return false;
  }
  return true;
}

/** A list of parameters without keys of their own. */
function isPlainList(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== 'string' && typeof item !== 'number') return false;
  return true;
}

/** The JSON text of a send's arguments. */
export function sendJson(given: object, site: CallSite): string {
  return isPlain(given) ? JSON.stringify(given) : json(wire(given), site);
}

/** The JSON text of arguments; what JSON cannot hold is refused by the name of the argument that holds it. */
export function json(given: Record<string, unknown>, site: CallSite): string {
  try {
    return JSON.stringify(given);
  } catch (error) {
    const field = Object.keys(given).find((key) => !isWritable(given[key])) ?? 'arguments';
    throw refused(field, `cannot be written as JSON: ${(error as Error).message}`, site);
  }
}

function isWritable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

/** The SDK's own error for an argument that could not even be handed to it. */
export function refused(field: string, rule: string, site: CallSite): unknown {
  try {
    return unwrap(JSON.parse(native().refuse(field, rule)), site);
  } catch (error) {
    return error;
  }
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
