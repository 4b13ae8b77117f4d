// A text, with a preview of its link where one was asked for.

import { el } from '../dom.js';
import { prose } from '../formatting.js';
import { icon } from '../icons.js';
import { firstAddress, link } from '../links.js';

export function draw(text) {
  const address = text.preview_url && firstAddress(text.body);
  return el('div', {}, address && preview(address), prose(text.body));
}

export const words = (text) => text.body;

/** Drawn from the address alone: the page is not fetched. */
function preview(address) {
  const path = address.pathname === '/' ? '' : address.pathname;
  return link(
    address.href,
    { class: 'preview' },
    el('span', { class: 'preview-picture' }, icon('link')),
    el('span', { class: 'preview-words' }, el('b', {}, address.host), el('span', {}, path || address.host)),
  );
}
