// A kind that this page does not draw: what it holds, in words.

import { el } from '../dom.js';
import { icon } from '../icons.js';

/** Of the envelope, which says nothing about the content. */
const ENVELOPE = new Set([
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'from',
  'from_user_id',
  'id',
  'timestamp',
  'type',
  'context',
]);
const DEEPEST = 6;
const LONGEST = 60;

export function draw(body, { entry }) {
  return el(
    'div',
    { class: 'wide' },
    el('p', { class: 'unknown-head' }, icon('code'), el('b', { dir: 'auto' }, called(entry))),
    listed(content(body), 0),
  );
}

export const words = (_body, entry) => called(entry);

const called = (entry) => {
  const part = entry.body?.[entry.type]?.type;
  return [entry.type || 'message', typeof part === 'string' ? part : null]
    .filter(Boolean)
    .join(', ')
    .replaceAll('_', ' ');
};

function content(body) {
  const held = Object.entries(body ?? {}).filter(([name]) => !ENVELOPE.has(name));
  const only = held.length === 1 ? held[0][1] : null;
  return only && typeof only === 'object' ? only : Object.fromEntries(held);
}

/** A value as a list of names and values: also what the other kinds show of what they do not know. */
export function listed(value, depth = 0) {
  if (value === null || typeof value !== 'object') return el('span', { dir: 'auto' }, String(value));
  if (depth >= DEEPEST) return el('span', {}, '…');
  const pairs = Object.entries(value);
  const rows = pairs
    .slice(0, LONGEST)
    .map(([name, held]) => [
      el('dt', { dir: 'auto' }, Array.isArray(value) ? String(Number(name) + 1) : name.replaceAll('_', ' ')),
      el('dd', {}, listed(held, depth + 1)),
    ]);
  return el(
    'dl',
    { class: 'listed' },
    ...rows.flat(),
    pairs.length > LONGEST && el('dd', {}, `and ${pairs.length - LONGEST} more`),
  );
}
