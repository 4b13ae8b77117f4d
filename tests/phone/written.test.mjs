// What people write: numbers, addresses, marks. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './document.mjs';
import { formatted } from '../../sandbox/page/formatting.js';
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

test('a mark holds in its line, and one that nothing closes there takes nothing from the next', () => {
  const shown = (node) =>
    node.localName === '#text'
      ? node.textContent
      : ['#fragment', 'div'].includes(node.localName)
        ? node.childNodes.map(shown).join('')
        : `<${node.localName}>${node.childNodes.map(shown).join('')}</${node.localName}>`;
  const texts = {
    '*note\nsecond *bold* line': '*note\nsecond <strong>bold</strong> line',
    '_a\nb_\n~c~': '_a\nb_\n<s>c</s>',
    'a\n\n*b _c_*': 'a\n\n<strong>b <em>c</em></strong>',
  };
  for (const [text, html] of Object.entries(texts)) assert.equal(shown(formatted(text)), html);
});
