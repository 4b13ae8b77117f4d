import { failureOf, type Taker, take } from './answers';
import type { Progress, Send } from './arguments';
import { holdsBlob, withBytes } from './blobs';
import type { CallOptions } from './calls';
import { type CallSite, type Outcomes, SendManyAbortedError, type WamidError, withStack } from './errors';
import { isFields, isPlainMessage, isWritable, kindOf, messageWire, stringified } from './wire';

/** How `sendMany` goes about it. */
export interface SendManyOptions extends CallOptions {
  /** How many sends are under way at once, at least 1. Default 64. */
  concurrency?: number | undefined;
  /** Is called with the counts as they change, at most ten times a second, and once at the end. */
  progress?: ((progress: Progress) => void) | undefined;
}

/** Sends written in one piece: a few milliseconds, as are the results that come in one. */
const PIECE = 1000;

/** The sends as JSON lists, with room for other work between two of them. */
export async function written(
  sends: Iterable<Send>,
  site: CallSite,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const pieces: string[] = [];
  let piece: string[] = [];
  let read = 0;
  for (const send of sends) {
    if (piece.length === PIECE) {
      pieces.push(`[${piece.join(',')}]`);
      piece = [];
      await breath();
    }
    if (signal?.aborted) throw aborted(notBegun(sends, read), signal.reason, site);
    piece.push(sendText(holdsBlob(send) ? await withBytes(send) : send));
    read += 1;
  }
  pieces.push(`[${piece.join(',')}]`);
  return pieces;
}

/** The outcomes of sends of which none has begun; of those that were read where the list itself does not know its length. */
export function notBegun(sends: Iterable<Send>, read: number): undefined[] {
  return Array.from({ length: Array.isArray(sends) ? sends.length : read }, () => undefined);
}

/** The error of a bulk that was stopped. */
export function aborted(outcomes: Outcomes, reason: unknown, site: CallSite): SendManyAbortedError {
  const error = new SendManyAbortedError(outcomes, reason);
  return withStack(error, site);
}

/** One send: the type of its content, then all of it. One that JSON cannot hold is refused in its place, not the whole list. */
export function sendText(send: Send): string {
  const kind = JSON.stringify(kindOf(send));
  if (isPlainMessage(send)) return `${kind},${JSON.stringify(send)}`;
  const args = messageWire(send);
  try {
    return `${kind},${stringified(args)}`;
  } catch {
    return `${kind},${JSON.stringify(readable(args))}`;
  }
}

/** The same with what JSON cannot hold replaced by what nothing is. */
function readable(args: Record<string, unknown>): Record<string, unknown> {
  const { content } = args;
  return { ...withHoles(args), ...(isFields(content) && { content: withHoles(content) }) };
}

function withHoles(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, isWritable(value) ? value : [[]]]));
}

/** The outcomes in all pieces, with room for other work between two of them. */
export async function outcomes(pieces: string[], site: CallSite): Promise<Outcomes> {
  const all: Outcomes = [];
  const taker: Taker = {
    sent: (receipt) => all.push({ receipt }),
    refused: (answer) => all.push({ error: failureOf(answer, site) as WamidError }),
    notBegun: () => all.push(undefined),
    ok() {},
  };
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) await breath();
    const list = JSON.parse(piece) as unknown[];
    for (let at = 0; at < list.length; ) at = take(list, at, taker);
  }
  return all;
}

function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What a caller's callback throws must not end what it is told of: it becomes a warning of the process's. */
export function reporting<P>(progress: (progress: P) => void): (counts: P) => void {
  return (counts) => {
    try {
      progress(counts);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}
