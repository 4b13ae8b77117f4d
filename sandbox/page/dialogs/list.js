// The rows of a list message, of which the customer picks one.

import { el } from '../dom.js';
import { icon } from '../icons.js';
import { open } from './modal.js';

/** Opens the list of a message. */
export function chooseRow(message, context) {
  const choose = async (title, id) => {
    close();
    await context.act({ act: 'press', title, id, message: context.entry.id });
  };
  const row = ({ id, title, description }) =>
    el(
      'li',
      {},
      el(
        'button',
        { type: 'button', class: 'row', onclick: () => choose(title, id) },
        el(
          'span',
          { class: 'row-words' },
          el('b', { dir: 'auto' }, title),
          description && el('span', { dir: 'auto' }, description),
        ),
        context.pressed(id) ? icon('tick') : null,
      ),
    );
  const sections = (message.action?.sections ?? []).map((section) => [
    section.title && el('h3', { dir: 'auto' }, section.title),
    el('ul', { class: 'rows' }, ...(section.rows ?? []).map(row)),
  ]);
  const { close } = open(message.action?.button ?? 'Options', {}, ...sections.flat().filter(Boolean));
}
