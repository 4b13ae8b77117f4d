// Receiving webhooks inside the frameworks and runtimes, over HTTP. The servers are in `frameworks`.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, webhookHandler } from 'wamid';
import { Sandbox } from 'wamid/testing';

const SECRET = 'app-secret';
const LARGEST = 3 * 1024 * 1024;
/** How long a handler in `frameworks/noting.mjs` takes. */
const LONG = 2500;
const root = fileURLToPath(new URL('..', import.meta.url));
const frameworks = fileURLToPath(new URL('frameworks/', import.meta.url));

const sign = (body, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
const messages = (ids, from = '16505551234') => {
  const texts = ids.map((id) => ({ id, from, timestamp: '1749416383', type: 'text', text: { body: 'Hi' } }));
  const value = { metadata: { phone_number_id: '1066' }, messages: texts };
  return JSON.stringify({ object: 'x', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
};

/** A server whose handler keeps a journal. */
class Server {
  constructor(url, journal, log) {
    Object.assign(this, { url, journal, log });
  }

  async request(method, { path = '/webhook', body, headers } = {}) {
    const half = body instanceof ReadableStream ? { duplex: 'half' } : {};
    // No connection is used twice: a server may close one whose body it did not take.
    const answer = await fetch(this.url + path, {
      method,
      body,
      headers: { connection: 'close', ...headers },
      ...half,
    });
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  }

  async deliver(body, path) {
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) };
    return (await this.request('POST', { path, body, headers })).status;
  }

  /**
   * What `send` answers, which sends a body that a server may refuse before it has read all of it: where it hangs up before its answer was
   * read, the body is sent again.
   */
  async answered(send, tries = 5) {
    try {
      return await send();
    } catch (error) {
      if (tries === 1 || !['EPIPE', 'ECONNRESET', 'UND_ERR_SOCKET'].includes(error.cause?.code)) throw error;
      return this.answered(send, tries - 1);
    }
  }

  lines() {
    return readFileSync(this.journal, 'utf8').split('\n').slice(0, -1);
  }

  seen() {
    const lines = this.lines();
    writeFileSync(this.journal, '');
    return lines;
  }

  async waitFor(...lines) {
    const end = Date.now() + 60_000;
    while (this.lines().join() !== lines.join()) {
      assert.ok(Date.now() < end, this.lines().join());
      await sleep(10);
    }
  }
}

/** Starts a server until the test has ended. */
async function started(t, command, args, cwd = frameworks) {
  const folder = mkdtempSync(join(tmpdir(), 'wamid-receiver-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const journal = join(folder, 'journal');
  writeFileSync(journal, '');
  const env = {
    ...process.env,
    JOURNAL: journal,
    WAMID_ACCESS_TOKEN: 'token-of-mine',
    WAMID_PHONE_NUMBER_ID: '1066',
    WAMID_APP_SECRET: SECRET,
    WAMID_VERIFY_TOKEN: 'verify',
    NEXT_TELEMETRY_DISABLED: '1',
  };
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(async () => {
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  });
  const log = [];
  const url = await new Promise((resolve, reject) => {
    const look = (data) => {
      log.push(String(data));
      const found = /(?:listening on|Local:)\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(log.join(''));
      if (found) resolve(found[1]);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('error', reject);
    child.on('exit', () => reject(new Error(log.join(''))));
  });
  return new Server(url, journal, log);
}

/** Everything that a receiver promises. */
async function receives(server) {
  const handshake = (token) =>
    server.request('GET', { path: `/webhook?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}` });
  const { status, text, headers } = await handshake('verify');
  assert.deepEqual([status, text, headers.get('content-type')], [200, '1158201444', 'text/plain; charset=utf-8']);
  assert.equal((await handshake('other')).status, 403);
  const put = await server.request('PUT', { body: '{}' });
  assert.deepEqual([put.status, put.headers.get('allow')], [405, 'GET, POST']);

  const body = messages(['wamid.A', 'wamid.FAILS', 'wamid.B']);
  assert.equal((await server.request('POST', { body })).status, 401);
  assert.equal((await server.request('POST', { body, headers: { 'x-hub-signature-256': sign('{}') } })).status, 401);
  const large = Buffer.alloc(LARGEST + 1, ' ');
  assert.equal(await server.answered(() => server.deliver(large)), 413);
  const streamed = () => {
    const pull = (controller) => {
      controller.enqueue(large);
      controller.close();
    };
    return server.request('POST', { body: new ReadableStream({ pull }) });
  };
  assert.equal((await server.answered(streamed)).status, 413);
  assert.deepEqual(server.seen(), []);

  assert.equal(await server.deliver(body), 500);
  assert.deepEqual(server.lines(), ['wamid.A', 'wamid.FAILS', 'wamid.B']);
  assert.equal(await server.deliver(body), 200);
  assert.deepEqual(server.seen(), ['wamid.A', 'wamid.FAILS', 'wamid.B', 'wamid.FAILS']);
  assert.equal(await server.deliver(body), 200);
  assert.deepEqual(server.seen(), []);
  // Told of by its id, without what was written.
  assert.match(server.log.join(''), /the handler of message wamid\.FAILS failed.*the database is away/s);
  assert.doesNotMatch(server.log.join(''), /16505551234/);

  // A handler that takes long; what comes meanwhile of the same sender waits for it, behind answers that were given by then.
  const began = performance.now();
  const first = server.deliver(messages(['wamid.SLOW', 'wamid.C']));
  await server.waitFor('wamid.SLOW');
  assert.equal(await server.deliver(messages(['wamid.X'], '16505550000')), 200);
  // What was handed over to nobody by then Meta is to deliver again.
  assert.equal(await server.deliver(messages(['wamid.D'])), 500);
  assert.equal(await first, 500);
  assert.ok(performance.now() - began < LONG);
  await server.waitFor('wamid.SLOW', 'wamid.X', 'slow is done', 'wamid.C', 'wamid.D');
  server.seen();
  for (const again of [messages(['wamid.SLOW', 'wamid.C']), messages(['wamid.D'])]) {
    assert.equal(await server.deliver(again), 200);
  }
  assert.deepEqual(server.seen(), []);
}

test('in node:http', async (t) => {
  await receives(await started(t, process.execPath, ['http.mjs']));
});

test('in Express, before and behind what reads bodies', async (t) => {
  const server = await started(t, process.execPath, ['express.mjs']);
  await receives(server);
  assert.equal(await server.deliver(messages(['wamid.RAW']), '/raw'), 200);
  assert.deepEqual(server.seen(), ['wamid.RAW']);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign('{}') };
  const late = await server.request('POST', { path: '/late', body: '{}', headers });
  assert.equal(late.status, 500);
  assert.match(late.text, /before express\.json\(\), or let .*express\.raw/);
  assert.match(server.log.join(''), /the body was read before webhookHandler/);
});

test('in Hono', async (t) => {
  const server = await started(t, process.execPath, ['hono.mjs']);
  await receives(server);
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign('{}') };
  assert.equal((await server.request('POST', { path: '/late', body: '{}', headers })).status, 500);
});

test('in a route handler of Next', async (t) => {
  // Next takes only what is in a folder node_modules for a package.
  const project = mkdtempSync(join(frameworks, '.next-'));
  t.after(() => rmSync(project, { recursive: true }));
  cpSync(join(frameworks, 'next'), project, { recursive: true });
  copyFileSync(join(frameworks, 'noting.mjs'), join(project, 'noting.mjs'));
  cpSync(join(root, 'dist'), join(project, 'node_modules/wamid/dist'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(project, 'node_modules/wamid/package.json'));
  mkdirSync(join(project, 'app/page'));
  writeFileSync(join(project, 'app/page/route.js'), program('app/webhook/route.js'));
  const next = join(frameworks, 'node_modules/next/dist/bin/next');
  const server = await started(t, process.execPath, [next, 'dev', '-p', '0', '-H', '127.0.0.1'], project);
  await receives(server);
  // The page's own route.
  const page = await server.request('GET', {
    path: '/page?hub.mode=subscribe&hub.challenge=7&hub.verify_token=verify',
  });
  assert.equal(page.text, '7');
});

for (const [name, args] of [
  ['bun', ['bun.mjs']],
  ['deno', ['run', '--allow-all', 'deno.mjs']],
]) {
  test(`in ${name}`, async (t) => {
    await receives(await started(t, join(root, 'node_modules/.bin', name), args));
  });
}

/** A program of `docs/receivers.md`, by its first line, for another port. */
function program(name, port) {
  const page = readFileSync(join(root, '../docs/receivers.md'), 'utf8');
  const found = page.match(/```js\n.*?```/gs).find((block) => block.startsWith(`\`\`\`js\n// ${name}\n`));
  return found.slice(6, -3).replaceAll('3000', String(port));
}

for (const [name, command] of [
  ['express', process.execPath],
  ['hono', process.execPath],
  ['bun', join(root, 'node_modules/.bin/bun')],
]) {
  test(`the program for ${name} answers a customer`, async (t) => {
    const sandbox = await Sandbox.start();
    t.after(() => sandbox.stop());
    // A port that was free a moment ago.
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address();
    probe.close();
    const file = join(frameworks, `.program-${process.pid}-${name}.mjs`);
    writeFileSync(file, program(`${name}.mjs`, port));
    const { url: WAMID_GRAPH_URL, accessToken, phoneNumberId, appSecret } = sandbox;
    const env = {
      ...process.env,
      WAMID_GRAPH_URL,
      WAMID_ACCESS_TOKEN: accessToken,
      WAMID_PHONE_NUMBER_ID: phoneNumberId,
      WAMID_APP_SECRET: appSecret,
      WAMID_VERIFY_TOKEN: 'verify',
    };
    const child = spawn(command, [file], { env, stdio: 'inherit' });
    t.after(async () => {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(file);
    });
    const address = `http://127.0.0.1:${port}/webhook`;
    const handshake = `${address}?hub.mode=subscribe&hub.challenge=7&hub.verify_token=verify`;
    for (let challenge = ''; challenge !== '7'; await sleep(20)) {
      assert.equal(child.exitCode, null);
      challenge = await fetch(handshake).then(
        (answer) => answer.text(),
        () => '',
      );
    }
    sandbox.setWebhook(address);
    const ada = sandbox.phone('+16505551234', { name: 'Ada' });
    const id = ada.text('Hello');
    const { text, body } = await ada.nextMessage();
    assert.deepEqual([text, body.context.message_id], ['You said: Hello', id]);
  });
}

const client = () => Client.cloud({ accessToken: 'token-of-mine', phoneNumberId: '1066', appSecret: SECRET });
const posted = (body) =>
  new Request('http://localhost/webhook', { method: 'POST', body, headers: { 'x-hub-signature-256': sign(body) } });

test('what cannot work is told at once', () => {
  const without = Client.cloud({ accessToken: 'token-of-mine', phoneNumberId: '1066' });
  const handler = () => {};
  assert.throws(() => webhookHandler(without, handler), { kind: 'unsupported', field: 'app_secret' });
  assert.throws(() => webhookHandler({}, handler), { kind: 'invalid_input', field: 'client' });
  assert.throws(() => webhookHandler(undefined, handler), { field: 'client' });
  assert.throws(() => webhookHandler(client(), 'handler'), { field: 'handler' });
  assert.throws(() => webhookHandler(client(), handler, { answerWithin: 1 }), { message: /answerWithinMs/ });
  assert.throws(() => webhookHandler(client(), handler, { answerWithinMs: -1 }), { field: 'answer_within' });
  assert.throws(() => webhookHandler(client(), handler, { verifyToken: 7 }), { field: 'verify_token' });
  assert.throws(() => webhookHandler(client(), handler, { waitUntil: 7 }), { field: 'wait_until' });
});

test('a client of a gateway receives with the secret that the gateway signs with', async () => {
  const gateway = Client.gateway({ baseUrl: 'https://example.com/whatsapp', apiKey: 'key-of-mine' });
  assert.throws(() => webhookHandler(gateway, () => {}), { kind: 'unsupported', field: 'app_secret' });
  assert.throws(() => webhookHandler(gateway, () => {}, { appSecret: '' }), { field: 'app_secret' });
  const seen = [];
  const { fetch } = webhookHandler(gateway, ({ id }) => seen.push(id), { appSecret: SECRET });
  assert.equal((await fetch(posted(messages(['wamid.A'])))).status, 200);
  assert.deepEqual(seen, ['wamid.A']);
});

test('a failure is told to onError, and what runs on to waitUntil', async () => {
  const [failures, works] = [[], []];
  let slow = false;
  const handler = async (event) => {
    if (slow) await sleep(100);
    else throw new Error(`no ${event.text}`);
  };
  const onError = (error, event) => {
    failures.push([error.message, event.id]);
    throw new Error('and it fails itself');
  };
  const { fetch } = webhookHandler(client(), handler, {
    onError,
    waitUntil: (work) => works.push(work),
    answerWithinMs: 50,
    verifyToken: 'v',
  });
  assert.equal((await fetch(posted(messages(['wamid.A'])))).status, 500);
  assert.deepEqual([failures, works], [[['no Hi', 'wamid.A']], []]);
  slow = true;
  assert.equal((await fetch(posted(messages(['wamid.A'])))).status, 200);
  assert.equal(works.length, 1);
  await works[0];
  // It has succeeded by now.
  slow = false;
  assert.equal((await fetch(posted(messages(['wamid.A'])))).status, 200);
  assert.equal(failures.length, 1);
});

test('a handler ends with its client', async () => {
  const closed = client();
  const webhook = webhookHandler(closed, () => {});
  await closed.close();
  assert.equal((await webhook.fetch(posted('{}'))).status, 500);
});
