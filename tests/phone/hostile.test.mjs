// What customers and businesses write is never markup, never leads anywhere by itself, and stays in its place.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, open, screenshot } from './browser.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '15551234567';
const MARKUP =
  '</script><script>alert(1)</script><img src=x onerror=alert(2)><svg onload=alert(3)><a href="javascript:alert(4)">x</a><style>*{display:none}</style>';
const TURNED = '\u202eevil\u2066\u2067text\u202d\u2069\u200f';
const MARKS = `e${'\u0301\u0322\u0489'.repeat(1365)}`;

/** A picture of what lies above an element, or below it. Its shadow is left out. */
async function pictureBeside(page, element, where) {
  const { y, height } = await element.boundingBox();
  const { width, height: end } = page.viewportSize();
  const [from, to] = where === 'above' ? [0, Math.floor(y) - 3] : [Math.ceil(y + height) + 4, end];
  return page.screenshot({ clip: { x: 0, y: from, width, height: to - from } });
}

/** The same, once all messages are read and the page shows it: a status that comes in between would change the picture, too. */
async function stillPicture(sandbox, page, element, where) {
  await until('all messages are read', async () => {
    const { chats } = await sandbox.control('phone/state');
    return chats.every(({ last }) => last.status === 'read');
  });
  let picture = await pictureBeside(page, element, where);
  await until('the page stands still', async () => {
    const before = picture;
    await new Promise((resolve) => setTimeout(resolve, 100));
    picture = await pictureBeside(page, element, where);
    return picture.equals(before);
  });
  return picture;
}

test('markup in every field is shown as text', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'set', name: MARKUP.slice(0, 200) });
  const page = await open(sandbox, { phone: PHONE });
  const short = '<img src=x onerror=1>';
  const messages = [
    { type: 'text', text: { body: MARKUP } },
    { type: 'text', text: { body: `*${MARKUP}* > ${MARKUP}` } },
    { type: 'location', location: { latitude: 1, longitude: 2, name: MARKUP, address: MARKUP } },
    { type: 'image', image: { link: 'https://example.com/"><script>alert(1)</script>', caption: MARKUP } },
    { type: 'document', document: { link: 'https://example.com/a', caption: MARKUP, filename: `${short}.pdf` } },
    {
      type: 'contacts',
      contacts: [
        {
          name: { formatted_name: MARKUP, first_name: 'x' },
          phones: [{ phone: MARKUP }],
          urls: [{ url: 'javascript:alert(1)' }],
          org: { company: MARKUP },
        },
      ],
    },
    {
      type: 'interactive',
      interactive: {
        type: 'button',
        header: { type: 'text', text: short },
        body: { text: MARKUP },
        footer: { text: short },
        action: { buttons: [{ type: 'reply', reply: { id: MARKUP, title: '<b>&amp;</b>' } }] },
      },
    },
    { type: '<script>alert(1)</script>', '<script>alert(1)</script>': { [MARKUP]: MARKUP } },
  ];
  for (const message of messages) await sandbox.send(PHONE, message);
  await page
    .locator('article')
    .nth(messages.length - 1)
    .waitFor();
  assert.equal(
    await page
      .locator('.feed')
      .evaluate((feed) => feed.querySelectorAll('script, style, img, [onerror], [onload]').length),
    0,
  );
  await page.getByText('<script>alert(1)</script>').first().waitFor();
  await page.getByRole('button', { name: '<b>&amp;</b>' }).waitFor();
  await page.getByRole('button', { name: '<b>&amp;</b>' }).click();
  await page.locator('article.customer', { hasText: '<b>&amp;</b>' }).waitFor();
  await screenshot(page, 'hostile-markup');
});

test('only http and https are followed, in a tab that learns nothing of the page', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const addresses = [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'JaVaScRiPt:alert(1)//http://example.com',
    'vbscript:x',
    'blob:http://127.0.0.1/x',
  ];
  for (const url of addresses) {
    await sandbox.text(PHONE, `Look: ${url}`, { preview_url: true });
    await sandbox.send(PHONE, {
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'A', first_name: 'A' }, urls: [{ url }] }],
    });
    await sandbox.send(PHONE, { type: 'image', image: { link: url } });
    await sandbox.send(PHONE, {
      type: 'interactive',
      interactive: {
        type: 'cta_url',
        body: { text: 'Go' },
        action: { name: 'cta_url', parameters: { display_text: 'Open', url } },
      },
    });
  }
  await sandbox.template({
    name: 'link',
    components: [
      { type: 'BODY', text: 'Go' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Visit', url: 'javascript:alert({{1}})' }] },
    ],
  });
  const template = await sandbox.send(PHONE, {
    type: 'template',
    template: {
      name: 'link',
      language: { code: 'en' },
      components: [{ type: 'button', sub_type: 'url', index: 0, parameters: [{ type: 'text', text: '1' }] }],
    },
  });
  const good = await sandbox.text(PHONE, 'https://example.com/last');
  await article(page, good).waitFor();
  const hrefs = await page
    .locator('.feed a')
    .evaluateAll((links) => links.map((link) => [link.href, link.target, link.rel]));
  for (const [href, ...tab] of hrefs) assert.deepEqual(tab, ['_blank', 'noopener noreferrer'], href);
  // Those of the first two stand within texts, behind another scheme.
  assert.deepEqual(
    [...new Set(hrefs.map(([href]) => href))],
    ['http://example.com/', 'http://127.0.0.1/x', 'https://example.com/last'],
  );
  assert.ok(template, 'the template was refused');
  await article(page, template).getByText('This address is not followed: javascript:alert(1)').waitFor();
  assert.equal(await article(page, template).locator('a').count(), 0);
});

