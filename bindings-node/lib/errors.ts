import type { Receipt } from './results';

/** What went wrong, as coarsely as a caller branches on it. New kinds may come. */
export type ErrorKind =
  | 'invalid_input'
  | 'authentication'
  | 'rate_limited'
  | 'rejected'
  | 'server'
  | 'timeout'
  | 'connection'
  | 'unexpected_response'
  | 'unsupported'
  | 'store';

/** What is known of a failure. */
export interface ErrorFields {
  /** What went wrong. */
  kind: ErrorKind;
  /** A sentence for a person: what happened and what to do. Branch on the other fields; its wording may change. */
  message: string;
  /** The HTTP status of the answer, where one came. */
  status?: number;
  /** The Graph API's error code, such as 131056. */
  code?: number;
  /** The Graph API's `error_subcode`. */
  subcode?: number;
  /** The Graph API's `error_user_title`, written for end users. */
  title?: string;
  /** What the Graph API says of the cause. */
  details?: string;
  /** Meta's id of this failure (`fbtrace_id`), which its support asks for. */
  traceId?: string;
  /** The argument or option at fault, under its common name: `phone`, `body_params[1]`, `buttons[0].coupon_code`. */
  field?: string;
  /** The send's `reference`: with it a later status webhook can be matched to this call. */
  reference?: string;
  /** How long to wait before the next try, in milliseconds, where the host or the SDK's own schedule says so. */
  retryAfterMs?: number;
  /** Whether the same call, made later, may succeed and cannot send twice. */
  retryable: boolean;
  /** Whether the message may have gone out although the call failed. False means: surely not sent. */
  maybeSent: boolean;
  /** How many requests were tried; 0 where the failure came before the first. */
  attempts: number;
}

/**
 * Why a call failed, and what that means for the message. Every error of the SDK is one, and of the class of its `kind`.
 *
 * ```ts
 * try {
 *   await client.sendMessage({ phone: '919876543210', message: 'Hello' });
 * } catch (error) {
 *   if (!(error instanceof WamidError)) throw error;
 *   if (error.maybeSent) console.log(`look before sending again: ${error.message}`);
 *   else if (error.retryable) console.log(`not sent, the same call may succeed later: ${error.message}`);
 *   else console.log(`not sent: ${error.message}`);
 * }
 * ```
 */
export class WamidError extends Error implements ErrorFields {
  declare readonly kind: ErrorKind;
  declare readonly status?: number;
  declare readonly code?: number;
  declare readonly subcode?: number;
  declare readonly title?: string;
  declare readonly details?: string;
  declare readonly traceId?: string;
  declare readonly field?: string;
  declare readonly reference?: string;
  declare readonly retryAfterMs?: number;
  declare readonly retryable: boolean;
  declare readonly maybeSent: boolean;
  declare readonly attempts: number;

  /** An error of these fields; calls make their own. */
  constructor(fields: ErrorFields, options?: ErrorOptions) {
    const { message, ...others } = fields;
    super(message, options);
    Object.assign(this, others);
  }

  /** Every known field, for logs and for answers to other services; nothing secret is among them. */
  toJSON(): { name: string } & ErrorFields {
    return { name: this.name, message: this.message, ...(this as Omit<ErrorFields, 'message'>) };
  }
}

/** An argument breaks a rule of the SDK; `field` names it. Nothing was sent. */
export class InvalidInputError extends WamidError {
  declare readonly kind: 'invalid_input';
}

/** The token, the key or a permission was refused. */
export class AuthenticationError extends WamidError {
  declare readonly kind: 'authentication';
}

/** The host wants fewer messages for a while; see `retryAfterMs`. */
export class RateLimitError extends WamidError {
  declare readonly kind: 'rate_limited';
}

/** The host understood the request and refused it. */
export class RejectedError extends WamidError {
  declare readonly kind: 'rejected';
}

/** The host failed. */
export class ServerError extends WamidError {
  declare readonly kind: 'server';
}

/** An attempt, or all of them together, took too long. */
export class RequestTimeoutError extends WamidError {
  declare readonly kind: 'timeout';
}

/** The connection did not come about, or was lost. */
export class ConnectionFailedError extends WamidError {
  declare readonly kind: 'connection';
}

/** The answer is not one that this host gives. */
export class UnexpectedResponseError extends WamidError {
  declare readonly kind: 'unexpected_response';
}

/** This host, or this build, cannot do it. */
export class UnsupportedError extends WamidError {
  declare readonly kind: 'unsupported';
}

/** The store cannot be opened, read or written. Nothing was sent. */
export class StoreError extends WamidError {
  declare readonly kind: 'store';
}

/** What became of one send of `sendMany`. */
export type SendResult = { receipt: Receipt; error?: undefined } | { error: WamidError; receipt?: undefined };

/** The same of each send of a bulk that was stopped, in the order of the list. */
export type Outcomes = (SendResult | undefined)[];

/**
 * `sendMany` was stopped by its signal. `name` is the reason's own, `AbortError` or `TimeoutError`; the reason is the `cause`.
 * Everything that is known of the sends is here.
 *
 * ```ts
 * try {
 *   await client.sendMany(sends, { signal: AbortSignal.timeout(60_000) });
 * } catch (error) {
 *   if (!(error instanceof SendManyAbortedError)) throw error;
 *   const left = sends.filter((_, index) => error.outcomes[index] === undefined);
 *   console.log(`${error.sent} sent, ${error.unknown} to look after, ${left.length} to send later`);
 * }
 * ```
 */
