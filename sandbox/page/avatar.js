// A name's initials in a circle of its own colour.

import { el } from './dom.js';

const COLOURS = 8;

/** The circle of a name, hidden from screen readers: the name stands beside it. */
export function avatar(name) {
  let sum = 0;
  for (const character of String(name)) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  const letters =
    String(name)
      .normalize('NFC')
      .match(/(?<![\p{L}\p{M}])\p{L}/gu) ?? [];
  // A number has none: its last digits tell it from others.
  const initials = letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? String(name).slice(-2));
  return el('span', { class: `avatar colour-${sum % COLOURS}`, 'aria-hidden': 'true' }, initials.toUpperCase());
}
