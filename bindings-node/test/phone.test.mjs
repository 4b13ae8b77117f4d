import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { InvalidInputError, webhookHandler } from 'wamid';
import { Phone, Sandbox } from 'wamid/testing';
import { failure } from './support.mjs';

const NUMBER = '+1 650 555 1234';

/** A sandbox whose webhooks come here, the client of it, and the events that have come. */
async function shop(t, options) {
  const sandbox = await Sandbox.start(options);
  const client = sandbox.client();
  const events = [];
  const server = createServer(
    webhookHandler(client, (event) => {
      events.push(event);
      server.emit('event');
    }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  sandbox.setWebhook(`http://127.0.0.1:${server.address().port}/`);
  t.after(async () => {
    await sandbox.stop();
    server.close();
    server.closeAllConnections();
  });
  /** The first event that is so, once it has come. */
  const event = async (wanted) => {
    for (let found; ; await once(server, 'event', { signal: AbortSignal.timeout(5000) })) {
      found = events.find(wanted);
      if (found) return found;
    }
  };
  return { sandbox, client, event, ada: sandbox.phone(NUMBER, { name: 'Ada' }) };
}

test('each act reaches the business as the event that it is', async (t) => {
  const { client, event, ada } = await shop(t);
  const sent = await client.sendMessage({ phone: NUMBER, message: 'Which?' });
  const received = await ada.nextMessage();
  assert.ok(received.time instanceof Date);
  assert.deepEqual([received.id, received.side, received.type, received.text], [sent.id, 'business', 'text', 'Which?']);
  const of = (id) => event((event) => event.event === 'message' && event.id === id);
  const text = await of(ada.text('This one'));
  assert.deepEqual([text.text, text.profileName, text.from], ['This one', 'Ada', '16505551234']);
  const reply = await of(ada.reply(sent.id, 'That'));
  assert.deepEqual([reply.text, reply.replyTo], ['That', sent.id]);
  assert.deepEqual((await of(ada.react('👍'))).reaction, { messageId: sent.id, emoji: '👍' });
  assert.deepEqual((await of(ada.reactTo(sent.id, ''))).reaction, { messageId: sent.id });
  const place = await of(ada.sendLocation(12.97, 77.59, { name: 'Shop' }));
  assert.deepEqual(place.location, { latitude: 12.97, longitude: 77.59, name: 'Shop' });
  assert.equal((await of(ada.sendContact('Bob', '+16505557777'))).contacts[0].formattedName, 'Bob');
  const voice = await of(ada.sendFile('audio/ogg', Buffer.from('OggS')));
  assert.deepEqual(
    [voice.type, (await client.downloadMedia({ mediaId: voice.media.id })).mimeType],
    ['audio', 'audio/ogg'],
  );
  assert.deepEqual((await of(ada.edit(text.id, 'The other one'))).edit, { messageId: text.id, text: 'The other one' });
  assert.deepEqual((await of(ada.delete(text.id))).revoke, { messageId: text.id });
});

test('what the business sends is shown as the customer sees it', async (t) => {
  const { client, ada, event } = await shop(t);
  await client.sendTemplate({ phone: NUMBER, templateName: 'order_update', bodyParams: ['Ada', 'A-7'] });
  const template = await ada.nextMessage();
  assert.equal(template.type, 'template');
  assert.match(template.text, /A-7/);
  const products = {
    type: 'product_list',
    header: 'Books',
    body: 'All of them',
    catalogId: '7',
    sections: [{ title: 'New', productRetailerIds: ['book-1', 'book-2'] }],
  };
  await client.send({ phone: NUMBER, content: products });
  await ada.nextMessage();
  const id = ada.order([['book-2', 3]]);
  const { order } = await event((event) => event.id === id);
  assert.deepEqual([order.items[0].productRetailerId, order.items[0].quantity], ['book-2', 3]);
  assert.deepEqual(
    ada.messages().map(({ side, type }) => [side, type]),
    [
      ['business', 'template'],
      ['business', 'interactive'],
      ['customer', 'order'],
    ],
  );
  assert.equal(ada.last().type, 'interactive');
});

test('trouble on the side of the customer is played', async (t) => {
  const { client, event, ada } = await shop(t);
  const status = (id, status) =>
    event((event) => event.event === 'status' && event.id === id && event.status === status);
  const send = async (message) => (await client.sendMessage({ phone: NUMBER, message })).id;
  ada.setReads(false);
  const first = await send('one');
  await status(first, 'delivered');
  assert.equal(ada.last().status, 'delivered');
  ada.read();
  await status(first, 'read');
  ada.setOffline(true);
  const waiting = await send('two');
  assert.equal((await ada.nextMessage()).id, first);
  assert.equal((await failure(ada.nextMessage({ timeoutMs: 1 }))).name, 'TimeoutError');
  ada.setOffline(false);
  assert.equal((await ada.nextMessage()).id, waiting);
  for (const [set, code] of [
    ['setDeleted', 131_026],
    ['setWindowClosed', 131_047],
  ]) {
    ada[set](true);
    const failed = await status(await send('three'), 'failed');
    assert.equal(failed.errors[0].code, code);
    assert.equal(ada.messages().at(-1).errorCode, code);
    ada[set](false);
  }
  ada.setOptedOut(true);
  assert.equal((await event((event) => event.event === 'preference')).value, 'stop');
  ada.setBlocked(true);
  assert.throws(() => ada.text('Hello'), InvalidInputError);
});

test('waiting ends with the message, the time or the signal', async (t) => {
  const { sandbox, client, ada } = await shop(t);
  await client.sendMessage({ phone: NUMBER, message: 'early' });
  const late = sandbox.phone(NUMBER);
  const waits = late.nextMessage();
  await client.sendMessage({ phone: NUMBER, message: 'one' });
  assert.equal((await waits).text, 'one');
  assert.deepEqual([(await ada.nextMessage()).text, (await ada.nextMessage()).text], ['early', 'one']);
  const over = await failure(ada.nextMessage({ timeoutMs: 5 }));
  assert.ok(over instanceof DOMException && over.name === 'TimeoutError');
  const controller = new AbortController();
  const stopped = ada.nextMessage({ signal: controller.signal });
  controller.abort();
  assert.equal((await failure(stopped)).name, 'AbortError');
  assert.equal((await failure(ada.nextMessage({ signal: AbortSignal.abort() }))).name, 'AbortError');
  // Who gave up took nothing away.
  const next = ada.nextMessage();
  await client.sendMessage({ phone: NUMBER, message: 'two' });
  assert.equal((await next).text, 'two');
  assert.throws(() => ada.nextMessage({ timeoutMS: 5 }), { message: /timeoutMs/ });
  assert.equal((await failure(ada.nextMessage({ timeoutMs: -1 }))).field, 'timeout');
});

test('what a phone cannot do is refused', async (t) => {
  const { sandbox, ada } = await shop(t);
  assert.ok(ada instanceof Phone);
  for (const attempt of [
    () => ada.press('Pay'),
    () => ada.react('👍'),
    () => ada.fillFlow({}),
    () => ada.fillFlow([]),
    () => ada.order([['book-1', 1]]),
    () => ada.order('book-1'),
    () => ada.text(''),
    () => ada.reply('wamid.none', 'Hi'),
    () => ada.sendFile('image/png', new Uint8Array()),
    () => ada.sendLocation(91, 0),
    () => sandbox.phone('nobody').text('Hello'),
    () => sandbox.phone(NUMBER, { nmae: 'Ada' }),
  ]) {
    assert.throws(attempt, InvalidInputError);
  }
  sandbox.setWebhook(null);
  assert.throws(() => ada.text('Hello'), { name: 'InvalidInputError', message: /webhook/ });
  await sandbox.stop();
  assert.throws(() => ada.text('Hello'), { message: /has been stopped/ });
  assert.throws(() => sandbox.phone(NUMBER), { message: /has been stopped/ });
});

test('with a seed and a clock ids and times are the same in every run', async (t) => {
  const clock = new Date('2026-01-02T03:04:05Z');
  const told = async () => {
    const { client, ada } = await shop(t, { seed: 7, clock });
    await client.sendMessage({ phone: NUMBER, message: 'Hello' });
    const { id, time } = await ada.nextMessage();
    return { id, time };
  };
  const first = await told();
  assert.deepEqual([await told(), first.time], [first, clock]);
  for (const [field, options] of [
    ['seed', { seed: -1 }],
    ['seed', { seed: 1.5 }],
    ['clock', { clock: new Date(Number.NaN) }],
    ['clock', { clock: 'today' }],
  ]) {
    assert.equal((await failure(Sandbox.start(options))).field, field);
  }
});

test('a browser finds the page of the phones', async () => {
  const sandbox = await Sandbox.start();
  const page = await fetch(sandbox.phonePage);
  assert.deepEqual([page.status, page.headers.get('content-type').split(';')[0]], [200, 'text/html']);
  await sandbox.stop();
});
