// Every kind of message as the customer sees it: each body that docs/messages has, and what is in no document.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { article, open, reads, screenshot } from './browser.mjs';
import { picture, sound } from './files.mjs';
import { Sandbox } from './sandbox.mjs';

const PHONE = '15551234567';
const DOCUMENTS = new URL('../../docs/messages/', import.meta.url);

/** What the customer reads of each document's message. */
const READ = {
  address_message: ['Where shall we deliver to?', 'Provide address'],
  audio: ['Sound', 'https://example.com/greeting.ogg', 'Voice message'],
  catalog: ['See what is new.', 'View catalog'],
  contact_request: ['May we call you about your order?', 'Share contact'],
  contacts: ["Asha's Books", '+91 98765-43210', 'work'],
  cta_url: ['Your order is on its way.', "Asha's Books", 'Track it'],
  document: ['invoice-1042.pdf', 'Your invoice', 'https://example.com/i/1042.pdf'],
  flow: ['Your opinion', 'How was your stay?', 'Tell us'],
  image: ['Picture', 'Your receipt', 'https://example.com/receipt.png'],
  list: ['When shall we come?', 'Times'],
  location: ['Our Office', 'Connaught Place, New Delhi', '28.6139, 77.209'],
  location_request: ['Where shall we deliver?', 'Send location'],
  product: ['It is back in stock.', 'book-1042', 'View'],
  product_list: ['Our novels', 'Picked for you', '3 items', 'View items'],
  raw: ['Call us', 'Call now'],
  reaction: ['👍', 'A reaction to a message that is not here'],
  reply_buttons: ['Your order', 'Shall we deliver it today?', "Asha's Books", 'Yes', 'Tomorrow'],
  sticker: ['Sticker', 'https://example.com/thanks.webp'],
  template: ['Asha', 'A-1042'],
  text: ['Your table is ready:', 'example.com', '/t/7'],
  video: ['Video', 'Your room', 'https://example.com/tour.mp4'],
};

function bodyOf(document) {
  const text = readFileSync(new URL(`${document}.md`, DOCUMENTS), 'utf8');
  return JSON.parse(text.slice(text.indexOf('## What Meta gets')).split('```json')[1].split('```')[0]);
}

test('each kind of message of the documentation is drawn', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const documents = readdirSync(DOCUMENTS)
    .filter((name) => name.endsWith('.md'))
    .map((name) => name.slice(0, -3));
  assert.deepEqual(documents, Object.keys(READ), 'a row in READ for each document');
  for (const document of documents) {
    const id = await sandbox.send(PHONE, bodyOf(document));
    await reads(page, id, READ[document]);
    await screenshot(article(page, id), `kind-${document}`);
  }
});

test('files of the sandbox are played and shown', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const image = await sandbox.upload(picture(), 'image/png', 'a.png');
  const id = await sandbox.send(PHONE, { type: 'image', image: { id: image, caption: 'A square' } });
  const shown = article(page, id).locator('img');
  await shown.waitFor();
  await page.waitForLoadState('networkidle');
  assert.equal(await shown.evaluate((image) => image.naturalWidth), 8);
  assert.equal(await shown.getAttribute('alt'), 'A square');
  await screenshot(article(page, id), 'file-image');

  const audio = await sandbox.upload(sound(), 'audio/mpeg', 'a.mp3');
  const heard = await sandbox.send(PHONE, { type: 'audio', audio: { id: audio } });
  await article(page, heard).locator('audio[controls]').waitFor();
  await screenshot(article(page, heard), 'file-audio');

  const pdf = await sandbox.upload('%PDF-1.4', 'application/pdf', 'a.pdf');
  const document = await sandbox.send(PHONE, { type: 'document', document: { id: pdf, filename: 'menu.pdf' } });
  await reads(page, document, ['menu.pdf', 'PDF']);
  await screenshot(article(page, document), 'file-document');
});

