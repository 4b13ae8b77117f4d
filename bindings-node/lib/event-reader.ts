import { EVENTS, type EventMedia, type MessageEvent, type WebhookEvent } from './events';
import type { Json } from './parameters';

/** A file of a message. */
export type Media = EventMedia;

/** What messages have, whoever wrote them. */
export type MessageFields = Omit<MessageEvent, 'event'>;

/**
 * How an object is read: its fields that have another name in JavaScript, and those that hold an instant or fields of their own. All others
 * stay as they are.
 */
export interface Fields {
  readonly [field: string]: string | readonly [name: string, holds: Fields | 'instant'];
}

type Wire = Record<string, Json>;

const NONE: Fields = {};

/** Events from their wire form. */
export const events = (wire: Wire[]): WebhookEvent[] =>
  wire.map((event) => read(event, EVENTS[event.event as string] ?? NONE) as unknown as WebhookEvent);

function read(wire: Wire, fields: Fields): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const key in wire) {
    const field = fields[key];
    const value = wire[key] as Json;
    if (field === undefined) out[key] = value;
    else if (typeof field === 'string') out[field] = value;
    else out[field[0]] = held(value, field[1]);
  }
  return out;
}

function held(value: Json, holds: Fields | 'instant'): unknown {
  if (holds === 'instant') return new Date(value as string);
  return Array.isArray(value) ? value.map((item) => read(item as Wire, holds)) : read(value as Wire, holds);
}
