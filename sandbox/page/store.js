// What the page knows: the chats, and the entries that were loaded of each. It changes by the sandbox's events, and tells who listens.

import * as backend from './backend.js';

/** An `EventTarget` of the events `all`, `chats`, `webhook`, `connection`, `entries` (detail: phone, added, changed) and `wire` (detail: id). */
export class Store extends EventTarget {
  state = { numbers: [], business: '', display_number: '', webhook: null, graph_url: '', products: [] };
  /** By phone. */
  chats = new Map();
  /** By phone: `{ids: oldest first, byId, more}`. */
  #loaded = new Map();
  #stream = null;
  #waiting = new Map();
  /** Times are of a second: which chat had the newest entry is counted. */
  #turn = 0;
  /** The pages that are asked for, each `{phone, came}`: the entries that came meanwhile. */
  #asked = new Set();
  /** The ids that came: an entry that has changed is none that is new. */
  #seen = new Set();
  connected = true;

  /** Asks for everything, and follows what changes from there. */
  async start() {
    this.#stream?.close();
    const { chats, seq, ...state } = await backend.state();
    this.state = state;
    this.chats = new Map(chats.map((chat, at) => [chat.phone, { ...chat, turn: -at }]));
    this.#turn = 0;
    this.#seen = new Set(chats.flatMap((chat) => chat.last?.id ?? []));
    this.#loaded.clear();
    this.#waiting.clear();
    this.#asked.clear();
    this.#stream = backend.events(seq, {
      entry: (entry) => this.#later('entry', entry.id, entry),
      chat: (chat) => this.#later('chat', chat.phone, chat),
      wire: ({ id }) => this.#later('wire', id, id),
      webhook: ({ url }) => this.#later('webhook', '', url),
      reset: () => this.#restart(),
      connection: (up) => this.#connection(up),
    });
    this.#tell('all');
  }

  /** The chats, the one with the newest entry first. */
  newestFirst() {
    return [...this.chats.values()].sort((one, other) => other.turn - one.turn);
  }

  /** What of a chat is loaded. */
  loaded(phone) {
    return this.#loaded.get(phone) ?? { ids: [], byId: new Map(), more: true };
  }

  entry(phone, id) {
    return this.#loaded.get(phone)?.byId.get(id) ?? null;
  }

  /** Loads the newest entries of a chat, unless some are there. */
  async open(phone) {
    if (this.#loaded.has(phone)) return;
    const page = await this.#page(phone);
    if (!page.isStale && !this.#loaded.has(phone)) this.#put(phone, page.entries, page.more, page.missed);
  }

  /** Loads entries before those that are there; says how many came. */
  async older(phone, limit = 100) {
    const known = this.#loaded.get(phone);
    if (!known?.more || known.ids.length === 0) return 0;
    known.asked ??= this.#page(phone, known.ids[0], limit).finally(() => {
      known.asked = null;
    });
    const page = await known.asked;
    const fresh = page.entries.filter((entry) => !known.byId.has(entry.id));
    for (const entry of fresh) known.byId.set(entry.id, entry);
    known.ids.unshift(...fresh.map((entry) => entry.id));
    known.more = page.more && page.entries.length > 0;
    return fresh.length;
  }

  /** Makes a chat with a number that has none; it lives here until something is sent. */
  begin(phone) {
    if (!this.chats.has(phone)) {
      const trouble = { offline: false, deleted: false, opted_out: false, window_closed: false, blocked: false };
      this.chats.set(phone, {
        phone,
        name: '',
        unread: 0,
        count: 0,
        last: null,
        reads: true,
        trouble,
        turn: ++this.#turn,
      });
      this.#put(phone, [], false);
      this.#tell('chats');
    }
  }

  product(retailerId) {
    return this.state.products.find((product) => product.retailer_id === retailerId) ?? null;
  }

  #put(phone, entries, more, missed = []) {
    const byId = new Map(entries.map((entry) => [entry.id, entry]));
    this.#loaded.set(phone, { ids: [...byId.keys()], byId, more });
    const changes = new Map();
    for (const entry of missed) this.#entry(entry, changes);
    if (changes.get(phone)?.gap) this.#reload(phone);
  }

  /**
   * Asks for a page of a chat. What came while it was on its way may be newer than what it says: that stands in it instead,
   * or in `missed` where the page does not have it. `isStale` where all was forgotten meanwhile.
   */
  async #page(phone, before, limit) {
    const asked = { phone, came: new Map() };
    this.#asked.add(asked);
    try {
      const { entries, more } = await backend.entries(phone, before, limit);
      const held = new Set(entries.map(({ id }) => id));
      return {
        entries: entries.map((entry) => asked.came.get(entry.id) ?? entry),
        more,
        missed: [...asked.came.values()].filter(({ id }) => !held.has(id)),
        isStale: !this.#asked.has(asked),
      };
    } finally {
      this.#asked.delete(asked);
    }
  }

  /** Events come faster than a screen is drawn: they wait for the next picture, the newest of each kind and name. */
  #later(kind, name, value) {
    if (this.#waiting.size === 0) setTimeout(() => this.#apply(), 30);
    // A message that changes at once keeps the place at which it came.
    this.#waiting.set(`${kind} ${name}`, { kind, value });
  }

  #apply() {
    const changes = new Map();
    const wires = [];
    let [chats, webhook] = [false, false];
    for (const { kind, value } of [...this.#waiting.values()]) {
      if (kind === 'chat') {
        const { last = null, turn = ++this.#turn } = this.chats.get(value.phone) ?? {};
        this.chats.set(value.phone, { ...value, last: value.last ?? last, turn });
        chats = true;
      } else if (kind === 'entry') {
        this.#entry(value, changes);
        chats = true;
      } else if (kind === 'webhook') {
        this.state.webhook = value;
        webhook = true;
      } else {
        wires.push(value);
      }
    }
    this.#waiting.clear();
    for (const [phone, { added, changed, gap }] of changes) {
      if (gap) this.#reload(phone);
      else if (added.length || changed.length) this.#tell('entries', { phone, added, changed });
    }
    if (chats) this.#tell('chats');
    if (webhook) this.#tell('webhook');
    for (const id of wires) this.#tell('wire', { id });
  }

  #entry(entry, changes) {
    for (const { phone, came } of this.#asked) if (phone === entry.phone) came.set(entry.id, entry);
    const chat = this.chats.get(entry.phone);
    if (!chat) this.begin(entry.phone);
    const owner = this.chats.get(entry.phone);
    const isNew = !this.#seen.has(entry.id) && !this.entry(entry.phone, entry.id);
    this.#seen.add(entry.id);
    if (owner.last?.id === entry.id) {
      owner.last = entry;
    } else if (!owner.last || (isNew && entry.time >= owner.last.time)) {
      owner.last = entry;
      owner.turn = ++this.#turn;
    }
    const known = this.#loaded.get(entry.phone);
    if (!known) return;
    const change = changes.get(entry.phone) ?? { added: [], changed: [], gap: false };
    changes.set(entry.phone, change);
    if (known.byId.has(entry.id)) {
      known.byId.set(entry.id, entry);
      change.changed.push(entry.id);
      return;
    }
    const [oldest, newest] = [known.byId.get(known.ids[0]), known.byId.get(known.ids.at(-1))];
    // An entry of a page that is not loaded has changed. Where times do not tell it from a new one, the newest page is asked for.
    if (known.more && oldest && entry.time <= oldest.time) {
      change.gap ||= oldest.time === newest.time;
      return;
    }
    known.byId.set(entry.id, entry);
    known.ids.push(entry.id);
    change.added.push(entry.id);
  }

  async #reload(phone) {
    const page = await this.#page(phone).catch(() => null);
    const known = this.#loaded.get(phone);
    if (!page || !known) return;
    if (!page.entries.some((entry) => known.byId.has(entry.id))) {
      this.#put(phone, page.entries, page.more, page.missed);
      this.#tell('all');
      return;
    }
    const added = page.entries.filter((entry) => !known.byId.has(entry.id)).map((entry) => entry.id);
    for (const entry of page.entries) known.byId.set(entry.id, entry);
    known.ids.push(...added);
    this.#tell('entries', {
      phone,
      added,
      changed: page.entries.map((entry) => entry.id).filter((id) => !added.includes(id)),
    });
  }

  /** A stream that comes back may be that of another sandbox at the same address: what is known is asked for again. */
  #connection(up) {
    const returned = up && !this.connected;
    this.connected = up;
    this.#tell('connection');
    if (returned) this.#restart();
  }

  #restart() {
    this.start().catch(() => setTimeout(() => this.#restart(), 1000));
  }

  #tell(name, detail = null) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
