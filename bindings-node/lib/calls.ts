import { type Answer, failureOf, type Taker, take } from './answers';
import type { CallSite } from './errors';
import { type Bulk, type Calls, native } from './native';
import type { Receipt } from './results';
import { checked, onAbort } from './signals';
import { known } from './wire';

/** What every call takes beside its arguments. */
export interface CallOptions {
  /**
   * Stops the call: the request, and the waits between attempts. The promise is rejected with the signal's reason, an
   * `AbortError` unless another was given. A message whose request had gone out already may still arrive.
   */
  signal?: AbortSignal | undefined;
}

/** The names of these. */
const NAMES = ['signal'] as const;

/** Something that waits for its calls to end. */
export interface Owner {
  underWay: number;
  idle: (() => void) | undefined;
}

/** How a call is made and read. */
export interface Call<W, T> {
  site: CallSite;
  owner: Owner;
  options: CallOptions | undefined;
  begin(calls: Calls, id: number): void;
  /** Reads the answer of a call that is no send. */
  read?(ok: W): T;
  /** Reads the pieces of a call that has many answers. Such a call, when it is stopped, still answers with all that is known. */
  readBulk?(pieces: string[]): Promise<T>;
  /** The error of such a call that was stopped; `known` is absent where it had not begun. */
  stopped?(known: T | undefined, reason: unknown): unknown;
  progress?: ((counts: never) => void) | undefined;
}

/** Who gets the answers of a call that is under way. */
export interface Receiver extends Taker {
  bulk?(pieces: string[]): void;
}

const waiting = new Map<number, Receiver>();
let calls: Calls | undefined;
let last = 0;

/** The calls of this thread. */
export function hub(): Calls {
  calls ??= new (native().Calls)(deliver);
  return calls;
}

/** A call is under way: the process stays alive, and its answers go to `receiver`. */
export function begin(id: number, receiver: Receiver, owner: Owner): void {
  waiting.set(id, receiver);
  if (waiting.size === 1) hub().hold();
  owner.underWay += 1;
}

/** A call has ended. */
export function end(id: number, owner: Owner): void {
  waiting.delete(id);
  if (waiting.size === 0) hub().release();
  owner.underWay -= 1;
  if (owner.underWay === 0) owner.idle?.();
}

/** A call that is under way. */
class Waiting implements Receiver {
  forget: (() => void) | undefined;
  stopped = false;

  constructor(
    readonly id: number,
    readonly call: Call<never, unknown>,
    readonly signal: AbortSignal | undefined,
    readonly resolve: (value: unknown) => void,
    readonly reject: (reason: unknown) => void,
  ) {}

  begin(): void {
    const { id, call, signal } = this;
    if (signal) this.forget = onAbort(signal, () => this.stop());
    begin(id, this, call.owner);
    try {
      call.begin(hub(), id);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    this.forget?.();
    end(this.id, this.call.owner);
  }

  stop(): void {
    this.stopped = true;
    if (this.call.readBulk) {
      hub().stop(this.id);
      return;
    }
    this.end();
    hub().cancel(this.id);
    this.reject(this.signal?.reason);
  }

  sent(receipt: Receipt): void {
    this.end();
    this.resolve(receipt);
  }

  ok(value: unknown): void {
    this.end();
    try {
      const { read } = this.call;
      this.resolve(read ? read(value as never) : value);
    } catch (error) {
      this.reject(error);
    }
  }

  refused(answer: Exclude<Answer<unknown>, { ok: unknown }>): void {
    this.end();
    try {
      this.reject(failureOf(answer, this.call.site));
    } catch (error) {
      // Such as a program's own way of writing stacks.
      this.reject(error);
    }
  }

  progress(counts: unknown): void {
    this.call.progress?.(counts as never);
  }

  bulk(pieces: string[]): void {
    // It has ended: nothing is left to be stopped.
    this.forget?.();
    this.call.readBulk?.(pieces).then(
      (results) => {
        this.end();
        if (this.stopped) this.reject(stopReason(this.call, results, this.signal));
        else this.resolve(results);
      },
      (error) => {
        this.end();
        this.reject(error);
      },
    );
  }
}

/** What a stopped call is rejected with. */
function stopReason(call: Call<never, unknown>, known: unknown, signal: AbortSignal | undefined): unknown {
  return call.stopped ? call.stopped(known, signal?.reason) : signal?.reason;
}

/** Makes a call and waits for its answer. The process stays alive until it has come. */
export function call<W, T>(call: Call<W, T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const signal = call.options && checked(known(call.options, NAMES, call.site).signal, call.site);
    if (signal?.aborted) {
      reject(stopReason(call as Call<never, unknown>, undefined, signal));
      return;
    }
    const settle = resolve as (value: unknown) => void;
    new Waiting(freeId(), call as Call<never, unknown>, signal, settle, reject).begin();
  });
}

export function freeId(): number {
  do last = (last + 1) >>> 0;
  while (waiting.has(last));
  return last;
}

/** Takes the answers that have come since the last time: a list of the calls' ids, each with its answer behind it. */
function deliver(batch: string, bulks: Bulk[] | null): void {
  if (batch !== '') {
    const list = JSON.parse(batch) as unknown[];
    for (let at = 0; at < list.length; ) at = take(list, at + 1, waiting.get(list[at] as number));
  }
  if (bulks) for (const { id, pieces } of bulks) waiting.get(id)?.bulk?.(pieces);
}