/** Interactive messages that no document has. */
const INTERACTIVE = {
  call_permission: {
    interactive: {
      type: 'call_permission_request',
      body: { text: 'May we ring?' },
      action: { name: 'call_permission_request' },
    },
    read: ['May we ring?', 'Allow this business to call you?', 'Always allow', 'Allow for 7 days', "Don't allow"],
  },
  media_carousel: {
    interactive: {
      type: 'carousel',
      body: { text: 'Our rooms' },
      action: {
        cards: [0, 1].map((index) => ({
          card_index: index,
          type: 'cta_url',
          header: { type: 'image', image: { link: 'https://example.com/room.png' } },
          body: { text: `Room ${index + 1}` },
          action: { name: 'cta_url', parameters: { display_text: 'Book', url: `https://example.com/${index}` } },
        })),
      },
    },
    read: ['Our rooms', 'Room 1', 'Room 2', 'Book'],
  },
  order_details: {
    interactive: {
      type: 'order_details',
      body: { text: 'Your bill' },
      action: {
        name: 'review_and_pay',
        parameters: {
          reference_id: 'A-1042',
          type: 'physical-goods',
          currency: 'INR',
          total_amount: { value: 21000, offset: 100 },
          order: {
            status: 'pending',
            items: [{ retailer_id: '1', name: 'Tea', amount: { value: 10000, offset: 100 }, quantity: 2 }],
            subtotal: { value: 20000, offset: 100 },
            tax: { value: 1000, offset: 100 },
          },
        },
      },
    },
    read: ['Your bill', 'A-1042', '2 × Tea', 'INR 210.00'],
  },
  order_status: {
    interactive: {
      type: 'order_status',
      body: { text: 'It left' },
      action: {
        name: 'review_order',
        parameters: { reference_id: 'A-1042', order: { status: 'partially_shipped', description: 'The rest follows' } },
      },
    },
    read: ['It left', 'partially shipped', 'The rest follows'],
  },
};

test('interactive messages that have no document are drawn', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  for (const [name, { interactive, read }] of Object.entries(INTERACTIVE)) {
    const id = await sandbox.send(PHONE, { type: 'interactive', interactive });
    assert.ok(id, `${name} was refused`);
    await reads(page, id, read);
    await screenshot(article(page, id), `interactive-${name}`);
  }
});

test("a refused message is in the chat with Meta's code in words, and has no live button", async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  await sandbox.send(PHONE, {
    type: 'interactive',
    interactive: {
      type: 'button',
      body: { text: 'Two the same' },
      action: { buttons: [1, 2].map(() => ({ type: 'reply', reply: { id: 'a', title: 'A' } })) },
    },
  });
  await sandbox.send(PHONE, { type: 'hologram', hologram: { colour: 'blue', size: [1, 2] } });
  const refused = page.locator('article', { hasText: 'Two the same' });
  await refused.getByText('Refused:').waitFor();
  await refused.getByText('Duplicated button id').waitFor();
  assert.equal(await refused.getByRole('button', { name: 'A', exact: true }).first().isDisabled(), true);
  await screenshot(refused, 'refused');
  const unknown = page.locator('article', { hasText: 'hologram' });
  for (const text of ['colour', 'blue', 'Refused:']) await unknown.getByText(text).first().waitFor();
  await screenshot(unknown, 'unknown');
});

test('a text is formatted as WhatsApp formats it', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const id = await sandbox.text(
    PHONE,
    '*bold* _italic_ ~struck~ `code` *_both_*\n> a quote\n- one\n- two\n3. third\n```let x = 1;```\n2*3*4 snake_case_name * no * https://example.com/a_b_c',
  );
  const prose = article(page, id).locator('.prose');
  await prose.waitFor();
  const texts = (selector) => prose.locator(selector).allTextContents();
  assert.deepEqual(await texts('strong'), ['bold', 'both']);
  assert.deepEqual(await texts('em'), ['italic', 'both']);
  assert.deepEqual(await texts('s'), ['struck']);
  assert.deepEqual(await texts('code'), ['code']);
  assert.deepEqual(await texts('blockquote'), ['a quote']);
  assert.deepEqual(await texts('ul li'), ['one', 'two']);
  assert.equal(await prose.locator('ol').getAttribute('start'), '3');
  assert.deepEqual(await texts('pre'), ['let x = 1;']);
  assert.equal(await prose.getByRole('link').getAttribute('href'), 'https://example.com/a_b_c');
  await prose.getByText('2*3*4 snake_case_name * no *').waitFor();
  await screenshot(article(page, id), 'formatting');
});

test('statuses are shown by their ticks, and a failed message with its code in words', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  const id = await sandbox.text(PHONE, 'Hello');
  await article(page, id).locator('.status.read[title="read"]').waitFor();
});
