import { type Answer, failureOf, type Taker, take } from './answers';
import type { CallSite } from './errors';
import { type Bulk, type Calls, native } from './native';
import type { Receipt } from './results';
import { onAbort } from './signals';
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
  /** Reads the pieces of a call that has many answers. */
  readBulk?(pieces: string[]): Promise<T>;
  progress?: ((counts: never) => void) | undefined;
}

const waiting = new Map<number, Waiting>();
let calls: Calls | undefined;
let last = 0;

/** A call that is under way. */
class Waiting implements Taker {
  forget: (() => void) | undefined;

  constructor(
    readonly hub: Calls,
    readonly id: number,
    readonly call: Call<never, unknown>,
    readonly signal: AbortSignal | undefined,
    readonly resolve: (value: unknown) => void,
    readonly reject: (reason: unknown) => void,
  ) {}

  begin(): void {
    const { hub, id, call, signal } = this;
    // First of all: what is no signal is found out here.
    if (signal) this.forget = onAbort(signal, () => this.stop());
    waiting.set(id, this);
    if (waiting.size === 1) hub.hold();
    call.owner.underWay += 1;
    try {
      call.begin(hub, id);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  end(): void {
    this.forget?.();
    waiting.delete(this.id);
    if (waiting.size === 0) this.hub.release();
    const { owner } = this.call;
    owner.underWay -= 1;
    if (owner.underWay === 0) owner.idle?.();
  }

  stop(): void {
    this.end();
    this.hub.cancel(this.id);
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
    // It may be stopped between two pieces.
    const end = () => {
      if (waiting.get(this.id) === this) this.end();
    };
    this.call.readBulk?.(pieces).then(
      (results) => {
        end();
        this.resolve(results);
      },
      (error) => {
        end();
        this.reject(error);
      },
    );
  }
}

/** Makes a call and waits for its answer. The process stays alive until it has come. */
export function call<W, T>(call: Call<W, T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const signal = call.options && known(call.options, NAMES, call.site).signal;
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    calls ??= new (native().Calls)(deliver);
    const settle = resolve as (value: unknown) => void;
    new Waiting(calls, freeId(), call as Call<never, unknown>, signal, settle, reject).begin();
  });
}

function freeId(): number {
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
  if (bulks) for (const { id, pieces } of bulks) waiting.get(id)?.bulk(pieces);
}
