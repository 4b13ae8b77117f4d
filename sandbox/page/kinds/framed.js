// What stands around the action of an interactive message or a template: header, body, footer, and the actions below.

import { el, isolated } from '../dom.js';
import { fileBox } from '../files.js';
import { prose } from '../formatting.js';
import { icon } from '../icons.js';
import { link } from '../links.js';
import * as location from './location.js';

/**
 * A message with its parts.
 * @param {{header?: object, body?: string, footer?: string}} parts the header as Meta has it in a message
 * @param {Array<Node|null>} middle what stands between body and footer
 * @param {Array<Node|null>} actions buttons and links below
 */
export function framed({ header, body, footer }, middle = [], actions = []) {
  const shown = actions.filter(Boolean);
  return el(
    'div',
    { class: 'framed wide' },
    header && headerOf(header),
    body && prose(body),
    ...middle,
    footer && el('p', { class: 'footer', dir: 'auto' }, footer),
    shown.length > 0 && el('div', { class: 'actions' }, ...shown),
  );
}

function headerOf(header) {
  if (header.type === 'text') {
    return el(
      'div',
      { class: 'header' },
      el('b', { dir: 'auto' }, header.text),
      header.sub_text && el('span', { dir: 'auto' }, header.sub_text),
    );
  }
  if (header.type === 'location') return location.draw(header.location ?? {});
  return fileBox(header.type, header[header.type] ?? {});
}

/**
 * A button below a message.
 * @param {string} title what it says
 * @param {string} drawing the name of its icon
 * @param {{live: boolean, answered: function}} context a message that never came to the customer has no live buttons
 * @param {function(): void} press what it does
 */
export function action(title, drawing, context, press) {
  const done = context.answered(title);
  return el(
    'button',
    { type: 'button', class: done ? 'action answered' : 'action', disabled: !context.live, onclick: press },
    icon(done ? 'tick' : drawing),
    isolated(title),
    done && el('span', { class: 'hidden' }, ' (pressed)'),
  );
}

/**
 * A button whose press is an answer. Several may have the same title: the id says which is meant.
 * @param {string} title what it says
 * @param {string} id of the reply, or the payload of a template's button
 * @param {object} context of the message
 */
export function replyAction(title, id, context) {
  const done = { ...context, answered: () => context.pressed(id) };
  return action(title, 'reply', done, () => context.act({ act: 'press', title, id, message: context.entry.id }));
}

/** A link below a message; its address is shown where it cannot be followed. */
export function linkAction(title, address, context) {
  if (!context.live) return el('span', { class: 'action unfollowed' }, icon('link'), isolated(title));
  const shown = link(address, { class: 'action', title: address }, icon('link'), isolated(title));
  return shown.localName === 'a'
    ? shown
    : el(
        'div',
        { class: 'action-with-note' },
        shown,
        el('p', { class: 'note' }, `This address is not followed: ${address}`),
      );
}

/** A product of the catalog, in a row. */
export function productRow(retailerId, store) {
  const product = store.product(retailerId);
  return el(
    'span',
    { class: 'product' },
    el('span', { class: 'product-picture' }, icon('bag')),
    el(
      'span',
      { class: 'product-words' },
      el('b', { dir: 'auto' }, product?.name ?? retailerId),
      el('span', {}, product?.price ?? 'Not in the catalog of the sandbox'),
    ),
  );
}

/** The parts of an interactive message. */
export const partsOf = (message) => ({
  header: message.header,
  body: message.body?.text,
  footer: message.footer?.text,
});
