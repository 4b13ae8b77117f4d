// The picture of the README: a conversation with a bookshop.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { article, open, screenshots } from './browser.mjs';
import { Sandbox } from './sandbox.mjs';

const path = process.env.WAMID_PHONE_PICTURE ?? join(screenshots, 'readme.png');
const PHONE = '15551234567';

test('the picture of the README', async (t) => {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const act = (phone, what) => sandbox.control(`phone/chats/${phone}`, what);
  const name = (phone, name) => act(phone, { act: 'set', name });
  await name('4915112345678', 'Jonas Weber');
  await sandbox.text('4915112345678', 'Your order A-1040 was delivered.');
  await name('919876543210', 'Asha Rao');
  await act('919876543210', { act: 'set', offline: true });
  await sandbox.text('919876543210', 'Good morning, Asha. The reading begins at 18:00.');
  await name(PHONE, 'Ada Lovelace');
  await sandbox.text(PHONE, 'Hello Ada, *The Difference Engine* is back in stock. Shall we put a copy aside?');
  await act(PHONE, { act: 'text', text: 'Yes please! Where is the shop?' });
  await sandbox.send(PHONE, {
    type: 'location',
    location: { latitude: 51.5194, longitude: -0.127, name: "Asha's Books", address: '14 Museum Street, London' },
  });
  const asked = await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'When will you come by?' },
      footer: { text: 'We keep it for three days' },
      action: { buttons: ['Today', 'Tomorrow'].map((title) => ({ type: 'reply', reply: { id: title, title } })) },
    },
  });
  await act(PHONE, { act: 'press', title: 'Today', message: asked });
  const done = await sandbox.text(PHONE, 'Until later, then.');
  const page = await open(sandbox, { phone: PHONE, width: 1120, height: 960 });
  await article(page, done).locator('.status.read').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('Thank you');
  await page.keyboard.press('Enter');
  const { id } = await receiver.message('text').then(() => receiver.message('text'));
  await sandbox.send(PHONE, { type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
  await article(page, id).locator('.reaction').waitFor();
  await page.locator('.delivery.good').waitFor();
  await page.screenshot({ path });
  assert.ok(statSync(path).size < 200_000);
});
