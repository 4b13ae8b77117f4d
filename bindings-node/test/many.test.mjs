import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { RejectedError } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, LOST, magic, PHONE } from './support.mjs';

let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client({ maxRetries: 0 });
});
beforeEach(() => sandbox.clear());
after(() => sandbox.stop());

const text = (message, phone = PHONE) => ({ phone, content: { type: 'text', message } });

test('answers come in the order of the list, each a receipt or an error', async () => {
  const seen = [];
  const circle = {};
  circle.circle = circle;
  const results = await client.sendMany(
    [
      text('first'),
      text('x', magic(131_026)),
      { phone: PHONE, content: { type: 'location', latitude: 1, longitude: 2 } },
      text('x', LOST),
      { phone: PHONE, content: { type: 'template', templateName: 'hello_world' } },
      text('half a surrogate pair: \ud83d'),
      { phone: PHONE, content: { type: 'poem' } },
      { phone: PHONE, content: { type: 10n } },
      { ...text('x'), reference: circle },
      { phone: PHONE, content: { type: 'text', message: circle } },
      { phone: PHONE, content: { type: 'location', latitude: Number.NaN, longitude: 2 } },
      { phone: PHONE, content: { type: 'text', message: 'x', preview_url: true } },
      { phone: PHONE, content: 'x' },
      { type: 'message', phone: PHONE, message: 'x' },
      null,
    ],
    { progress: (counts) => seen.push(counts) },
  );
  assert.deepEqual(
    results.map(({ receipt, error }) => receipt?.phone ?? error.field ?? error.kind),
    [
      PHONE,
      'rejected',
      PHONE,
      'connection',
      PHONE,
      'message',
      'type',
      'type',
      'reference',
      'message',
      'latitude',
      'preview_url',
      'content',
      'message',
      'phone',
    ],
  );
  assert.ok(results[1].error instanceof RejectedError);
  assert.match(results[1].error.stack, /many\.test\.mjs/);
  assert.deepEqual(seen.at(-1), { sent: 3, failed: 11, unknown: 1, left: 0 });
});

test('a list of any length is read without holding anything up', async () => {
  const length = 2500;
  let turns = 0;
  const turning = setInterval(() => turns++, 0);
  const results = await client.sendMany(Array.from({ length }, (_, n) => text(`number ${n}`)));
  clearInterval(turning);
  assert.equal(results.length, length);
  const ids = new Map(sandbox.messages().map(({ id, body }) => [id, body.text.body]));
  for (const [n, { receipt }] of results.entries()) assert.equal(ids.get(receipt.id), `number ${n}`);
  assert.ok(turns > 3, `the event loop turned ${turns} times`);
});

test('no sends at all are no failure, and any iterable will do', async () => {
  assert.deepEqual(await client.sendMany([]), []);
  const results = await client.sendMany(new Set([text('x')]));
  assert.equal(results.length, 1);
});

test('a send is read when the list comes to it, whatever becomes of its object then', async () => {
  function* reusing() {
    const send = text('');
    for (const word of ['one', 'two', 'three']) {
      send.content.message = word;
      yield send;
    }
  }
  const results = await client.sendMany(reusing());
  assert.equal(results.filter(({ receipt }) => receipt).length, 3);
  const arrived = sandbox.messages().map(({ body }) => body.text.body);
  assert.deepEqual(arrived.sort(), ['one', 'three', 'two']);
});

test('what is wrong with the whole is an error of the whole', async () => {
  const sends = [text('x')];
  for (const [field, call] of [
    ['concurrency', () => client.sendMany(sends, { concurrency: 0 })],
    ['concurrency', () => client.sendMany(sends, { concurrency: -1 })],
    ['concurrency', () => client.sendMany(sends, { concurrency: Number.NaN })],
    ['concurency', () => client.sendMany(sends, { concurency: 5 })],
    ['progress', () => client.sendMany(sends, { progress: true })],
    ['sends', () => client.sendMany({ phone: PHONE })],
    ['sends', () => client.sendMany()],
  ]) {
    assert.equal((await failure(call())).field, field);
  }
  assert.deepEqual(sandbox.messages(), []);
});

test('a callback that throws ends nothing: it becomes a warning', async () => {
  const warned = new Promise((resolve) => process.once('warning', resolve));
  const results = await client.sendMany([text('a'), text('b')], {
    progress() {
      throw new Error('out of ink');
    },
  });
  assert.equal(results.filter(({ receipt }) => receipt).length, 2);
  assert.equal((await warned).message, 'out of ink');
});
