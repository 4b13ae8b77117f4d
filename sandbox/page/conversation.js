// The messages of one chat. However many there are, the page holds a window of them, which moves with the scrolling.

import { ledTo } from './arrows.js';
import { bubble, reachable } from './bubble.js';
import { el } from './dom.js';
import { icon } from './icons.js';

/** So many are in the page at most. */
const WINDOW = 200;
/** So many are added at an edge. */
const STEP = 50;
const NEAR_THE_END = 60;

/** The scrolling list of a chat's messages. */
export class Conversation {
  #context;
  #bubbles = new Map();
  /** The window: places in the store's list. */
  #first = 0;
  #end = 0;
  #atEnd = true;
  #missed = 0;
  #current = null;
  #growing = false;

  /** @param {object} context for the bubbles: `chat`, `store`, `act`, `tell`, `actions`, `jump` */
  constructor(context) {
    this.#context = context;
    this.feed = el('div', { class: 'feed', role: 'feed', 'aria-label': 'Messages', 'aria-busy': 'false' });
    this.top = el('div', { class: 'edge' });
    this.bottom = el('div', { class: 'edge' });
    this.scroller = el('div', { class: 'scroller' }, this.top, this.feed, this.bottom);
    this.newest = el('button', { type: 'button', class: 'newest', hidden: true, onclick: () => this.toEnd() });
    this.element = el('div', { class: 'messages' }, this.scroller, this.newest);
    this.edges = new IntersectionObserver((seen) => this.#reached(seen), {
      root: this.scroller,
      rootMargin: '900px 0px',
    });
    this.sizes = new ResizeObserver(() => this.#atEnd && this.#scrollToEnd());
    this.sizes.observe(this.feed);
    this.sizes.observe(this.scroller);
    this.scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.feed.addEventListener('keydown', (event) => this.#key(event));
    this.feed.addEventListener('focusin', (event) => this.#makeCurrent(event.target.closest('article')?.dataset.id));
  }

  get #list() {
    return this.#context.store.loaded(this.#context.chat.phone);
  }

  /** Where somebody reads, for `show`: null at the end. */
  place() {
    if (this.#atEnd) return null;
    const seen = this.#firstSeen();
    return seen ? { id: seen.dataset.id, top: seen.getBoundingClientRect().top } : null;
  }

  /**
   * Shows the messages as they are in the store now.
   * @param {{id: string, top: number}|null} place which message is to be where; without it, or where it is gone, the newest are shown
   */
  async show(place = null) {
    for (const [id, { update }] of this.#bubbles) if (this.#entry(id)) update(this.#entry(id));
    if (place && (await this.#loads(place.id))) {
      this.#around(place.id);
      this.scroller.scrollTop += this.#bubbles.get(place.id).article.getBoundingClientRect().top - place.top;
      return;
    }
    this.#end = this.#list.ids.length;
    this.#first = Math.max(0, this.#end - STEP);
    this.#fill();
    this.toEnd();
    this.#watchEdges();
  }

  close() {
    this.edges.disconnect();
    this.sizes.disconnect();
  }

  /** Takes what has changed in the chat. */
  take(added, changed) {
    for (const id of changed) {
      const drawn = this.#bubbles.get(id);
      drawn?.update(this.#entry(id));
      if (drawn) reachable(drawn.article, id === this.#current);
    }
    if (added.length === 0) return;
    const { ids } = this.#list;
    if (this.#end === ids.length - added.length) {
      this.#keepPlace(() => {
        this.#end = ids.length;
        if (this.#atEnd) this.#first = Math.max(this.#first, this.#end - WINDOW);
        else this.#end = Math.min(this.#end, this.#first + WINDOW);
        this.#fill();
      });
    }
    if (this.#atEnd) this.#scrollToEnd();
    else this.#missed += added.length;
    this.#showNewest();
  }

  /** Scrolls to the newest message. */
  toEnd() {
    const { ids } = this.#list;
    if (this.#end < ids.length) {
      this.#end = ids.length;
      this.#first = Math.max(0, this.#end - STEP);
      this.#fill();
    }
    this.#atEnd = true;
    this.#missed = 0;
    this.#scrollToEnd();
    this.#showNewest();
  }

  /** Scrolls to a message, loading what lies between; says whether it is there. */
  async jump(id) {
    if (!(await this.#loads(id))) return false;
    const at = this.#list.ids.indexOf(id);
    if (at < this.#first || at >= this.#end) this.#around(id);
    this.#atEnd = false;
    const { article } = this.#bubbles.get(id);
    article.scrollIntoView({ block: 'center' });
    article.focus({ preventScroll: true });
    article.classList.add('found');
    setTimeout(() => article.classList.remove('found'), 1600);
    return true;
  }

  /** Moves the focus to the newest message, or to that which had it. */
  focus() {
    this.#bubbles.get(this.#current ?? this.#list.ids.at(-1))?.article.focus();
  }

  /** Loads older messages until that one is among them; says whether it is there. */
  async #loads(id) {
    const { store, chat } = this.#context;
    while (!store.entry(chat.phone, id)) {
      const { length } = this.#list.ids;
      this.#moved(await store.older(chat.phone, 500).catch(() => 0));
      if (this.#list.ids.length === length) return false;
    }
    return true;
  }

  /** Puts a message and its neighbours into the page. */
  #around(id) {
    const at = this.#list.ids.indexOf(id);
    this.#first = Math.max(0, at - STEP);
    this.#end = Math.min(this.#list.ids.length, at + STEP);
    this.#fill();
    this.#watchEdges();
  }

  /** The first message of which something is to be seen. */
  #firstSeen() {
    const { top } = this.scroller.getBoundingClientRect();
    return [...this.feed.children].find((article) => article.getBoundingClientRect().bottom > top);
  }

  #entry(id) {
    return this.#context.store.entry(this.#context.chat.phone, id);
  }

  /** Puts the window's messages into the page, and takes the others out. */
  #fill() {
    const ids = this.#list.ids.slice(this.#first, this.#end);
    const wanted = new Set(ids);
    for (const [id, { article }] of this.#bubbles) {
      if (wanted.has(id)) continue;
      article.remove();
      this.#bubbles.delete(id);
    }
    let after = null;
    ids.forEach((id, at) => {
      const before = this.#list.ids[this.#first + at - 1];
      let drawn = this.#bubbles.get(id);
      if (!drawn) {
        drawn = bubble(this.#entry(id), this.#context);
        reachable(drawn.article, false);
        this.#bubbles.set(id, drawn);
        if (after) after.after(drawn.article);
        else this.feed.prepend(drawn.article);
      }
      // What stood first may have another before it now.
      if (drawn.before !== (before ?? null)) {
        drawn.before = before ?? null;
        drawn.follow(before ? this.#entry(before) : null);
      }
      drawn.article.setAttribute('aria-posinset', this.#list.more ? '-1' : String(this.#first + at + 1));
      drawn.article.setAttribute('aria-setsize', this.#list.more ? '-1' : String(this.#list.ids.length));
      after = drawn.article;
    });
    const reading = this.#bubbles.has(this.#current) && this.feed.contains(document.activeElement);
    if (!reading) this.#makeCurrent(ids.at(-1));
  }

  /** Changes the page so that what the reader sees stays where it is. */
  #keepPlace(change) {
    const seen = this.#firstSeen();
    const was = seen?.getBoundingClientRect().top;
    change();
    if (seen?.isConnected) this.scroller.scrollTop += seen.getBoundingClientRect().top - was;
  }

  /** Older messages came before those that are there. */
  #moved(by) {
    this.#first += by;
    this.#end += by;
  }

  #watchEdges() {
    // Observing anew tells where the edges are now.
    this.edges.disconnect();
    this.edges.observe(this.top);
    this.edges.observe(this.bottom);
  }

  async #reached(seen) {
    if (this.#growing) return;
    this.#growing = true;
    try {
      const reached = (edge) => seen.some((entry) => entry.target === edge && entry.isIntersecting);
      const grew = (reached(this.top) && (await this.#growUp())) || (reached(this.bottom) && this.#growDown());
      if (grew) this.#watchEdges();
    } finally {
      this.#growing = false;
      this.feed.setAttribute('aria-busy', 'false');
    }
  }

  async #growUp() {
    const { store, chat } = this.#context;
    if (this.#first === 0) {
      if (!this.#list.more) return false;
      this.feed.setAttribute('aria-busy', 'true');
      this.#moved(await store.older(chat.phone).catch(() => 0));
      if (this.#first === 0) return false;
    }
    this.#keepPlace(() => {
      this.#first = Math.max(0, this.#first - STEP);
      this.#end = Math.min(this.#end, this.#first + WINDOW);
      this.#fill();
    });
    return true;
  }

  #growDown() {
    const { length } = this.#list.ids;
    if (this.#end === length) return false;
    this.#keepPlace(() => {
      this.#end = Math.min(length, this.#end + STEP);
      this.#first = Math.max(this.#first, this.#end - WINDOW);
      this.#fill();
    });
    return true;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    this.#atEnd = near && this.#end === this.#list.ids.length;
    if (this.#atEnd) this.#missed = 0;
    this.#showNewest();
  }

  #scrollToEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #showNewest() {
    this.newest.hidden = this.#atEnd;
    const label = this.#missed > 0 ? `${this.#missed} new` : 'Newest';
    if (this.newest.dataset.label === label) return;
    this.newest.dataset.label = label;
    this.newest.replaceChildren(label, icon('down'));
  }

  /** One message is in the tab order, with what it holds; the arrow keys make another the one. */
  #makeCurrent(id) {
    if (!id || id === this.#current) return;
    const before = this.#bubbles.get(this.#current)?.article;
    if (before) reachable(before, false);
    this.#current = id;
    const article = this.#bubbles.get(id)?.article;
    if (article) reachable(article, true);
  }

  #key(event) {
    const article = event.target.closest('article');
    if (!article || event.target !== article) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      article.querySelector('.more').click();
      return;
    }
    ledTo(event, article, this.feed)?.focus();
  }
}
