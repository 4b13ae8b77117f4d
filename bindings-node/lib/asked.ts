import { holdsBlob, withBytes } from './blobs';
import { type CallOptions, call, type Owner } from './calls';
import type { CallSite } from './errors';
import { reporting } from './many';
import type { NativeClient } from './native';
import { argumentsJson, isFields, known, refused } from './wire';

/** What an answer's fields hold, by their common names: JSON, which stays as it is, bytes, instants, or fields of their own. */
export interface Held {
  readonly [field: string]: Held | Plain;
}

type Plain = 'json' | 'bytes' | 'instant';

/** Makes the call of an operation. */
export type Ask = <T>(
  operation: string,
  given: object,
  site: CallSite,
  options: CallOptions | undefined,
  held?: Held | Plain,
) => Promise<T>;

const PLAIN: Held = {};

/** How far a file has come on its way up or down. */
export interface TransferProgress {
  /** The bytes that have moved; counted from 0 again where the transfer is begun again. */
  bytes: number;
  /** The bytes that there are in all, where that is known. */
  total?: number;
}

/** What the call of a transfer takes beside its arguments. */
export interface TransferOptions extends CallOptions {
  /**
   * Is called with the bytes that have moved, at most ten times a second, and once at the end. What it throws becomes a warning of
   * the process's, and the transfer goes on.
   */
  progress?: ((progress: TransferProgress) => void) | undefined;
}

/** The names of these. */
const TRANSFER_OPTIONS = ['signal', 'progress'] as const;

/** What makes the calls of this client that tell how far they have come. */
export function transferrer(client: NativeClient, owner: Owner): Ask {
  return async <T>(
    operation: string,
    given: object,
    site: CallSite,
    options: TransferOptions | undefined,
    held?: Held | Plain,
  ): Promise<T> => {
    const { signal, progress } = known(options, TRANSFER_OPTIONS, site);
    if (progress !== undefined && typeof progress !== 'function') throw refused('progress', 'must be a function', site);
    const read = await withBytes(given);
    return call<unknown, T>({
      site,
      owner,
      options: { signal },
      begin: (calls, id) => client.ask(calls, id, operation, argumentsJson(read, site), progress !== undefined),
      read: (ok) => named(ok, held ?? PLAIN) as T,
      progress: progress && reporting(progress),
    });
  };
}

/** What makes the calls of this client. */
export function asker(client: NativeClient, owner: Owner): Ask {
  return <T>(
    operation: string,
    given: object,
    site: CallSite,
    options: CallOptions | undefined,
    held?: Held | Plain,
  ): Promise<T> => {
    const ask = (given: object) =>
      call<unknown, T>({
        site,
        owner,
        options,
        begin: (calls, id) => client.ask(calls, id, operation, argumentsJson(given, site), false),
        read: (ok) => named(ok, held ?? PLAIN) as T,
      });
    return holdsBlob(given) ? withBytes(given).then(ask) : ask(given);
  };
}

/** An answer under JavaScript's names; what is unknown is absent. */
function named(value: unknown, held: Held | Plain): unknown {
  if (held === 'json') return value;
  if (value === null) return undefined;
  if (held === 'bytes') return Buffer.from(value as string, 'base64');
  if (held === 'instant') return new Date(value as string);
  if (Array.isArray(value)) return value.map((item) => named(item, held));
  if (!isFields(value)) return value;
  const out: Record<string, unknown> = {};
  for (const key in value) {
    const field = named(value[key], held[key] ?? PLAIN);
    if (field !== undefined) out[camel(key)] = field;
  }
  return out;
}

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
