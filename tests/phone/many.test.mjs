// Ten thousand messages: the page holds few of them at a time, and the oldest can be reached.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, open, screenshot } from './browser.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '15551234567';
const MANY = 10_000;
/** The sandbox forgets the oldest beyond ten thousand. */
const MOST_ARTICLES = 300;

async function sendMany(sandbox, count, from = 0) {
  const ids = [];
  for (let at = from; at < from + count; at += 50) {
    ids.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(50, from + count - at) }, (_, number) =>
          sandbox.text(PHONE, `Message ${at + number}`),
        ),
      )),
    );
  }
  return ids;
}

const count = (page) => page.locator('article').count();
const nodes = (page) => page.evaluate(() => document.getElementsByTagName('*').length);

test('the page stays small with 10,000 messages, and comes to the oldest and back', async (t) => {
  const sandbox = await Sandbox.start(t);
  const ids = await sendMany(sandbox, MANY);
  const page = await open(sandbox, { phone: PHONE });
  await page.locator('article').first().waitFor();
  const scroller = page.locator('.scroller');
  let [most, largest] = [0, 0];
  const oldest = ids.slice(0, 50);
  await until(
    'the oldest message',
    async () => {
      await scroller.evaluate((scroller) => scroller.scrollTo(0, 0));
      [most, largest] = [Math.max(most, await count(page)), Math.max(largest, await nodes(page))];
      const first = await page.locator('article').first().getAttribute('data-id');
      return oldest.includes(first) && (await page.locator('article').first().textContent()).includes('Message');
    },
    240,
  );
  assert.ok(most <= MOST_ARTICLES, `${most} articles`);
  assert.ok(largest < 12_000, `${largest} elements`);
  await screenshot(page, 'many-oldest');

  // What one reads stays where it is when older messages come in above.
  await page.getByRole('button', { name: 'Newest' }).click();
  const last = await until('the newest', async () => {
    const id = await page.locator('article').last().getAttribute('data-id');
    return ids.slice(-60).includes(id) && id;
  });
  await article(page, last).waitFor();
  assert.ok((await count(page)) <= MOST_ARTICLES);
});

test('what one reads stays in its place when older messages come in above it', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sendMany(sandbox, 300);
  const page = await open(sandbox, { phone: PHONE });
  const scroller = page.locator('.scroller');
  await page.locator('article').first().waitFor();
  for (let round = 0; round < 4; round += 1) {
    const before = await page.locator('article').first().getAttribute('data-id');
    const place = await scroller.evaluate((scroller) => {
      scroller.scrollTop = 150;
      const first = [...scroller.querySelectorAll('article')].find(
        (article) => article.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top,
      );
      return { id: first.dataset.id, top: first.getBoundingClientRect().top };
    });
    await until(
      'older messages',
      async () => (await page.locator('article').first().getAttribute('data-id')) !== before,
    );
    const now = await article(page, place.id).evaluate((article) => article.getBoundingClientRect().top);
    assert.ok(Math.abs(now - place.top) < 2, `moved by ${now - place.top}`);
  }
  // The day is said once at most: above its first message.
  assert.ok((await page.locator('.day:visible').count()) <= 1);
});

test('a burst of messages while the page is open arrives whole', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sendMany(sandbox, 150);
  const page = await open(sandbox, { phone: PHONE });
  await page.locator('article').first().waitFor();
  const ids = await sendMany(sandbox, 1000, 150);
  await article(page, ids.at(-1)).waitFor();
  await article(page, ids.at(-1)).locator('.status.read').waitFor();
  const shown = await page.locator('article .prose').allTextContents();
  assert.equal(new Set(shown).size, shown.length);
  assert.ok(shown.length <= MOST_ARTICLES);
  // Fifty are sent at a time, in whatever order.
  assert.ok(Number(shown.at(-1).slice('Message '.length)) >= 1100, shown.at(-1));
});

test('a quote leads to a message that is far back', async (t) => {
  const sandbox = await Sandbox.start(t);
  const [first] = await sendMany(sandbox, 1);
  await sendMany(sandbox, 700, 1);
  const reply = await sandbox.send(PHONE, {
    type: 'text',
    text: { body: 'As I said' },
    context: { message_id: first },
  });
  const page = await open(sandbox, { phone: PHONE });
  await article(page, reply).locator('.quote').click();
  await article(page, first).waitFor();
  await until('it has the focus', () => article(page, first).evaluate((element) => element === document.activeElement));
  assert.ok((await count(page)) <= MOST_ARTICLES);
});

test('thousands of chats are a list of which few are drawn', async (t) => {
  const sandbox = await Sandbox.start(t);
  for (let at = 0; at < 2000; at += 50)
    await Promise.all(
      Array.from({ length: 50 }, (_, number) => sandbox.text(String(15_552_000_000 + at + number), 'Hello')),
    );
  const page = await open(sandbox);
  await page.getByRole('button', { name: 'Show more chats' }).waitFor();
  assert.equal(await page.locator('.chat-list li').count(), 100);
  await page.getByRole('button', { name: 'Show more chats' }).click();
  assert.equal(await page.locator('.chat-list li').count(), 200);
  await page.getByRole('searchbox').fill('15552000007');
  await page.getByRole('button', { name: '+15552000007' }).click();
  await page.locator('article', { hasText: 'Hello' }).waitFor();
});