test('thousands of combining marks stay in their bubble', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  await sandbox.text(PHONE, 'Above');
  const marked = await sandbox.text(PHONE, MARKS);
  await article(page, marked).waitFor();
  const below = await sandbox.text(PHONE, 'Below');
  await article(page, below).locator('.status.read').waitFor();
  const bubble = article(page, marked).locator('.bubble');
  const { height } = await bubble.boundingBox();
  assert.ok(height < 200, `the bubble is ${height} high`);
  await screenshot(page, 'hostile-marks');
  for (const where of ['above', 'below']) {
    const painted = await stillPicture(sandbox, page, bubble, where);
    await bubble.evaluate((bubble) => {
      bubble.style.visibility = 'hidden';
    });
    assert.ok(painted.equals(await pictureBeside(page, bubble, where)), `nothing is painted ${where} the bubble`);
    await bubble.evaluate((bubble) => {
      bubble.style.visibility = '';
    });
  }
});

test('a name of marks stays in its row', async (t) => {
  const sandbox = await Sandbox.start(t);
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'set', name: `Z${'\u0334\u0310\u0329'.repeat(60)}` });
  await sandbox.text('15551000001', 'Above');
  await sandbox.text(PHONE, 'Between');
  const page = await open(sandbox, { phone: PHONE });
  await page.locator('article .status.read').waitFor();
  for (const selector of ['.chat[aria-current]', '.chat-head']) {
    const place = page.locator(selector);
    await place.getByText('Z').first().waitFor();
    const painted = await stillPicture(sandbox, page, place, 'below');
    await place.evaluate((place) => {
      for (const part of place.querySelectorAll('b, h2, .avatar')) part.style.visibility = 'hidden';
    });
    assert.ok(painted.equals(await pictureBeside(page, place, 'below')), selector);
  }
});

test('overrides of the direction turn nothing outside what they stand in', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const plain = await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'plain' },
      action: { buttons: [{ type: 'reply', reply: { id: '1', title: 'Yes' } }] },
    },
  });
  const turned = await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: TURNED },
      footer: { text: TURNED },
      action: { buttons: [{ type: 'reply', reply: { id: '1', title: TURNED.slice(0, 20) } }] },
    },
  });
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'set', name: TURNED });
  await article(page, turned).locator('.status.read').waitFor();
  // The time and the tick stand where they stand in every bubble.
  const places = (id) =>
    article(page, id)
      .locator('.bubble')
      .evaluate((bubble) => {
        const { right } = bubble.getBoundingClientRect();
        return [...bubble.querySelectorAll('.meta > *')].map((part) =>
          Math.round(right - part.getBoundingClientRect().right),
        );
      });
  assert.deepEqual(await places(turned), await places(plain));
  const head = await page
    .locator('.person')
    .evaluate(
      (person) => person.querySelector('h2').getBoundingClientRect().left - person.getBoundingClientRect().left,
    );
  assert.ok(head > 0 && head < 100);
  const arabic = await sandbox.text(PHONE, 'مرحبا، كيف حالك؟');
  await article(page, arabic).waitFor();
  assert.equal(
    await article(page, arabic)
      .locator('.lines')
      .evaluate((lines) => {
        const range = document.createRange();
        range.selectNodeContents(lines);
        return range.getBoundingClientRect().right > lines.getBoundingClientRect().right - 2;
      }),
    true,
  );
  await screenshot(page, 'hostile-directions');
});

test('huge names, words and numbers of lines do not widen or fill the page', async (t) => {
  const sandbox = await Sandbox.start(t);
  const word = 'W'.repeat(4096);
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'set', name: word.slice(0, 512) });
  for (const width of [1200, 390]) {
    const page = await open(sandbox, { phone: PHONE, width });
    const ids = [
      await sandbox.text(PHONE, word),
      await sandbox.text(PHONE, 'line\n'.repeat(800)),
      await sandbox.send(PHONE, {
        type: 'location',
        location: { latitude: 1, longitude: 2, name: word.slice(0, 1000), address: word.slice(0, 1000) },
      }),
      await sandbox.send(PHONE, {
        type: 'contacts',
        contacts: [
          {
            name: { formatted_name: word.slice(0, 200), first_name: 'W' },
            emails: [{ email: `${word.slice(0, 200)}@example.com` }],
          },
        ],
      }),
      await sandbox.text(PHONE, `https://example.com/${word.slice(0, 2000)}`, { preview_url: true }),
    ];
    await article(page, ids.at(-1)).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, `${width} wide`);
    const sizes = await page
      .locator('.bubble')
      .evaluateAll((bubbles) =>
        bubbles.map((bubble) => [
          bubble.getBoundingClientRect().right <= innerWidth,
          bubble.scrollWidth <= bubble.clientWidth + 1,
        ]),
      );
    assert.deepEqual(
      sizes.filter(([fits, holds]) => !fits || !holds),
      [],
    );
    await screenshot(page, `hostile-wide-${width}`);
    // The beginning of an address is none: it would lead elsewhere.
    assert.equal(await article(page, ids.at(-1)).locator('.prose a').count(), 0);
    await article(page, ids.at(-1)).getByRole('button', { name: 'Read more' }).click();
    assert.equal(
      await article(page, ids.at(-1)).locator('.prose a').getAttribute('href'),
      `https://example.com/${word.slice(0, 2000)}`,
    );
    await article(page, ids[0]).getByRole('button', { name: 'Read more' }).click();
    assert.equal(await article(page, ids[0]).locator('.prose').textContent(), word);
  }
});
