import type { Progress, Send } from './arguments';
import { type Answer, type CallOptions, failureOf } from './calls';
import type { CallSite, WamidError } from './errors';
import { type Receipt, receipt } from './results';
import { json, wire } from './wire';

/** What became of one send of `sendMany`. */
export type SendResult = { receipt: Receipt; error?: undefined } | { error: WamidError; receipt?: undefined };

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
  for (const send of sends) {
    if (piece.length === PIECE) {
      pieces.push(`[${piece.join(',')}]`);
      piece = [];
      await breath();
      signal?.throwIfAborted();
    }
    piece.push(sendText(send, site));
  }
  pieces.push(`[${piece.join(',')}]`);
  return pieces;
}

/** One send; one that JSON cannot hold is refused in its place, not the whole list. */
function sendText(send: Send, site: CallSite): string {
  const { type, ...given } = send ?? {};
  const op = typeof type === 'string' ? type : null;
  const args = wire(given);
  try {
    return JSON.stringify({ op, args });
  } catch {
    return JSON.stringify({ op, args: readable(args, site) });
  }
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

/** The results of all pieces, with room for other work between two of them. */
export async function results(pieces: string[], site: CallSite): Promise<SendResult[]> {
  const all: SendResult[] = [];
  for (const [at, piece] of pieces.entries()) {
    if (at > 0) await breath();
    for (const answer of JSON.parse(piece) as Answer<never>[]) {
      if ('ok' in answer) all.push({ receipt: receipt(answer.ok) });
      else all.push({ error: failureOf(answer, site) as WamidError });
    }
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
