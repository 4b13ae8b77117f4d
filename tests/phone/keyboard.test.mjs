// With the keyboard alone: a chat is begun, messages are read, answered and acted on.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, open } from './browser.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '15551234567';

/** What has the focus, by its role's name. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute('aria-label') || element.labels?.[0]?.textContent || element.textContent.trim();
  });
const reaches = (page, words) => until(`the focus is on ${words}`, async () => (await focused(page)).includes(words));
/** Presses a key until something has the focus. */
async function press(page, key, words) {
  for (let times = 0; times < 30; times += 1) {
    await page.keyboard.press(key);
    if ((await focused(page)).includes(words)) return;
  }
  assert.fail(`${key} does not come to ${words}, but to ${await focused(page)}`);
}

test('a whole conversation with the keyboard alone', async (t) => {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const page = await open(sandbox);
  await press(page, 'Tab', 'Find a chat');
  await page.keyboard.type('+1 555 123 4567');
  await page.keyboard.press('Enter');
  await reaches(page, 'Message');
  await page.keyboard.type('Hello');
  await page.keyboard.press('Enter');
  const said = await receiver.message('text');

  const ids = [];
  for (const text of ['One', 'Two', 'Three']) ids.push(await sandbox.text(PHONE, text));
  const rows = ['17:00', '18:00'].map((title) => ({ id: title, title }));
  const list = await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: { type: 'list', body: { text: 'When?' }, action: { button: 'Times', sections: [{ rows }] } },
  });
  await article(page, list).waitFor();

  // From the composer back to the newest message, whose button is next.
  await press(page, 'Shift+Tab', 'Attach');
  await press(page, 'Shift+Tab', 'When?');
  await press(page, 'Tab', 'Times');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await press(page, 'Tab', '18:00');
  await page.keyboard.press('Enter');
  assert.equal((await receiver.message('interactive')).interactive.list_reply.title, '18:00');
  await until('the focus is back at the list', async () => (await focused(page)).includes('Times'));

  // A dialog that is closed by Escape gives the focus back too.
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await reaches(page, 'Times');

  // The arrow keys go from message to message, Enter opens what can be done.
  await press(page, 'Shift+Tab', 'When?');
  for (const words of ['Three', 'Two']) {
    await page.keyboard.press('ArrowUp');
    await reaches(page, words);
  }
  await page.keyboard.press('Enter');
  await reaches(page, 'Thumbs up');
  await page.keyboard.press('ArrowRight');
  await reaches(page, 'Heart');
  await page.keyboard.press('Enter');
  assert.equal((await receiver.message('reaction')).reaction.message_id, ids[1]);
  await page.keyboard.press('Home');
  await page.keyboard.press('End');

  // Reply to one's own first message, and change one's mind.
  await press(page, 'Tab', 'Message');
  await page.keyboard.type('Bye');
  await page.keyboard.press('Enter');
  const bye = await receiver.message('text');
  assert.equal(bye.text.body, 'Bye');
  assert.notEqual(bye.id, said.id);
  await page.keyboard.press('Escape');
  await reaches(page, `+${PHONE}`);
});

test('the arrow keys go through the chats, Enter opens one, Escape comes back', async (t) => {
  const sandbox = await Sandbox.start(t);
  for (const phone of ['15551000001', '15551000002', '15551000003']) await sandbox.text(phone, `To ${phone}`);
  const page = await open(sandbox);
  await press(page, 'Tab', 'Find a chat');
  await press(page, 'Tab', '+1555100000');
  await page.keyboard.press('End');
  const last = await focused(page);
  await page.keyboard.press('ArrowUp');
  assert.notEqual(await focused(page), last);
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), last);
  await page.keyboard.press('Enter');
  await reaches(page, 'Message');
  await page.keyboard.press('Escape');
  await until('the focus is back at the chat', async () => (await focused(page)) === last);
});

test('what has the focus is seen', async (t) => {
  const sandbox = await Sandbox.start(t);
  const id = await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Well?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'y', title: 'Yes' } }] },
    },
  });
  const page = await open(sandbox, { phone: PHONE });
  await article(page, id).waitFor();
  const seen = new Set();
  for (let times = 0; times < 14; times += 1) {
    await page.keyboard.press('Tab');
    const [what, outline] = await page.evaluate(() => {
      const element = document.activeElement;
      const drawn = element.matches('article') ? element.querySelector('.bubble') : element;
      return [element.outerHTML.slice(0, 80), getComputedStyle(drawn).outlineStyle];
    });
    if (!what.startsWith('<body')) assert.equal(outline, 'solid', what);
    seen.add(what);
  }
  assert.ok(seen.size >= 8, [...seen].join('\n'));
});
