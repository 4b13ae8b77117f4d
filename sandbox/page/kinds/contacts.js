// Contact cards.

import { avatar } from '../avatar.js';
import { el } from '../dom.js';
import { link } from '../links.js';

export const draw = (cards) => el('div', { class: 'wide cards' }, ...listed(cards).map(card));

export const words = (cards) => `Contact: ${listed(cards).map(nameOf).join(', ')}`;

const listed = (value) => (Array.isArray(value) ? value.filter((item) => item && typeof item === 'object') : []);

const nameOf = (contact) => contact.name?.formatted_name || contact.name?.first_name || 'Contact';

function card(contact) {
  const name = nameOf(contact);
  const work = [contact.org?.title, contact.org?.department, contact.org?.company].filter(Boolean).join(', ');
  const lines = [
    ...listed(contact.phones).map((phone) => [phone.type, phone.phone ?? phone.wa_id]),
    ...listed(contact.emails).map((email) => [email.type, email.email]),
    ...listed(contact.urls).map((url) => [url.type, url.url && link(url.url, {}, url.url)]),
    ...listed(contact.addresses).map((at) => [
      at.type,
      [at.street, at.city, at.state, at.zip, at.country].filter(Boolean).join(', '),
    ]),
    ['Birthday', contact.birthday],
  ].filter(([, value]) => value);
  return el(
    'div',
    { class: 'card contact' },
    el(
      'div',
      { class: 'contact-head' },
      avatar(name),
      el('span', { class: 'contact-words' }, el('b', { dir: 'auto' }, name), work && el('span', { dir: 'auto' }, work)),
    ),
    lines.length > 0 &&
      el(
        'dl',
        {},
        ...lines.map(([what, value]) => [
          el('dt', {}, what ? String(what).toLowerCase() : 'other'),
          el('dd', { dir: 'auto' }, value),
        ]),
      ),
  );
}
