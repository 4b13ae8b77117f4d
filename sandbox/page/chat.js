// One open chat: its head, its messages, its composer.

import { avatar } from './avatar.js';
import * as backend from './backend.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { Delivery } from './delivery.js';
import { openWire } from './dialogs/wire.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { nameForm, troubleGroup, troubles } from './trouble.js';
import { isNamed, named, numbered } from './words.js';

/** The acts that are a message of their own, at the end of the chat. */
const MESSAGES = new Set(['text', 'media', 'location', 'contact', 'order']);
const SIGNS = { '👍': 'Thumbs up', '❤️': 'Heart', '😂': 'Laughing', '😮': 'Surprised', '😢': 'Sad', '🙏': 'Thanks' };

/** The right column. */
export class Chat {
  #store;
  #troubled = false;

  /**
   * @param {object} store
   * @param {string} phone
   * @param {function(): void} leave goes back to the list
   */
  constructor(store, phone, leave) {
    this.#store = store;
    this.phone = phone;
    const chat = () => store.chats.get(phone);
    // The chat is asked for when it is used: its name may change.
    const context = {
      store,
      act: (what) => this.act(what),
      tell: (what) => this.#tell(what),
      actions: (id, button) => this.#actions(id, button),
      jump: (id) => this.#jump(id),
    };
    Object.defineProperty(context, 'chat', { get: chat, enumerable: true });
    this.delivery = new Delivery(store);
    this.composer = new Composer(context);
    this.conversation = new Conversation(context);
    this.trouble = el('button', {
      type: 'button',
      class: 'quiet',
      'aria-expanded': 'false',
      onclick: () => this.#toggleTrouble(),
    });
    this.read = el(
      'button',
      { type: 'button', class: 'quiet', onclick: () => this.act({ act: 'read' }) },
      icon('eye'),
      el('span', {}, 'Mark read'),
    );
    this.person = el('div', { class: 'person' });
    this.switches = el('div', { class: 'switches' });
    const back = el(
      'button',
      { type: 'button', class: 'plain back', 'aria-label': 'Back to the chats', onclick: leave },
      icon('back'),
    );
    this.element = el(
      'section',
      { class: 'open-chat', 'aria-label': 'Conversation' },
      el('header', { class: 'chat-head' }, back, this.person, this.read, this.trouble),
      this.switches,
      this.conversation.element,
      this.delivery.element,
      this.composer.element,
    );
    this.composer.takesDrops(this.element);
    this.draw();
  }

  get #chat() {
    return this.#store.chats.get(this.phone);
  }

  /** Draws what the head shows of the chat. */
  draw() {
    const chat = this.#chat;
    const wrong = troubles(chat);
    const held = JSON.stringify([chat.name, wrong, chat.unread, chat.trouble, chat.reads]);
    if (held === this.drawn) return;
    this.drawn = held;
    this.person.replaceChildren(
      avatar(named(chat)),
      el(
        'div',
        { class: 'person-words' },
        el('h2', { dir: 'auto' }, named(chat)),
        el('p', {}, [isNamed(chat) && numbered(chat.phone), ...wrong].filter(Boolean).join(' · ') || 'Customer'),
      ),
    );
    this.read.hidden = !(chat.unread > 0);
    this.trouble.replaceChildren(
      icon('switches'),
      el('span', {}, wrong.length > 0 ? `Trouble (${wrong.length})` : 'Trouble'),
    );
    if (this.#troubled) this.#drawSwitches();
  }

  close() {
    this.conversation.close();
  }

  /** Does an act, and shows what became of it; says whether it was done. */
  async act(what) {
    try {
      await this.#tell(what);
      return true;
    } catch (error) {
      this.delivery.failed(error);
      return false;
    }
  }

  async #tell(what) {
    const done = await backend.act(this.phone, what);
    this.delivery.done(done);
    // Who reacts to an old message, or answers it there, goes on reading there.
    if (MESSAGES.has(what.act)) this.conversation.toEnd();
    return done;
  }

  async #jump(id) {
    if (!(await this.conversation.jump(id))) this.delivery.failed(new Error('That message is not in this chat.'));
  }

  #toggleTrouble() {
    this.#troubled = !this.#troubled;
    this.trouble.setAttribute('aria-expanded', String(this.#troubled));
    this.#drawSwitches();
  }

  #drawSwitches() {
    const focused = this.switches.contains(document.activeElement) ? document.activeElement.name : null;
    const act = (what) => this.act(what);
    this.switches.replaceChildren(
      ...(this.#troubled ? [troubleGroup(this.#chat, act), nameForm(this.#chat, act)] : []),
    );
    if (focused) this.switches.querySelector(`[name=${focused}]`)?.focus();
  }

  /** What can be done with a message. */
  #actions(id, button) {
    const entry = this.#store.entry(this.phone, id);
    const mine = entry.side === 'customer';
    const react = (emoji) => () => this.act({ act: 'react', emoji, message: id });
    const reactions =
      mine || ['refused', 'failed'].includes(entry.status)
        ? []
        : Object.entries(SIGNS).map(([sign, title]) => ({ title, sign, press: react(sign) }));
    openMenu(
      button,
      'Actions',
      [
        ...reactions,
        entry.reactions?.customer && { title: 'Take the reaction back', drawing: 'smile', press: react('') },
        { title: 'Over the wire', drawing: 'code', press: () => openWire(entry, this.#store) },
        { title: 'Reply', drawing: 'reply', press: () => this.composer.reply(entry) },
        mine &&
          entry.type === 'text' &&
          !entry.deleted && { title: 'Edit', drawing: 'edit', press: () => this.composer.edit(entry) },
        mine &&
          !entry.deleted && {
            title: 'Delete',
            drawing: 'trash',
            press: () => this.act({ act: 'delete', message: id }),
          },
      ].filter(Boolean),
    );
  }
}
