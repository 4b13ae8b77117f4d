// The page follows what happens: in several tabs, after a reload, after the sandbox forgot or was started anew.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, choose, open, screenshot, tab } from './browser.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '15551234567';
const chat = (page, name) => page.getByRole('navigation', { name: 'Chats' }).getByRole('button', { name });

test('a chat appears with its first message, the newest above', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox);
  await page.getByText('Nothing was sent yet').waitFor();
  await screenshot(page, 'empty');
  await sandbox.text(PHONE, 'Hello');
  await chat(page, PHONE).getByText('Hello').waitFor();
  await sandbox.text('4915112345678', 'Guten Tag');
  await chat(page, '4915112345678').waitFor();
  await sandbox.text(PHONE, 'Hello again');
  await chat(page, PHONE).getByText('Hello again').waitFor();
  const first = page.locator('.chat-list li').first();
  await first.getByText('Hello again').waitFor();
  await chat(page, PHONE).click();
  await page.locator('article', { hasText: 'Hello again' }).waitFor();
  assert.equal(new URL(page.url()).hash, `#${PHONE}`);
});

test('two tabs show the same, each its own chat', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sandbox.receiver(t);
  const page = await open(sandbox, { phone: PHONE });
  const other = await tab(page, sandbox, PHONE);
  const id = await sandbox.text(PHONE, 'To both');
  for (const one of [page, other]) await article(one, id).locator('.status.read').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('From the first');
  await page.keyboard.press('Enter');
  await other.locator('article', { hasText: 'From the first' }).locator('.status.received').waitFor();
  await other.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
  await other.getByRole('switch', { name: 'Offline' }).check();
  await page.locator('.person').getByText('Offline').waitFor();
  await other.getByRole('searchbox').fill('+49 151 12345678');
  await other.getByRole('button', { name: 'Chat with +4915112345678' }).click();
  await other.getByRole('heading', { name: '+4915112345678' }).waitFor();
  await page.getByRole('heading', { name: `+${PHONE}` }).waitFor();
});

test('a reload keeps the open chat and its messages', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sandbox.text('4915112345678', 'Another');
  const id = await sandbox.text(PHONE, 'Stay');
  const page = await open(sandbox);
  await chat(page, PHONE).click();
  await article(page, id).waitFor();
  await page.reload();
  await article(page, id).waitFor();
  await page.getByRole('heading', { name: `+${PHONE}` }).waitFor();
  await page.goBack();
  await page.getByText('Choose a chat').waitFor();
  await page.goForward();
  await article(page, id).waitFor();
});

test('an address with a number leads to its chat, however the number is written', async (t) => {
  const sandbox = await Sandbox.start(t);
  const id = await sandbox.text(PHONE, 'Hello');
  for (const written of [PHONE, `+${PHONE}`, '%2B1%20(555)%20123-4567']) {
    const page = await open(sandbox, { phone: written });
    await article(page, id).waitFor();
    assert.equal(await page.locator('.chat[aria-current]').count(), 1);
    assert.equal(await page.title(), `+${PHONE} – wamid sandbox`);
  }
});

test('what the sandbox forgets, the page forgets', async (t) => {
  const sandbox = await Sandbox.start(t);
  const id = await sandbox.text(PHONE, 'Forget me');
  const page = await open(sandbox, { phone: PHONE });
  await article(page, id).waitFor();
  await fetch(`${sandbox.url}/_sandbox/messages`, { method: 'DELETE' });
  await article(page, id).waitFor({ state: 'detached' });
  const next = await sandbox.text(PHONE, 'Remember me');
  await article(page, next).waitFor();
});

test('the page says that the sandbox is gone, and goes on with the next at its address', async (t) => {
  const sandbox = await Sandbox.start(t);
  const old = await sandbox.text(PHONE, 'Old');
  const page = await open(sandbox, { phone: PHONE });
  await article(page, old).waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a sen');
  page.mayLoseConnection = true;
  await sandbox.kill();
  await page.getByText('The sandbox does not answer. Trying again.').waitFor();
  await screenshot(page, 'gone');
  const next = await Sandbox.start(t, new URL(sandbox.url).host);
  await article(page, old).waitFor({ state: 'detached' });
  const id = await next.text(PHONE, 'New');
  await article(page, id).waitFor();
  assert.equal(await page.locator('.disconnected').textContent(), '');
  assert.equal(await page.getByRole('textbox', { name: 'Message' }).inputValue(), 'Half a sen');
});

test('new messages are read out, and counted while one reads older ones', async (t) => {
  const sandbox = await Sandbox.start(t);
  const first = await sandbox.text(PHONE, 'The first');
  for (let count = 0; count < 40; count += 1) await sandbox.text(PHONE, `Message ${count}`);
  const page = await open(sandbox, { phone: PHONE });
  await article(page, first).waitFor();
  await article(page, first).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: 'Newest' }).waitFor();
  await sandbox.text(PHONE, 'Something new');
  await page.locator('[aria-live=polite]').getByText('Something new').waitFor();
  await page.getByRole('button', { name: '1 new' }).click();
  await page.locator('article', { hasText: 'Something new' }).waitFor();
  await page.getByRole('button', { name: 'Newest' }).waitFor({ state: 'hidden' });
});

test('a connection that comes back changes neither what is being written nor where somebody reads', async (t) => {
  const sandbox = await Sandbox.start(t);
  const first = await sandbox.text(PHONE, 'The first');
  for (let count = 0; count < 40; count += 1) await sandbox.text(PHONE, `Message ${count}`);
  const page = await open(sandbox, { phone: PHONE });
  await choose(page, first, 'Reply');
  await page.getByRole('textbox', { name: 'Message' }).fill('Half a sen');
  await article(page, first).scrollIntoViewIfNeeded();
  // A reaction to an old message leaves the reader there.
  await choose(page, first, 'Heart');
  await article(page, first).locator('.reaction').waitFor();
  const top = () => article(page, first).evaluate((article) => article.getBoundingClientRect().top);
  const was = await top();
  page.mayLoseConnection = true;
  // A stream that is open stays so: the page opens another when it is seen again.
  await page.context().setOffline(true);
  for (const hidden of [true, false])
    await page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await page.getByText('The sandbox does not answer. Trying again.').waitFor();
  const missed = await sandbox.text(PHONE, 'Meanwhile');
  await page.context().setOffline(false);
  await chat(page, PHONE).getByText('Meanwhile').waitFor();
  assert.ok(Math.abs((await top()) - was) < 3);
  await page.getByText('Reply to: The first').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await article(page, missed).waitFor();
  await page.locator('article.customer .quote', { hasText: 'The first' }).waitFor();
});

test('of chats with messages in the same second the one with the newest is above', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox);
  const phones = ['15551000001', '15551000002', '15551000003'];
  for (const phone of [...phones, ...phones, '15551000001']) await sandbox.text(phone, `To ${phone}`);
  await sandbox.text('15551000001', 'The last');
  await chat(page, '15551000001').getByText('The last').waitFor();
  await until('the order of the chats', async () => {
    const names = await page.locator('.chat-list b').allTextContents();
    return names.join() === '+15551000001,+15551000003,+15551000002';
  });
  // What becomes of the older one changes nothing here.
  await page.getByRole('button', { name: '+15551000001' }).click();
  await page.locator('article', { hasText: 'The last' }).locator('.status.read').waitFor();
  await chat(page, '15551000001').getByText('The last').waitFor();
});
