// What people write: numbers, addresses, marks. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trimmed } from '../../sandbox/page/links.js';
import { phoneOf } from '../../sandbox/page/words.js';

test('a number or a user id begins a chat, however it is typed', () => {
  const phones = {
    '+1 (555) 123-4567': '15551234567',
    1234567: '1234567',
    123456: '',
    1234567890123456: '',
    'US.13491208655302741918': 'US.13491208655302741918',
    'us.1a2B': 'US.1a2B',
    'US.ENT.11815799212886844830': 'US.ENT.11815799212886844830',
    'us.ent.1a': 'US.ENT.1a',
    'US.': '',
    'USA.1': '',
    'US.a_b': '',
    abc: '',
    '': '',
  };
  for (const [typed, phone] of Object.entries(phones)) assert.equal(phoneOf(typed), phone, typed);
});

test('an address ends before the punctuation of its sentence, and a long row of dots takes no time', () => {
  assert.equal(trimmed('https://example.com/a?b=c).'), 'https://example.com/a?b=c');
  const dots = `http://${'.'.repeat(65_000)}x`;
  for (let times = 0; times < 100; times += 1) assert.equal(trimmed(dots), dots);
});