export class SendManyAbortedError extends Error {
  /**
   * In the order of the list: a receipt or an error. Undefined where the send had not begun: it was surely not sent. A send
   * that was under way when the signal came, and whose request was perhaps written, has an error with `maybeSent`.
   */
  readonly outcomes: Outcomes;
  /** Taken by the host. */
  readonly sent: number;
  /** Surely not sent: refused or failed. */
  readonly failed: number;
  /** Failed, but perhaps sent. */
  readonly unknown: number;
  /** Not begun. */
  readonly left: number;
  /** Whether a send is unknown: look after it before sending it again. */
  readonly maybeSent: boolean;

  /** The error of these outcomes; `sendMany` makes its own. */
  constructor(outcomes: Outcomes, reason: unknown) {
    let [sent, failed, unknown, left] = [0, 0, 0, 0];
    for (const outcome of outcomes) {
      if (outcome === undefined) left += 1;
      else if (outcome.receipt) sent += 1;
      else if (outcome.error.maybeSent) unknown += 1;
      else failed += 1;
    }
    super(`stopped: ${sent} sent, ${failed} failed, ${unknown} perhaps sent, ${left} not begun`, { cause: reason });
    const name = reason instanceof Error ? reason.name : 'AbortError';
    Object.defineProperty(this, 'name', { value: name, configurable: true, writable: true });
    this.outcomes = outcomes;
    this.sent = sent;
    this.failed = failed;
    this.unknown = unknown;
    this.left = left;
    this.maybeSent = unknown > 0;
  }
}

const CLASSES: Record<ErrorKind, new (fields: ErrorFields, options?: ErrorOptions) => WamidError> = {
  invalid_input: InvalidInputError,
  authentication: AuthenticationError,
  rate_limited: RateLimitError,
  rejected: RejectedError,
  server: ServerError,
  timeout: RequestTimeoutError,
  connection: ConnectionFailedError,
  unexpected_response: UnexpectedResponseError,
  unsupported: UnsupportedError,
  store: StoreError,
};

for (const made of [WamidError, ...Object.values(CLASSES)]) {
  // On the prototype, as the platform's own errors have it: not one more line in every log.
  Object.defineProperty(made.prototype, 'name', { value: made.name, configurable: true, writable: true });
}

/** An error as it crosses: the core's fields under their common names, unknown ones null. */
export interface WireError {
  kind: ErrorKind;
  message: string;
  status: number | null;
  code: number | null;
  subcode: number | null;
  title: string | null;
  details: string | null;
  trace_id: string | null;
  field: string | null;
  reference: string | null;
  retry_after: number | null;
  retryable: boolean;
  maybe_sent: boolean;
  attempts: number;
}

/** Where a call was made: a stack that begins at the caller's own line. */
export interface CallSite {
  stack?: string;
}

/** How many frames of a call are kept: each takes time, also of the calls that succeed, which are nearly all. */
const FRAMES = 3;

/** Remembers who called `above`. The engine writes the text only when it is asked for. */
export function callSite(above: (...args: never[]) => unknown): CallSite {
  const site: CallSite = {};
  const limit = Error.stackTraceLimit;
  const shortened = limit > FRAMES && limitFrames(FRAMES);
  Error.captureStackTrace(site, above);
  if (shortened) limitFrames(limit);
  return site;
}

/** Whether that could be set: a program may have frozen what the language brings. */
function limitFrames(limit: number): boolean {
  try {
    Error.stackTraceLimit = limit;
    return true;
  } catch {
    return false;
  }
}

/** The same for what is over when it returns: who called is still to be found when something fails, which is seldom. */
export function callSiteIfAsked(above: (...args: never[]) => unknown): CallSite {
  return {
    get stack() {
      return callSite(above).stack as string;
    },
  };
}

/** The error that an answer tells, as if it had been thrown where the call was made. */
export function errorOf(wire: WireError, causes: string[] | undefined, site: CallSite): WamidError {
  const fields: ErrorFields = {
    kind: wire.kind,
    message: wire.message,
    retryable: wire.retryable,
    maybeSent: wire.maybe_sent,
    attempts: wire.attempts,
  };
  if (wire.status !== null) fields.status = wire.status;
  if (wire.code !== null) fields.code = wire.code;
  if (wire.subcode !== null) fields.subcode = wire.subcode;
  if (wire.title !== null) fields.title = wire.title;
  if (wire.details !== null) fields.details = wire.details;
  if (wire.trace_id !== null) fields.traceId = wire.trace_id;
  if (wire.field !== null) fields.field = wire.field;
  if (wire.reference !== null) fields.reference = wire.reference;
  if (wire.retry_after !== null) fields.retryAfterMs = wire.retry_after * 1000;
  const cause = causes?.reduceRight<Error | undefined>(
    (cause, message) => withStack(new Error(message, cause && { cause }), {}),
    undefined,
  );
  const Made = CLASSES[wire.kind] ?? WamidError;
  return withStack(new Made(fields, cause && { cause }), site);
}

export function withStack<E extends Error>(error: E, site: CallSite): E {
  // A program that writes stacks its own way (`Error.prepareStackTrace`) may make something else than a text of them.
  const from = typeof site.stack === 'string' ? site.stack.indexOf('\n    at ') : -1;
  const frames = from < 0 ? '' : site.stack?.slice(from);
  Object.defineProperty(error, 'stack', {
    value: `${error.name}: ${error.message}${frames}`,
    configurable: true,
    writable: true,
  });
  return error;
}
