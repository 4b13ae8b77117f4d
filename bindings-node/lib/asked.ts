import { type CallOptions, call, type Owner } from './calls';
import type { CallSite } from './errors';
import type { NativeClient } from './native';
import { argumentsJson, isFields } from './wire';

/** What an answer's fields hold, by their common names: JSON, which stays as it is, bytes, or fields of their own. */
export interface Held {
  readonly [field: string]: Held | Plain;
}

type Plain = 'json' | 'bytes';

/** Makes the call of an operation. */
export type Ask = <T>(
  operation: string,
  given: object,
  site: CallSite,
  options: CallOptions | undefined,
  held?: Held | Plain,
) => Promise<T>;

const PLAIN: Held = {};

/** What makes the calls of this client. */
export function asker(client: NativeClient, owner: Owner): Ask {
  return <T>(
    operation: string,
    given: object,
    site: CallSite,
    options: CallOptions | undefined,
    held?: Held | Plain,
  ): Promise<T> =>
    call<unknown, T>({
      site,
      owner,
      options,
      begin: (calls, id) => client.ask(calls, id, operation, argumentsJson(given, site)),
      read: (ok) => named(ok, held ?? PLAIN) as T,
    });
}

/** An answer under JavaScript's names; what is unknown is absent. */
function named(value: unknown, held: Held | Plain): unknown {
  if (held === 'json') return value;
  if (value === null) return undefined;
  if (held === 'bytes') return Buffer.from(value as string, 'base64');
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
