// The customer's answer by a button or a row.

import { el } from '../../dom.js';
import { prose } from '../../formatting.js';

export function draw(message) {
  const { description } = message[message.type] ?? {};
  return el('div', {}, prose(words(message)), description && el('p', { class: 'note', dir: 'auto' }, description));
}

export function words(message) {
  const { title, response } = message[message.type] ?? {};
  return title ?? (response === 'accept' ? 'Calls allowed' : response ? 'Calls declined' : 'Answer');
}
