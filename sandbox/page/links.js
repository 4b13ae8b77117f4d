// Addresses: which may be followed, and how one is shown.

import { el } from './dom.js';

/** What ends a sentence, or a mark around an address. */
const TRAILING = ".,;:!?)]}'*_~";

/** The address, where a click may follow it: http and https alone. Else null. */
export function followed(text) {
  try {
    const url = new URL(String(text));
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : null;
  } catch {
    return null;
  }
}

/**
 * A link that opens in another tab, which learns nothing of this page. An address of another scheme is only shown.
 * @param {string} address where it leads
 * @param {object} properties further attributes
 * @param {...(Node|string)} children what it holds
 */
export function link(address, properties, ...children) {
  const url = followed(address);
  if (!url) return el('span', { ...properties, class: `${properties.class ?? ''} unfollowed`.trim() }, ...children);
  return el('a', { ...properties, href: url.href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

/** The first address in a text, or null. */
export function firstAddress(text) {
  const found = /https?:\/\/[^\s<>"]+/iu.exec(String(text));
  return found ? followed(trimmed(found[0])) : null;
}

/** An address without the punctuation that ends the sentence around it. */
export function trimmed(address) {
  // A pattern that ends in $ would be tried at each character of a long row of dots.
  let end = address.length;
  while (end > 0 && TRAILING.includes(address[end - 1])) end -= 1;
  return address.slice(0, end);
}
