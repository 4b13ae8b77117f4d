import { failureOf, type Taker, take } from './answers';
import type { Progress, Send } from './arguments';
import type { CallOptions } from './calls';
import { type CallSite, type Outcomes, SendManyAbortedError, type WamidError, withStack } from './errors';
import { isPlain, json, wire } from './wire';

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
    piece.push(sendText(send, site));
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

/** One send: its type, then all of it. One that JSON cannot hold is refused in its place, not the whole list. */
export function sendText(send: Send, site: CallSite): string {
  if (isPlain(send)) return `${typeText(send.type)},${JSON.stringify(send)}`;
  const { type, ...given } = send ?? {};
  const args = wire(given);
  try {
    return `${typeText(type)},${JSON.stringify(args)}`;
  } catch {
    return `${typeText(type)},${JSON.stringify(readable(args, site))}`;
  }
}

function typeText(type: unknown): string {
  return typeof type === 'string' ? JSON.stringify(type) : 'null';
}

/** The same arguments with what JSON cannot hold replaced by what no argument is. */
function readable(args: Record<string, unknown>, site: CallSite): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      try {
        json({ [key]: value }, site);
        return [key, value];
      } catch {
        return [key, [[]]];
      }
    }),
  );
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

/** What a caller's callback throws must not end the sends: it becomes a warning of the process's. */
export function reporting(progress: (progress: Progress) => void): (counts: Progress) => void {
  return (counts) => {
    try {
      progress(counts);
    } catch (error) {
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  };
}
