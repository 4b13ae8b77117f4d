import { type Answer, failureOf, unwrap } from './answers';
import type { Send } from './arguments';
import { holdsBlob, withBytes } from './blobs';
import { begin, type CallOptions, end, freeId, hub, type Owner, type Receiver } from './calls';
import type { CallSite, SendResult, WamidError } from './errors';
import { sendText } from './many';
import { type Calls, type NativeBulk, native } from './native';
import type { Receipt } from './results';
import { onAbort } from './signals';
import { refused } from './wire';

/** How `sendEach` goes about it. */
export interface SendEachOptions extends CallOptions {
  /** How many sends are taken and not yielded yet, at least 1. Default 64. */
  concurrency?: number | undefined;
}

/** What a bulk is begun with. */
interface Begin {
  site: CallSite;
  owner: Owner;
  signal: AbortSignal | undefined;
  begin(calls: Calls, id: number): NativeBulk | string;
}

type Outcomes = AsyncGenerator<[index: number, outcome: SendResult], void, undefined>;
type Source = Iterator<Send> | AsyncIterator<Send>;

/** The outcomes of sends that come one by one. Nothing begins before the first is asked for. */
export function sendEach(sends: Iterable<Send> | AsyncIterable<Send>, how: Begin): Outcomes {
  const open = opening(sends);
  if (open === undefined) throw refused('sends', 'must be a list of sends, or an async one', how.site);
  const each = new Each(how);
  const outcomes = each.run(open);
  const { return: leave } = outcomes;
  // By itself it would wait until the outcome that somebody waits for has come.
  outcomes.return = (value) => {
    each.leave();
    return leave.call(outcomes, value);
  };
  return outcomes;
}

/** What opens the source; of what can be both, the asynchronous one. */
function opening(sends: Iterable<Send> | AsyncIterable<Send>): (() => Source) | undefined {
  const { [Symbol.asyncIterator]: asynchronous } = (sends ?? {}) as Partial<AsyncIterable<Send>>;
  if (typeof asynchronous === 'function') return () => asynchronous.call(sends);
  const { [Symbol.iterator]: synchronous } = (sends ?? {}) as Partial<Iterable<Send>>;
  return typeof synchronous === 'function' ? () => synchronous.call(sends) : undefined;
}

/** A bulk: what was taken from its source, and what became of that. */
class Each implements Receiver {
  readonly #how: Begin;
  readonly #id = freeId();
  readonly #ended: [number, SendResult][] = [];
  #bulk: NativeBulk | undefined;
  #source: Source | undefined;
  /** The source was asked for the next send and has not answered yet. */
  #asked = false;
  /** What the source threw. */
  #failure: { error: unknown } | undefined;
  /** How many were taken and are not yielded yet. */
  #held = 0;
  /** How many of these have no outcome yet. */
  #underWay = 0;
  #index = 0;
  #stopped = false;
  #left = false;
  #wake: (() => void) | undefined;

  constructor(how: Begin) {
    this.#how = how;
  }

  async *run(open: () => Source): Outcomes {
    const { site, signal } = this.#how;
    signal?.throwIfAborted();
    const opened = this.#how.begin(hub(), this.#id);
    if (typeof opened === 'string') throw unwrap(JSON.parse(opened), site);
    this.#bulk = opened;
    const forget = signal && onAbort(signal, () => this.#stop());
    try {
      this.#source = open();
      const limit = opened.concurrency();
      while (!this.#left) {
        if (this.#source && !this.#asked && this.#held < limit) this.#take(limit - this.#held);
        const next = this.#ended.shift();
        if (next) {
          this.#held -= 1;
          yield next;
        } else if (this.#source === undefined && this.#underWay === 0) {
          break;
        } else {
          await this.#change();
        }
      }
      if (this.#left) return;
      signal?.throwIfAborted();
      if (this.#failure) throw this.#failure.error;
    } finally {
      forget?.();
      this.#stop();
      // So that a store's records agree with what was yielded, and `close` finds nothing under way.
      while (this.#underWay > 0) await this.#change();
      for (const [, { receipt }] of this.#ended) if (receipt) native().unheard(receipt.phone);
    }
  }

  /** Whoever waits for an outcome waits no longer: nobody wants any. */
  leave(): void {
    this.#left = true;
    this.#wake?.();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Takes sends while the source has them at hand, up to the limit. */
  #take(most: number): void {
    const texts: string[] = [];
    try {
      while (texts.length < most) {
        const next = this.#source?.next();
        if (next === undefined) break;
        if ('then' in next) {
          this.#await(next);
          break;
        }
        if (next.done) {
          this.#source = undefined;
          break;
        }
        if (holdsBlob(next.value)) {
          this.#await(withBytes(next.value).then((value) => ({ value })));
          break;
        }
        texts.push(sendText(next.value));
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#push(texts);
  }

  #await(next: Promise<IteratorResult<Send>>): void {
    this.#asked = true;
    next
      .then((next) => {
        this.#asked = false;
        // It came too late: it is not sent.
        if (this.#source === undefined) return;
        if (next.done) this.#source = undefined;
        else this.#push([sendText(next.value)]);
      })
      .catch((error) => {
        this.#asked = false;
        this.#fail(error);
      })
      .finally(() => this.#wake?.());
  }

  #push(texts: string[]): void {
    if (texts.length === 0) return;
    if (this.#underWay === 0) begin(this.#id, this, this.#how.owner);
    this.#held += texts.length;
    this.#underWay += texts.length;
    this.#bulk?.push(`[${texts.join(',')}]`);
  }

  #fail(error: unknown): void {
    if (this.#source === undefined) return;
    this.#source = undefined;
    this.#failure = { error };
  }

  #stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    const source = this.#source;
    this.#source = undefined;
    this.#bulk?.stop();
    // A source that has not answered yet would not end before it has.
    Promise.resolve()
      .then(() => source?.return?.())
      .catch((error) => this.#warn(error));
    this.#wake?.();
  }

  #warn(error: unknown): void {
    process.emitWarning(error instanceof Error ? error : String(error));
  }

  #outcome(outcome: SendResult): void {
    this.#ended.push([this.#index, outcome]);
    this.#underWay -= 1;
    if (this.#underWay === 0) end(this.#id, this.#how.owner);
    this.#wake?.();
  }

  index(index: number): void {
    this.#index = index;
  }

  sent(receipt: Receipt): void {
    this.#outcome({ receipt });
  }

  refused(answer: Exclude<Answer<unknown>, { ok: unknown }>): void {
    this.#outcome({ error: failureOf(answer, this.#how.site) as WamidError });
  }

  /** The bulk was stopped, and everything known is delivered: the others had not begun. */
  ok(): void {
    if (this.#underWay === 0) return;
    this.#underWay = 0;
    end(this.#id, this.#how.owner);
    this.#wake?.();
  }
}
