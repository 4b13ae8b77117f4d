// An entry in one line: for the list of chats, quotes, labels and what is read out.

import { shortened } from './dom.js';
import { unformatted } from './formatting.js';
import { kindOf } from './kinds/index.js';
import * as unknown from './kinds/unknown.js';

/** What an entry says, in at most `most` characters. */
export function words(entry, most = 120) {
  if (entry.deleted) return 'This message was deleted';
  return shortened(unformatted(said(entry).slice(0, 4 * most)), most) || entry.type;
}

/** Of a message that is not built as its type wants, the type: one of them must not end the list of chats. */
function said(entry) {
  const kind = kindOf(entry);
  try {
    return String(kind.words(kind.content(entry), entry) ?? '');
  } catch {
    return unknown.words(entry.body, entry);
  }
}

/**
 * The phone that somebody wrote: the digits of a number, or a user id such as `US.ENT.1a2B` with its first parts in capitals; empty where it is none.
 * @param {string} text with spaces, a plus, brackets, as people write numbers
 */
export function phoneOf(text) {
  const digits = text.replace(/[\s().+-]/gu, '');
  if (/^\d{7,15}$/u.test(digits)) return digits;
  const [, country, rest] = /^\s*([a-z]{2}\.(?:ent\.)?)([a-z0-9]{1,128})\s*$/iu.exec(text) ?? [];
  return country ? country.toUpperCase() + rest : '';
}

/** A phone as it is written: a number with its plus, a user id as it is. */
export function numbered(phone) {
  return /^\d+$/u.test(phone) ? `+${phone}` : phone;
}

/** The sandbox's name for a customer who was given none. */
const SOMEBODY = 'Sandbox customer';

/** Whether a chat's customer has a name of their own. */
export const isNamed = (chat) => Boolean(chat.name) && chat.name !== SOMEBODY;

/** The name of a chat, its number where it has none. */
export const named = (chat) => (isNamed(chat) ? chat.name : numbered(chat.phone));

/** What the statuses mean, for people. */
const STATUSES = {
  refused: 'refused by Meta',
  accepted: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  failed: 'not delivered',
  received: 'your webhook has it',
  no_webhook: 'no webhook is set',
  waiting: 'on its way to your webhook',
  undelivered: 'your webhook did not take it',
};

/** The status of an entry in words. */
export function statusWords(entry) {
  return entry.seen ? 'read by the business' : (STATUSES[entry.status] ?? entry.status ?? '');
}
