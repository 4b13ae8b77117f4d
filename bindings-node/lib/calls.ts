import { type CallSite, errorOf, type WireError } from './errors';
import { type Bulk, type Calls, native } from './native';
import { onAbort } from './signals';

/** What every call takes beside its arguments. */
export interface CallOptions {
  /**
   * Stops the call: the request, and the waits between attempts. The promise is rejected with the signal's reason, an
   * `AbortError` unless another was given. A message whose request had gone out already may still arrive.
   */
  signal?: AbortSignal | undefined;
}

/** What a call ended in, as it crosses. */
export type Answer<T> = { ok: T } | { error: WireError; causes?: string[] } | { fault: string };

/** Something that waits for its calls to end. */
export interface Owner {
  underWay: number;
  idle: (() => void) | undefined;
}

interface Waiting {
  settle(answer: Answer<unknown>): void;
  settleBulk?(pieces: string[]): void;
  progress?(counts: unknown): void;
}

/** How a call is made and read. */
export interface Call<W, T> {
  site: CallSite;
  owner: Owner;
  signal: AbortSignal | undefined;
  begin(calls: Calls, id: number): void;
  read(ok: W): T;
  /** Reads the pieces of a call that has many answers. */
  readBulk?(pieces: string[]): Promise<T>;
  progress?: ((counts: never) => void) | undefined;
}

const waiting = new Map<number, Waiting>();
let calls: Calls | undefined;
let last = 0;

/** The value of an answer; its error is thrown. */
export function unwrap<T>(answer: Answer<T>, site: CallSite): T {
  if ('ok' in answer) return answer.ok;
  throw failureOf(answer, site);
}

/** The error of an answer that has no value. */
export function failureOf(answer: Exclude<Answer<unknown>, { ok: unknown }>, site: CallSite): Error {
  return 'error' in answer ? errorOf(answer.error, answer.causes, site) : new Error(answer.fault);
}

/** Makes a call and waits for its answer. The process stays alive until it has come. */
export function call<W, T>({ site, owner, signal, begin, read, readBulk, progress }: Call<W, T>): Promise<T> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise<T>((resolve, reject) => {
    calls ??= new (native().Calls)(deliver);
    const hub = calls;
    const id = freeId();
    const stop = () => {
      end();
      hub.cancel(id);
      reject(signal?.reason);
    };
    // First of all: what is no signal is found out here.
    const forget = signal && onAbort(signal, stop);
    const end = () => {
      forget?.();
      waiting.delete(id);
      if (waiting.size === 0) hub.release();
      owner.underWay -= 1;
      if (owner.underWay === 0) owner.idle?.();
    };
    const entry: Waiting = {
      settle(answer) {
        end();
        try {
          if ('ok' in answer) resolve(read(answer.ok as W));
          else reject(failureOf(answer, site));
        } catch (error) {
          // Such as a program's own way of writing stacks.
          reject(error);
        }
      },
    };
    if (progress) entry.progress = progress as (counts: unknown) => void;
    if (readBulk) {
      entry.settleBulk = (pieces) => {
        readBulk(pieces).then(
          (results) => {
            // It may have been stopped between two pieces.
            if (waiting.get(id) === entry) end();
            resolve(results);
          },
          (error) => {
            if (waiting.get(id) === entry) end();
            reject(error);
          },
        );
      };
    }
    waiting.set(id, entry);
    if (waiting.size === 1) hub.hold();
    owner.underWay += 1;
    try {
      begin(hub, id);
    } catch (error) {
      end();
      throw error;
    }
  });
}

function freeId(): number {
  do last = (last + 1) >>> 0;
  while (waiting.has(last));
  return last;
}

/** Takes the answers that have come since the last time. */
function deliver(batch: string, bulks: Bulk[]): void {
  if (batch !== '') {
    for (const [id, answer] of JSON.parse(`[${batch}]`) as [number, Answer<unknown> | { progress: unknown }][]) {
      const call = waiting.get(id);
      if ('progress' in answer) call?.progress?.(answer.progress);
      else call?.settle(answer);
    }
  }
  for (const { id, pieces } of bulks) waiting.get(id)?.settleBulk?.(pieces);
}
