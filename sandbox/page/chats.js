// The list of chats, with a field that finds one or begins one with a number.

import { ledTo } from './arrows.js';
import { avatar } from './avatar.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { recent } from './times.js';
import { isNamed, named, numbered, phoneOf, words } from './words.js';

/** So many chats are in the page, until more are asked for. */
const STEP = 100;

/** The left column. */
export class Chats {
  #store;
  #open;
  #shown = STEP;
  #rows = new Map();
  #current = null;

  /**
   * @param {object} store
   * @param {function(string): void} open opens the chat of a phone
   */
  constructor(store, open) {
    this.#store = store;
    this.#open = open;
    this.search = el('input', {
      type: 'search',
      'aria-label': 'Find a chat, or type a new number',
      placeholder: 'Find a chat, or type a new number',
      oninput: () => this.draw(),
    });
    this.begin = el('button', { type: 'button', class: 'begin', onclick: () => this.#begin() });
    this.list = el('ul', { class: 'chat-list', 'aria-label': 'Chats', onkeydown: (event) => this.#key(event) });
    this.more = el('button', { type: 'button', class: 'quiet', onclick: () => this.#showMore() }, 'Show more chats');
    this.empty = el('p', { class: 'note nothing' });
    const form = el('form', { class: 'search', role: 'search' }, icon('search'), this.search);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (!this.begin.hidden) this.#begin();
      else this.list.querySelector('button')?.click();
    });
    this.element = el('div', { class: 'chats' }, form, this.begin, this.list, this.more, this.empty);
  }

  /** Marks the chat that is open. */
  mark(phone) {
    this.#current = phone;
    this.draw();
  }

  focus() {
    (this.#rows.get(this.#current)?.button ?? this.list.querySelector('button') ?? this.search).focus();
  }

  draw() {
    const sought = this.search.value.trim().toLowerCase();
    const digits = sought.replace(/[\s().+-]/gu, '');
    const fits = (chat) =>
      chat.name.toLowerCase().includes(sought) || chat.phone.toLowerCase().includes(digits || sought);
    const found = this.#store.newestFirst().filter((chat) => !sought || fits(chat));
    const phone = phoneOf(this.search.value);
    this.begin.hidden = !phone || this.#store.chats.has(phone);
    this.begin.dataset.phone = phone;
    this.begin.replaceChildren(icon('plus'), `Chat with ${numbered(phone)}`);
    this.more.hidden = found.length <= this.#shown;
    this.empty.textContent =
      found.length > 0 || !this.begin.hidden ? '' : sought ? 'No chat is found.' : 'No chat yet.';
    this.#put(found.slice(0, this.#shown));
  }

  /** Changes the rows in place: the one that has the focus keeps it. */
  #put(chats) {
    const wanted = new Set(chats.map((chat) => chat.phone));
    for (const [phone, { item }] of this.#rows) {
      if (wanted.has(phone)) continue;
      item.remove();
      this.#rows.delete(phone);
    }
    const focused = this.list.contains(document.activeElement) ? document.activeElement : null;
    chats.forEach((chat, at) => {
      const row = this.#rows.get(chat.phone) ?? this.#row(chat.phone);
      row.update(chat);
      row.button.tabIndex = chat.phone === this.#current || (!wanted.has(this.#current) && at === 0) ? 0 : -1;
      if (this.list.children[at] !== row.item) this.list.insertBefore(row.item, this.list.children[at] ?? null);
    });
    if (focused && document.activeElement !== focused) focused.focus();
  }

  #row(phone) {
    const button = el('button', { type: 'button', class: 'chat', onclick: () => this.#open(phone) });
    const item = el('li', {}, button);
    let drawn = '';
    const update = (chat) => {
      const current = phone === this.#current;
      const { last } = chat;
      const held = JSON.stringify([
        chat.name,
        chat.unread,
        last?.id,
        last?.time,
        last?.edited,
        last?.deleted,
        last?.status,
        chat.trouble,
        current,
      ]);
      if (held === drawn) return;
      drawn = held;
      button.replaceChildren(...rowOf(chat));
      if (current) button.setAttribute('aria-current', 'true');
      else button.removeAttribute('aria-current');
    };
    const row = { item, button, update };
    this.#rows.set(phone, row);
    return row;
  }

  #begin() {
    const { phone } = this.begin.dataset;
    this.search.value = '';
    this.#store.begin(phone);
    this.#open(phone);
    this.draw();
  }

  #showMore() {
    const at = this.#shown;
    this.#shown += STEP;
    this.draw();
    this.list.children[at]?.querySelector('button').focus();
  }

  #key(event) {
    ledTo(event, event.target.closest('li'), this.list)?.querySelector('button').focus();
  }
}

function rowOf(chat) {
  const { last } = chat;
  const failed = last && ['refused', 'failed', 'undelivered'].includes(last.status);
  const troubled = Object.values(chat.trouble ?? {}).some(Boolean);
  return [
    avatar(named(chat)),
    el(
      'span',
      { class: 'chat-words' },
      el('span', { class: 'chat-top' }, el('b', { dir: 'auto' }, named(chat)), last && recent(last.time)),
      isNamed(chat) && el('span', { class: 'chat-number' }, numbered(chat.phone)),
      el(
        'span',
        { class: 'chat-bottom' },
        el(
          'span',
          { class: failed ? 'last bad' : 'last', dir: 'auto' },
          last ? `${last.side === 'customer' ? 'You: ' : ''}${words(last, 80)}` : 'Nothing yet',
        ),
        troubled &&
          el(
            'span',
            { class: 'mark', title: 'Trouble is set' },
            icon('switches'),
            el('span', { class: 'hidden' }, 'Trouble is set'),
          ),
        chat.unread > 0 &&
          el('span', { class: 'unread' }, String(chat.unread), el('span', { class: 'hidden' }, ' unread')),
      ),
    ),
  ];
}
