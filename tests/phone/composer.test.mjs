// What is written while another message is on its way stays. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './document.mjs';
import { Composer } from '../../sandbox/page/composer.js';

const question = (id) => ({ id, type: 'text', side: 'business', body: { text: { body: 'Which?' } } });

/** A composer whose acts wait until the test says what became of them. */
function composer() {
  const acts = [];
  const act = (what) => new Promise((resolve) => acts.push({ what, done: resolve }));
  const made = new Composer({ chat: {}, store: {}, act });
  const write = (text) => {
    made.text.value = text;
  };
  const send = () => made.form.listeners.submit({ preventDefault() {} });
  const ends = async (done) => {
    acts.at(-1).done(done);
    await new Promise(setImmediate);
  };
  return { made, acts, write, send, ends };
}

test('a reply that is begun while a message is on its way is sent as a reply', async () => {
  const { made, acts, write, send, ends } = composer();
  write('First');
  send();
  made.reply(question('wamid.2'));
  write('Second');
  await ends(true);
  send();
  assert.deepEqual(
    acts.map(({ what }) => what),
    [
      { act: 'text', text: 'First' },
      { act: 'text', text: 'Second', reply_to: 'wamid.2' },
    ],
  );
});

test('what was refused comes back, before what was typed meanwhile', async () => {
  const { made, acts, write, send, ends } = composer();
  made.reply(question('wamid.1'));
  write('First');
  send();
  assert.equal(made.text.value, '');
  write('Second');
  await ends(false);
  assert.equal(made.text.value, 'First\nSecond');
  send();
  assert.deepEqual(acts.at(-1).what, { act: 'text', text: 'First\nSecond', reply_to: 'wamid.1' });
});
