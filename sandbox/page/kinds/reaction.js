// A reaction to a message that the sandbox does not know.

import { el } from '../dom.js';

export const draw = (reaction) =>
  el(
    'div',
    {},
    el('span', { class: 'alone' }, reaction.emoji || '—'),
    el('p', { class: 'note' }, 'A reaction to a message that is not here'),
  );

export const words = (reaction) => (reaction.emoji ? `Reaction: ${reaction.emoji}` : 'Reaction taken back');
