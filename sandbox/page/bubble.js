// One entry in the conversation: its bubble, what it answers, its time and ticks, its reactions, what was wrong with it.

import { el, shortened } from './dom.js';
import { icon } from './icons.js';
import { kindOf } from './kinds/index.js';
import * as unknown from './kinds/unknown.js';
import { clock, day } from './times.js';
import { named, statusWords, words } from './words.js';

/** The tick of each status. */
const TICKS = {
  refused: 'alert',
  failed: 'alert',
  undelivered: 'alert',
  accepted: 'clock',
  waiting: 'clock',
  no_webhook: 'clock',
  sent: 'tick',
  received: 'tick',
  delivered: 'ticks',
  read: 'ticks',
};
/** Such a message never comes to the customer. */
const NEVER = new Set(['refused', 'failed']);

/**
 * The article of an entry.
 * @param {object} entry
 * @param {object} conversation `chat`, `store`, `act(what)`, `tell(what)`, `actions(id, button)`, `jump(id)`
 * @returns {{article: HTMLElement, update: function(object): void, follow: function(object|null): void}} `update` takes the entry as it is
 *   now, `follow` the entry that stands before it
 */
export function bubble(entry, conversation) {
  const article = el('article', { class: `message ${entry.side}`, tabindex: '-1' });
  article.dataset.id = entry.id;
  const frame = el('div', { class: 'bubble' });
  const meta = el('div', { class: 'meta' });
  const content = el('div', { class: 'content' });
  // The time stands above the buttons.
  const buttons = el('div', { class: 'buttons' });
  const below = el('div', { class: 'below' });
  const more = el(
    'button',
    {
      type: 'button',
      class: 'plain more',
      'aria-label': 'Actions',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      onclick: () => conversation.actions(article.dataset.id, more),
    },
    icon('down'),
  );
  frame.append(content, meta, buttons, more);
  const date = el('p', { class: 'day' }, day(entry.time));
  article.append(date, frame, below);

  const follow = (before) => {
    date.hidden = before !== null && day(before.time) === day(entry.time);
    article.classList.toggle('follows', date.hidden && before.side === entry.side);
  };
  let drawn = '';
  const update = (entry) => {
    const who = entry.side === 'business' ? conversation.store.state.business || 'Business' : named(conversation.chat);
    article.setAttribute('aria-label', shortened(`${who}: ${words(entry)}, ${statusWords(entry)}`, 300));
    // A tick that changes must not stop a video that plays.
    const held = JSON.stringify([
      entry.type,
      entry.body,
      entry.edited,
      entry.deleted,
      entry.answered,
      entry.pressed,
      entry.template,
      entry.flow,
      NEVER.has(entry.status),
    ]);
    if (held !== drawn) {
      drawn = held;
      const focused = controls(article).indexOf(document.activeElement);
      frame.classList.toggle('bare', entry.type === 'sticker' && !entry.deleted);
      content.replaceChildren(...contentOf(entry, conversation));
      buttons.replaceChildren(
        ...content.querySelectorAll(':scope > .wide > .actions, :scope > .wide > .framed > .actions'),
      );
      controls(article)[focused]?.focus({ preventScroll: true });
    }
    meta.replaceChildren(...metaOf(entry));
    below.replaceChildren(...belowOf(entry));
    article.classList.toggle('troubled', NEVER.has(entry.status));
  };
  update(entry);
  return { article, update, follow };
}

/** Puts an article and its controls into the tab order, or takes them out. */
export function reachable(article, yes) {
  for (const control of [article, ...controls(article)]) control.tabIndex = yes ? 0 : -1;
}

/** What of an article can have the focus. */
const controls = (article) => [...article.querySelectorAll('button, a[href], audio, video, .carousel')];

function contentOf(entry, conversation) {
  if (entry.deleted) return [el('p', { class: 'gone' }, 'This message was deleted')];
  const kind = kindOf(entry);
  const answers = entry.body?.context?.message_id ?? entry.body?.context?.id;
  const context = {
    ...conversation,
    entry,
    live: entry.side === 'business' && !NEVER.has(entry.status),
    answered: (title) => (entry.answered ?? []).includes(title),
    pressed: (id) => (entry.pressed ?? []).includes(id),
  };
  return [answers && quote(answers, conversation), drawn(kind, entry, context)].filter(Boolean);
}

/** A message that is not built as its type wants is listed as it was sent: one of them must not end the conversation. */
function drawn(kind, entry, context) {
  try {
    return kind.draw(kind.content(entry), context);
  } catch {
    return unknown.draw(entry.body, context);
  }
}

function quote(id, conversation) {
  const { chat, store } = conversation;
  const known = store.entry(chat.phone, id);
  const who = known?.side === 'business' ? store.state.business || 'Business' : named(chat);
  return el(
    'button',
    { type: 'button', class: `quote ${known?.side ?? ''}`, onclick: () => conversation.jump(id) },
    el('b', { dir: 'auto' }, known ? who : 'Reply'),
    el('span', { dir: 'auto' }, known ? words(known) : 'to an earlier message'),
  );
}

function metaOf(entry) {
  const tick = TICKS[entry.status];
  return [
    entry.edited && !entry.deleted && el('span', {}, 'edited'),
    clock(entry.time),
    tick &&
      el(
        'span',
        { class: `status ${entry.status} ${entry.seen ? 'seen' : ''}`, title: statusWords(entry) },
        icon(entry.seen ? 'ticks' : tick),
      ),
  ].filter(Boolean);
}

function belowOf(entry) {
  const reactions = Object.entries(entry.reactions ?? {}).filter(([, emoji]) => emoji);
  const by = (side) => (side === 'business' ? 'the business' : 'the customer');
  const { code, title, details } = entry.error ?? {};
  return [
    reactions.length > 0 &&
      el(
        'p',
        { class: 'reactions' },
        ...reactions.map(([side, emoji]) =>
          el(
            'span',
            { class: 'reaction', title: `by ${by(side)}` },
            emoji,
            el('span', { class: 'hidden' }, ` by ${by(side)}`),
          ),
        ),
      ),
    entry.error &&
      el(
        'p',
        { class: 'error', dir: 'auto' },
        el(
          'b',
          {},
          `${entry.status === 'refused' ? 'Refused' : 'Not delivered'}: ${title ?? 'error'}${code ? ` (${code})` : ''}`,
        ),
        details && details !== title && el('span', {}, details),
      ),
  ].filter(Boolean);
}
