import type { Values } from './event-values';
import { EVENTS, type EventMedia, type MessageEvent, type WebhookEvent } from './events';
import type { Json } from './parameters';

/** A file of a message. */
export type Media = EventMedia;

/** What messages have, whoever wrote them. */
export type MessageFields = Omit<MessageEvent, 'event'>;

/** Events as they cross, as `src/event_text.rs` has it: their values, and the `raw` of each. */
export type EventTexts = readonly [values: string, raws: string];

/** Events from their two texts. */
export function events(texts: EventTexts): WebhookEvent[] {
  const all = JSON.parse(texts[0]) as Values[];
  const raws = new Raws(texts[1]);
  return all.map((values, index) => {
    const event = (EVENTS[values[0] as string] as (values: Values) => WebhookEvent)(values);
    new WithRaw(event, raws, index);
    return Object.defineProperty(event, 'raw', RAW);
  });
}

/** The JSON of many events' `raw`. */
class Raws {
  readonly #text: string;
  #pieces: string[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  at(index: number): Json {
    this.#pieces ??= this.#text.split('\0');
    return JSON.parse(this.#pieces[index] as string);
  }
}

/** A class whose constructor gives the object that it is given, to which a class of it adds its private fields. */
class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: it is what this class is for
    return object;
  }
}

/** What an event has of its `raw`, unseen, until somebody reads it. */
class WithRaw extends Given {
  #raws: Raws;
  #index: number;

  constructor(event: object, raws: Raws, index: number) {
    super(event);
    this.#raws = raws;
    this.#index = index;
  }

  /** The `raw` of an event, or of an object that has an event for its prototype. */
  static of(object: object | null): Json | undefined {
    for (let at = object; at !== null; at = Object.getPrototypeOf(at)) {
      if (#raws in at) return (at as WithRaw).#raws.at((at as WithRaw).#index);
    }
    return undefined;
  }
}

/** The property `raw`: the value is read where it is asked for, and then stands there as any other. */
const RAW: PropertyDescriptor = {
  get(this: object) {
    const value = WithRaw.of(this);
    if (value !== undefined) put(this, value);
    return value;
  },
  set(this: object, value: unknown) {
    put(this, value);
  },
  enumerable: true,
  configurable: true,
};

/** Of a frozen event it stays as it is. */
function put(event: object, value: unknown): void {
  Reflect.defineProperty(event, 'raw', { value, writable: true, enumerable: true, configurable: true });
}
