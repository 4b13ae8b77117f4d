import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { after, before, beforeEach, test } from 'node:test';
import { WamidError } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, magic, NO_ANSWER, PHONE } from './support.mjs';

let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client({ maxRetries: 0 });
});
beforeEach(() => sandbox.clear());
after(() => sandbox.stop());

const text = (message, phone = PHONE) => ({ phone, content: { type: 'text', message } });
const turn = () => new Promise(setImmediate);

async function all(outcomes) {
  const list = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list.sort(([one], [other]) => one - other);
}

test('each outcome comes with the index of its send, of lists, generators and streams alike', async () => {
  const sends = [text('a'), text('x', magic(131_026)), { phone: PHONE, content: { type: 'poem' } }, null, text('b')];
  async function* later() {
    for (const send of sends) {
      await turn();
      yield send;
    }
  }
  for (const source of [sends, sends.values(), later(), Readable.from(sends.map((send) => send ?? {}))]) {
    const outcomes = await all(client.sendEach(source));
    assert.deepEqual(
      outcomes.map(([index, { receipt, error }]) => [index, receipt?.phone ?? error.field ?? error.code]),
      [
        [0, PHONE],
        [1, 131_026],
        [2, 'type'],
        [3, 'phone'],
        [4, PHONE],
      ],
    );
    assert.ok(outcomes[1][1].error instanceof WamidError);
    assert.match(outcomes[1][1].error.stack, /each\.test\.mjs/);
  }
  assert.deepEqual(await all(client.sendEach([])), []);
});

test('no more are held than concurrency says, whatever the source and however slow the reader', async () => {
  for (const asynchronous of [false, true]) {
    let [taken, yielded] = [0, 0];
    function* endless() {
      for (;;) {
        taken += 1;
        assert.ok(taken - yielded <= 4, `${taken} taken, ${yielded} yielded`);
        yield text(`number ${taken}`);
      }
    }
    async function* asyncEndless() {
      yield* endless();
    }
    for await (const _ of client.sendEach(asynchronous ? asyncEndless() : endless(), { concurrency: 4 })) {
      // What was yielded is no longer held once the next is asked for.
      yielded += 1;
      await turn();
      if (yielded === 50) break;
    }
  }
});

test('leaving the loop ends the source, and nothing more goes out', async () => {
  let closed = false;
  function* sends() {
    try {
      yield text('first');
      for (;;) yield text('x', NO_ANSWER);
    } finally {
      closed = true;
    }
  }
  for await (const [index] of client.sendEach(sends(), { concurrency: 3 })) {
    assert.equal(index, 0);
    break;
  }
  assert.ok(closed);
  const before = sandbox.messages().length;
  await client.sendMessage({ phone: PHONE, message: 'after' });
  assert.equal(sandbox.messages().length, before + 1);
});

test('whoever leaves while an outcome is awaited does not wait for it', async () => {
  async function* never() {
    yield text('x', NO_ANSWER);
    await new Promise(() => {});
  }
  const outcomes = client.sendEach(never());
  const awaited = outcomes.next();
  while (sandbox.messages().length === 0) await turn();
  await outcomes.return();
  assert.deepEqual(await awaited, { done: true, value: undefined });
});

test('what the source throws comes after the outcomes of what is under way', async () => {
  function* failing() {
    yield text('a');
    yield text('b');
    throw new Error('the file has ended');
  }
  async function* later() {
    yield* failing();
  }
  for (const source of [failing(), later()]) {
    const seen = [];
    const error = await failure(
      (async () => {
        for await (const [index, { receipt }] of client.sendEach(source)) seen.push([index, receipt.phone]);
      })(),
    );
    assert.equal(error.message, 'the file has ended');
    assert.deepEqual(seen.sort(), [
      [0, PHONE],
      [1, PHONE],
    ]);
  }
});

test('aborting tells what is known of those under way, then throws the reason', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  let taken = 0;
  async function* sends() {
    yield text('a');
    for (;;) {
      taken += 1;
      yield text('x', NO_ANSWER);
    }
  }
  const seen = [];
  const error = await failure(
    (async () => {
      for await (const [index, { receipt, error }] of client.sendEach(sends(), { concurrency: 4, signal })) {
        seen.push([index, receipt ? 'sent' : error.maybeSent]);
        if (index > 0) continue;
        while (sandbox.messages().length < 4) await turn();
        controller.abort();
      }
    })(),
  );
  assert.equal(error, signal.reason);
  assert.deepEqual(seen.sort(), [
    [0, 'sent'],
    [1, true],
    [2, true],
    [3, true],
  ]);
  assert.ok(taken <= 5);
  assert.equal(getEventListeners(signal, 'abort').length, 0);
  const before = sandbox.messages().length;
  await client.sendMessage({ phone: PHONE, message: 'after' });
  assert.equal(sandbox.messages().length, before + 1);
  const begun = client.sendEach([text('x')], { signal });
  assert.equal(await failure(begun.next()), signal.reason);
});

test('what is wrong with the whole is an error of the whole', async () => {
  for (const [field, call] of [
    ['concurrency', () => client.sendEach([text('x')], { concurrency: 0 }).next()],
    ['concurrency', () => client.sendEach([text('x')], { concurrency: Number.NaN }).next()],
    ['concurency', async () => client.sendEach([text('x')], { concurency: 5 })],
    ['sends', async () => client.sendEach({ phone: PHONE })],
    ['sends', async () => client.sendEach()],
  ]) {
    assert.equal((await failure(call())).field, field);
  }
  assert.deepEqual(sandbox.messages(), []);
});

test('a bug inside is the error of its send, and its promise ends', async () => {
  const broken = { ...text('x'), reference: 'wamid-test-panic' };
  const sent = await failure(client.sendMessage({ phone: PHONE, message: 'x', reference: 'wamid-test-panic' }));
  assert.deepEqual([sent.kind, sent.maybeSent], ['unexpected_response', true]);
  const [{ error }, { receipt }] = await client.sendMany([broken, text('a')]);
  assert.equal(error.kind, 'unexpected_response');
  assert.match(receipt.id, /^wamid\./);
  const [[, first], [, second]] = await all(client.sendEach([broken, text('b')]));
  assert.equal(first.error.kind, 'unexpected_response');
  assert.match(second.receipt.id, /^wamid\./);
});
