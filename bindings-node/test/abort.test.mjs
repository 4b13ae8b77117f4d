import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { after, before, beforeEach, test } from 'node:test';
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
const listeners = (signal) => getEventListeners(signal, 'abort').length;

/** Every call that goes somewhere, each in flight until it is stopped. */
const CALLS = {
  sendMessage: (options) => client.sendMessage({ phone: NO_ANSWER, message: 'x' }, options),
  sendLocation: (options) => client.sendLocation({ phone: NO_ANSWER, latitude: 1, longitude: 2 }, options),
  sendTemplate: (options) => client.sendTemplate({ phone: NO_ANSWER, templateName: 'hello_world' }, options),
  sendMany: (options) => client.sendMany([{ type: 'message', phone: NO_ANSWER, message: 'x' }], options),
};

for (const [name, call] of Object.entries(CALLS)) {
  test(`${name} is stopped in flight, by an AbortError`, async () => {
    const controller = new AbortController();
    const calling = failure(call({ signal: controller.signal }));
    while (sandbox.messages().length === 0) await new Promise(setImmediate);
    assert.equal(listeners(controller.signal), 1);
    controller.abort();
    const error = await calling;
    assert.deepEqual([error.name, error.code], ['AbortError', DOMException.ABORT_ERR]);
    assert.equal(error, controller.signal.reason);
    assert.equal(listeners(controller.signal), 0);
  });

  test(`${name} does not begin under a signal that is aborted already`, async () => {
    const reason = new Error('changed my mind');
    assert.equal(await failure(call({ signal: AbortSignal.abort(reason) })), reason);
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
  await client.sendMany([{ type: 'message', ...text }], { signal });
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

test('after aborting sendMany nothing more goes out', async () => {
  const controller = new AbortController();
  const sends = Array.from({ length: 50 }, () => ({ type: 'message', phone: NO_ANSWER, message: 'x' }));
  const sending = failure(client.sendMany(sends, { concurrency: 5, signal: controller.signal }));
  while (sandbox.messages().length < 5) await new Promise(setImmediate);
  controller.abort();
  assert.equal((await sending).name, 'AbortError');
  await client.sendMessage(text);
  assert.equal(sandbox.messages().length, 6);
});

test('what is no signal is refused, and nothing is sent', async () => {
  await failure(client.sendMessage(text, { signal: {} }));
  await client.sendMessage(text);
  assert.equal(sandbox.messages().length, 1);
});
