// The module in another runtime than Node: everything that touches the native half, once.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { Client, InvalidInputError, parseWebhook, verifyWebhook, WamidError } from 'wamid';
import { Sandbox } from 'wamid/testing';

const runtime = globalThis.Bun ? 'Bun' : globalThis.Deno ? 'Deno' : 'Node';
assert.equal(createRequire(import.meta.url)('wamid').Client, Client, 'import and require give the same classes');

const sandbox = await Sandbox.start();
const client = sandbox.client({ maxRetries: 0 });
const text = (phone) => ({ phone, message: 'नमस्ते 👋' });
const failed = async (promise) => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  assert.fail('it succeeded');
};

async function theCaller() {
  return client.sendMessage(text('15550131026'));
}

const receipts = await Promise.all(Array.from({ length: 200 }, () => client.sendMessage(text('919876543210'))));
assert.ok(receipts.every(({ id }) => id.startsWith('wamid.')));
assert.equal(sandbox.messages()[0].body.text.body, 'नमस्ते 👋');

const rejected = await failed(theCaller());
assert.ok(rejected instanceof WamidError);
assert.deepEqual([rejected.kind, rejected.code, rejected.name], ['rejected', 131_026, 'RejectedError']);
assert.match(rejected.stack, /theCaller/);
const invalid = await failed(client.sendMessage({ phone: '919876543210', message: 'a\ud83d' }));
assert.ok(invalid instanceof InvalidInputError && invalid.field === 'message');

const controller = new AbortController();
const stopped = failed(client.sendMessage(text('15550900002'), { signal: controller.signal }));
controller.abort();
assert.equal((await stopped).name, 'AbortError');

const { phone, message } = text('919876543210');
const content = { type: 'text', message };
assert.match((await client.send({ phone, content })).id, /^wamid\./);
const results = await client.sendMany(Array.from({ length: 1500 }, () => ({ phone, content })));
assert.equal(results.filter(({ receipt }) => receipt).length, 1500);

const body = new TextEncoder().encode('{"entry":[]}');
assert.deepEqual(parseWebhook(body), []);
assert.equal(verifyWebhook(body, 'sha256=00', 'secret'), false);

await client.close();
await sandbox.stop();
// A client that nobody closes must not keep the process either.
Client.cloud({ accessToken: 'token-of-mine', phoneNumberId: '1066' });
console.log(`${runtime}: sound`);
