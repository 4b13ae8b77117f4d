import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, before, beforeEach, test } from 'node:test';
import { SendManyAbortedError, WamidError } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, NO_ANSWER, PHONE } from './support.mjs';

let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client();
});
beforeEach(() => sandbox.clear());
after(() => sandbox.stop());

const text = { phone: PHONE, message: 'x' };
const of = (phone) => ({ phone, content: { type: 'text', message: 'x' } });
const listeners = (signal) => getEventListeners(signal, 'abort').length;

/** Every call that goes somewhere, each in flight until it is stopped. */
const CALLS = {
  sendMessage: (options) => client.sendMessage({ phone: NO_ANSWER, message: 'x' }, options),
  sendLocation: (options) => client.sendLocation({ phone: NO_ANSWER, latitude: 1, longitude: 2 }, options),
  sendTemplate: (options) => client.sendTemplate({ phone: NO_ANSWER, templateName: 'hello_world' }, options),
  sendMany: (options) => client.sendMany([of(NO_ANSWER)], options),
};

for (const [name, call] of Object.entries(CALLS)) {
  test(`${name} is stopped in flight, by an AbortError`, async () => {
    const controller = new AbortController();
    const calling = failure(call({ signal: controller.signal }));
    while (sandbox.messages().length === 0) await new Promise(setImmediate);
    assert.equal(listeners(controller.signal), 1);
    controller.abort();
    const error = await calling;
    assert.equal(error.name, 'AbortError');
    assert.equal(name === 'sendMany' ? error.cause : error, controller.signal.reason);
    assert.equal(listeners(controller.signal), 0);
  });

  test(`${name} does not begin under a signal that is aborted already`, async () => {
    const reason = new Error('changed my mind');
    const error = await failure(call({ signal: AbortSignal.abort(reason) }));
    assert.equal(name === 'sendMany' ? error.cause : error, reason);
    assert.equal((await failure(call({ signal: AbortSignal.abort() }))).name, 'AbortError');
    // Had it begun, the message would be here before this one.
    await client.sendMessage(text);
    assert.deepEqual(
      sandbox.messages().map(({ to }) => to),
      [`+${PHONE}`],
    );
  });
}

test('chats and receiveWebhook take signals too', async () => {
  assert.equal((await failure(client.chats({ signal: AbortSignal.abort() }))).name, 'AbortError');
  assert.equal((await failure(client.receiveWebhook('{}', '', { signal: AbortSignal.abort() }))).name, 'AbortError');
});

test('a time-out of the platform stops a call with its TimeoutError', async () => {
  const error = await failure(CALLS.sendMessage({ signal: AbortSignal.timeout(20) }));
  assert.equal(error.name, 'TimeoutError');
});

test('after a call has ended its signal is free again, and aborting does nothing', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  await client.sendMessage(text, { signal });
  await failure(client.sendMessage({ phone: 'abc', message: 'x' }, { signal }));
  await client.sendMany([of(PHONE)], { signal });
  assert.equal(listeners(signal), 0);
  controller.abort();
});

test('one signal stops many calls, and only them', async () => {
  const controller = new AbortController();
  const warned = (warning) => assert.fail(warning);
  process.once('warning', warned);
  const stopped = Array.from({ length: 20 }, () => failure(CALLS.sendMessage({ signal: controller.signal })));
  const other = client.sendMessage(text);
  assert.equal(listeners(controller.signal), 1, 'a leak, the platform would say');
  controller.abort();
  for (const error of await Promise.all(stopped)) assert.equal(error.name, 'AbortError');
  assert.match((await other).id, /^wamid\./);
  process.off('warning', warned);
});

test('an aborted sendMany says what became of each send, and nothing more goes out', async () => {
  const controller = new AbortController();
  const sends = [of(PHONE), of('abc'), ...Array.from({ length: 50 }, () => of(NO_ANSWER))];
  const sending = failure(client.sendMany(sends, { concurrency: 5, signal: controller.signal }));
  while (sandbox.messages().length < 6) await new Promise(setImmediate);
  controller.abort();
  const error = await sending;
  assert.ok(error instanceof SendManyAbortedError && !(error instanceof WamidError));
  assert.deepEqual([error.sent, error.failed, error.unknown, error.left, error.maybeSent], [1, 1, 5, 45, true]);
  assert.match(error.message, /1 sent, 1 failed, 5 perhaps sent, 45 not begun/);
  assert.match(error.stack, /abort\.test\.mjs/);
  assert.equal(error.outcomes.length, sends.length);
  assert.match(error.outcomes[0].receipt.id, /^wamid\./);
  assert.equal(error.outcomes[1].error.field, 'phone');
  assert.ok(error.outcomes.slice(2, 7).every((outcome) => outcome.error.maybeSent));
  assert.ok(error.outcomes.slice(7).every((outcome) => outcome === undefined));
  await client.sendMessage(text);
  assert.equal(sandbox.messages().length, 7);
});

test('a time-out and a reason of any kind say so themselves, and a list that was not begun is all left', async () => {
  const many = (signal, sends = [of(NO_ANSWER)]) => failure(client.sendMany(sends, { signal }));
  const late = await many(AbortSignal.timeout(20));
  assert.deepEqual([late.name, late.cause.name], ['TimeoutError', 'TimeoutError']);
  const words = await many(AbortSignal.abort('enough'), Array(3).fill(of(PHONE)));
  assert.deepEqual([words.name, words.cause, words.left, words.maybeSent], ['AbortError', 'enough', 3, false]);
  assert.deepEqual(words.outcomes, [undefined, undefined, undefined]);
  const controller = new AbortController();
  function* stopping() {
    yield of(PHONE);
    controller.abort();
    yield of(PHONE);
  }
  const within = await many(controller.signal, stopping());
  assert.deepEqual([within.sent, within.left], [0, 1]);
  await client.sendMessage(text);
  assert.ok(sandbox.messages().every(({ to }) => to === `+${NO_ANSWER}` || to === `+${PHONE}`));
  assert.equal(sandbox.messages().filter(({ to }) => to === `+${PHONE}`).length, 1);
});

test('what is no signal is refused, and nothing is sent', async () => {
  for (const signal of [{}, 5, 'soon', { aborted: false }]) {
    const many = client.sendMany([], { signal });
    const each = async () => client.sendEach([], { signal });
    for (const call of [client.sendMessage(text, { signal }), many, each()]) {
      assert.equal((await failure(call)).field, 'signal');
    }
  }
  await client.sendMessage(text);
  assert.equal(sandbox.messages().length, 1);
});
