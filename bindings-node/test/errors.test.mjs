import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { inspect } from 'node:util';
import * as wamid from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, LOST, magic, NO_ANSWER, PHONE } from './support.mjs';

const { Client, WamidError } = wamid;
let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client({ maxRetries: 0 });
});
after(() => sandbox.stop());

const send = (phone, options) => sandbox.client({ maxRetries: 0, ...options }).sendMessage({ phone, message: 'x' });

/** How each kind comes about, and its class. */
const KINDS = {
  invalid_input: ['InvalidInputError', () => send('abc')],
  authentication: ['AuthenticationError', () => send(magic(190))],
  rate_limited: ['RateLimitError', () => send(magic(131_056))],
  rejected: ['RejectedError', () => send(magic(131_026))],
  server: ['ServerError', () => send(magic(131_057))],
  timeout: ['RequestTimeoutError', () => send(NO_ANSWER, { timeoutMs: 50 })],
  connection: ['ConnectionFailedError', () => send(LOST)],
  unexpected_response: ['UnexpectedResponseError', () => send(magic(900_005))],
  unsupported: ['UnsupportedError', () => client.sendMessage({ phone: PHONE, message: 'x', accountId: 7 })],
  store: ['StoreError', () => send(PHONE, { store: 'sqlite:/no/such/folder/wamid.db' })],
};

for (const [kind, [name, fail]] of Object.entries(KINDS)) {
  test(`${kind} is a ${name}`, async () => {
    const error = await failure(fail());
    // biome-ignore lint/performance/noDynamicNamespaceImportAccess: the table names the classes
    assert.ok(error instanceof wamid[name] && error instanceof WamidError && error instanceof Error, inspect(error));
    assert.deepEqual([error.kind, error.name], [kind, name]);
    assert.equal(error.maybeSent, ['timeout', 'connection', 'unexpected_response'].includes(kind));
    assert.equal(Object.prototype.toString.call(error), '[object Error]');
  });
}

test('the stack shows the line of the caller, and none of the SDK', async () => {
  async function thisVeryFunction() {
    return client.sendMessage({ phone: magic(131_026), message: 'x' });
  }
  // Neither awaited at once nor alone: the stack is the call's, not the waiting's.
  const [error] = await Promise.all([failure(thisVeryFunction()), send(PHONE)]);
  const [first, second] = error.stack.split('\n');
  assert.equal(first, `RejectedError: ${error.message}`);
  assert.match(second, /at thisVeryFunction .*errors\.test\.mjs/);
  assert.doesNotMatch(error.stack, /dist\//);
  try {
    Client.cloud({ accessToken: '', phoneNumberId: '1066' });
  } catch (error) {
    assert.match(error.stack.split('\n')[1], /errors\.test\.mjs/);
  }
});

test('a program that has frozen what the language brings still sends, and its errors say who called', () => {
  const script = `
    import { Client } from 'wamid';
    Object.freeze(Error);
    async function theCaller() {
      return Client.cloud({ accessToken: 'TOKEN', phoneNumberId: '1066' }).sendMessage({ phone: '', message: 'x' });
    }
    theCaller().catch((error) => process.stdout.write(error.stack));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  assert.match(stdout, /^InvalidInputError: .*\n.*at theCaller/, stderr);
});

test('a program that writes stacks its own way still gets its errors', async () => {
  const before = Error.prepareStackTrace;
  try {
    for (const own of [(_, sites) => sites, () => undefined, () => 'no stack']) {
      Error.prepareStackTrace = own;
      const error = await failure(send(magic(131_026)));
      assert.equal(error.kind, 'rejected');
    }
  } finally {
    Error.prepareStackTrace = before;
  }
});

test('a cause tells what the system said', async () => {
  const nobody = Client.cloud({
    accessToken: 'TOKEN',
    phoneNumberId: '1066',
    graphUrl: 'http://127.0.0.1:1',
    maxRetries: 0,
  });
  const error = await failure(nobody.sendMessage({ phone: PHONE, message: 'x' }));
  const causes = [];
  for (let cause = error.cause; cause !== undefined; cause = cause.cause) causes.push(cause.message);
  assert.ok(causes.length > 1 && /refused/i.test(causes.at(-1)), inspect(error));
  assert.ok((await failure(send(LOST))).cause instanceof Error);
  assert.equal((await failure(send('abc'))).cause, undefined);
});

test('toJSON holds every known field and no other', async () => {
  const error = await failure(client.sendMessage({ phone: magic(131_056), message: 'x', reference: 'order-7' }));
  const json = JSON.parse(JSON.stringify({ error })).error;
  assert.deepEqual(
    { ...json, message: '', details: '', traceId: '', retryAfterMs: 0 },
    {
      name: 'RateLimitError',
      message: '',
      kind: 'rate_limited',
      status: json.status,
      code: 131_056,
      details: '',
      traceId: '',
      reference: 'order-7',
      retryAfterMs: 0,
      retryable: true,
      maybeSent: false,
      attempts: 1,
    },
  );
  assert.ok(json.traceId.length > 3 && json.message.includes('131056'));
  assert.ok(!('title' in error) && !('field' in error), 'what is unknown is absent');
});

test('retryAfterMs counts milliseconds', async () => {
  const error = await failure(send(magic(900_024)));
  assert.deepEqual([error.kind, error.retryAfterMs], ['rate_limited', 1000]);
});

test('no secret is shown, also where the host repeats it', async () => {
  const secret = 'EAAGm0PX4ZCpsBAsecret';
  const echoing = await Sandbox.start({ accessToken: secret, appSecret: 'hush-hush' });
  try {
    for (const recipient of [magic(900_021), magic(900_003), magic(900_008)]) {
      const error = await failure(echoing.client({ maxRetries: 0 }).sendMessage({ phone: recipient, message: 'x' }));
      const shown = inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error) + error.stack;
      assert.ok(!shown.includes(secret) && !shown.includes('hush-hush'), shown);
    }
  } finally {
    await echoing.stop();
  }
});

test('an error of one’s own can be made, for tests of what handles it', () => {
  const error = new wamid.RateLimitError(
    { kind: 'rate_limited', message: 'slow down', retryAfterMs: 10, retryable: true, maybeSent: false, attempts: 1 },
    { cause: 'x' },
  );
  assert.deepEqual([error.message, error.retryAfterMs, error.cause], ['slow down', 10, 'x']);
});
