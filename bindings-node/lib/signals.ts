import type { CallSite } from './errors';
import { refused } from './wire';

/** What is to be stopped when a signal aborts. */
type Stop = () => void;

const listening = new WeakMap<AbortSignal, { stops: Set<Stop>; listener: Stop }>();

/**
 * Stops `stop` when the signal aborts; what comes back takes that away again. However many calls share a signal, it has one
 * listener: the platform warns of a leak from the eleventh on.
 */
export function onAbort(signal: AbortSignal, stop: Stop): Stop {
  let entry = listening.get(signal);
  if (entry === undefined) {
    const stops = new Set<Stop>();
    const listener = () => {
      listening.delete(signal);
      for (const stop of [...stops]) stop();
    };
    signal.addEventListener('abort', listener, { once: true });
    entry = { stops, listener };
    listening.set(signal, entry);
  }
  const { stops, listener } = entry;
  stops.add(stop);
  return () => {
    stops.delete(stop);
    if (stops.size === 0 && listening.get(signal)?.stops === stops) {
      listening.delete(signal);
      signal.removeEventListener('abort', listener);
    }
  };
}

/** A signal, of whatever realm: test runners have more than one of each class. */
export function checked(signal: AbortSignal | undefined | null, site: CallSite): AbortSignal | undefined {
  if (signal === undefined || signal === null) return undefined;
  if (typeof signal.aborted === 'boolean' && typeof signal.addEventListener === 'function') return signal;
  throw refused('signal', 'must be an AbortSignal', site);
}
