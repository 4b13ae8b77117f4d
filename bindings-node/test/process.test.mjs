// What the module does to the process that it is in: it must neither keep it, nor end it, nor hold it up.
import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { test } from 'node:test';
import { Client } from 'wamid';
import { failure, NO_ANSWER, PHONE, run, sandboxProcess } from './support.mjs';

test('importing starts nothing, and loads nothing native', async () => {
  const { code, out, err } = await run(`
    import 'wamid';
    import 'wamid/testing';
    console.log(process.report.getReport().sharedObjects.filter((name) => name.includes('wamid')).length);
  `);
  assert.deepEqual([code, out.trim(), err], [0, '0', '']);
});

test('the process stays for its calls and ends by itself after them', async (t) => {
  const sandbox = await sandboxProcess(t);
  const { code, out, err } = await run(`
    import { Client } from 'wamid';
    const client = Client.cloud(${JSON.stringify(sandbox.options)});
    // Nobody awaits at the top: only the calls keep the process.
    client.sendMessage({ phone: '15550900001', message: 'x' }).then(() => console.log('sent'));
    client.sendMany([{ phone: '${PHONE}', content: { type: 'text', message: 'x' } }]).then(([{ receipt }]) => console.log(!!receipt));
    client.sendMessage({ phone: 'abc', message: 'x' }).catch((error) => console.log(error.kind));
    const controller = new AbortController();
    client.sendMessage({ phone: '${NO_ANSWER}', message: 'x' }, { signal: controller.signal }).catch(({ name }) => console.log(name));
    controller.abort();
  `);
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(out.trim().split('\n').sort(), ['AbortError', 'invalid_input', 'sent', 'true']);
});

test('a process that ends with calls under way, a store open and a sandbox running ends cleanly', async () => {
  for (let round = 0; round < 3; round++) {
    const { code, signal, err } = await run(`
      import { Sandbox } from 'wamid/testing';
      const sandbox = await Sandbox.start();
      const client = sandbox.client({ store: 'sqlite::memory:' });
      for (let n = 0; n < 50; n++) client.sendMessage({ phone: '${NO_ANSWER}', message: 'x' });
      while (sandbox.messages().length < 10) await new Promise(setImmediate);
      process.exit(7);
    `);
    assert.deepEqual([code, signal, err], [7, null, '']);
  }
});

test('no rejection is left unhandled, whatever becomes of calls', async () => {
  const { code, out, err } = await run(
    `
    import { Sandbox } from 'wamid/testing';
    process.on('unhandledRejection', (error) => { console.log('unhandled', error); process.exitCode = 1; });
    const sandbox = await Sandbox.start();
    const client = sandbox.client({ maxRetries: 0, timeoutMs: 100 });
    const controller = new AbortController();
    const calls = [];
    for (const phone of ['abc', '15550000190', '15550900003', '15550900002', '${PHONE}']) {
      for (const signal of [undefined, controller.signal, AbortSignal.abort()]) {
        calls.push(client.sendMessage({ phone, message: 'x' }, { signal }));
        calls.push(client.sendMany([{ phone, content: { type: 'text', message: 'x' } }], { signal }));
      }
    }
    setTimeout(() => controller.abort(), 20);
    const ended = await Promise.allSettled(calls);
    console.log(ended.length);
  `,
  );
  assert.deepEqual([code, out.trim(), err], [0, '30', '']);
});

test('it works in worker threads, many at once, and when they are terminated in mid-send', async (t) => {
  const sandbox = await sandboxProcess(t);
  const worker = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { Client, InvalidInputError } from 'wamid';
    const client = Client.cloud(workerData);
    const text = (phone) => ({ phone, message: 'x' });
    Promise.all([
      ...Array.from({ length: 20 }, () => client.sendMessage(text('${PHONE}'))),
      client.sendMessage(text('abc')).catch((error) => error instanceof InvalidInputError),
    ]).then((ended) => {
      for (let n = 0; n < 20; n++) client.sendMessage(text('${NO_ANSWER}')).catch(() => {});
      parentPort.postMessage(ended.length);
    });
  `;
  const { code, signal, out, err } = await run(`
    import { once } from 'node:events';
    import { Worker } from 'node:worker_threads';
    import { Client } from 'wamid';
    const workerData = ${JSON.stringify(sandbox.options)};
    const client = Client.cloud(workerData);
    for (let round = 0; round < 3; round++) {
      const workers = Array.from({ length: 4 }, () => new Worker(${JSON.stringify(worker)}, { eval: true, workerData }));
      const counts = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
      await Promise.all(workers.map((worker) => worker.terminate()));
      await client.sendMessage({ phone: '${PHONE}', message: 'the main thread goes on' });
      console.log(String(counts));
    }
  `);
  assert.deepEqual([code, signal, err], [0, null, '']);
  assert.deepEqual(out.trim().split('\n'), ['21,21,21,21', '21,21,21,21', '21,21,21,21']);
});

test('it works in a context of its own, as test runners isolate files', async (t) => {
  const sandbox = await sandboxProcess(t);
  const { code, out, err } = await run(`
    import { readFileSync } from 'node:fs';
    import { createRequire } from 'node:module';
    import { dirname, join } from 'node:path';
    import vm from 'node:vm';
    const host = createRequire(import.meta.url ?? process.cwd() + '/x.js');
    // A registry of its own in a global of its own, over the one process: what Jest does with each file of tests.
    function isolated() {
      const context = vm.createContext({ process, Buffer, setImmediate, AbortController, console });
      const registry = new Map();
      const load = (path) => {
        if (path.endsWith('.node') || path.startsWith('node:')) return host(path);
        if (!registry.has(path)) {
          const module = { exports: {} };
          registry.set(path, module);
          const names = ['module', 'exports', 'require'];
          const body = vm.compileFunction(readFileSync(path, 'utf8'), names, { parsingContext: context });
          const require = (name) => load(createRequire(path).resolve(name));
          body(module, module.exports, require);
        }
        return registry.get(path).exports;
      };
      return load(join(process.cwd(), 'dist/index.js'));
    }
    for (let file = 0; file < 3; file++) {
      const { Client, WamidError, parseWebhook } = isolated();
      const client = Client.cloud(${JSON.stringify(sandbox.options)});
      const { id } = await client.sendMessage({ phone: '${PHONE}', message: 'x' });
      const error = await client.sendMessage({ phone: 'abc', message: 'x' }).catch((error) => error);
      console.log(id.startsWith('wamid.'), error instanceof WamidError, parseWebhook(Buffer.from('{}')).length);
    }
  `);
  assert.equal(err, '');
  assert.deepEqual([code, out.trim().split('\n')], [0, Array(3).fill('true true 0')]);
});

test('clients that nobody closes are taken away with their stores', async () => {
  const { code, signal, out, err } = await run(
    `
    import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
    import { Sandbox } from 'wamid/testing';
    const sandbox = await Sandbox.start();
    const folder = mkdtempSync('/tmp/wamid-');
    async function once(n) {
      const client = sandbox.client({ store: 'sqlite:' + folder + '/' + n + '.db' });
      await client.sendMessage({ phone: '${PHONE}', message: 'x' });
      if (n % 2) await client.close();
    }
    for (let n = 0; n < 20; n++) await once(n);
    const open = () => readdirSync('/proc/self/fd').filter((fd) => {
      try { return readlinkSync('/proc/self/fd/' + fd).startsWith(folder); } catch { return false; }
    }).length;
    for (let tries = 0; open() > 0 && tries < 1000; tries++) {
      global.gc();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    console.log(open());
    rmSync(folder, { recursive: true });
    await sandbox.stop();
  `,
    { flags: ['--expose-gc'] },
  );
  assert.deepEqual([code, signal, out.trim(), err], [0, null, '0', '']);
});

test('WAMID_LOG=debug shows calls on standard error, without contents; without it nothing is shown', async (t) => {
  const sandbox = await sandboxProcess(t);
  const source = `
    import { Client } from 'wamid';
    await Client.cloud(${JSON.stringify(sandbox.options)}).sendMessage({ phone: '${PHONE}', message: 'secret words' });
  `;
  const { err } = await run(source, { env: { WAMID_LOG: 'wamid=debug' } });
  assert.match(err, /wamid\.send/);
  assert.doesNotMatch(err, new RegExp(`secret words|${sandbox.options.accessToken}|${PHONE}`));
  assert.equal((await run(source, { env: { WAMID_LOG: '' } })).err, '');
});

for (const [how, send] of [
  [
    'sendMany',
    (client, count) =>
      client.sendMany(Array.from({ length: count }, () => ({ phone: PHONE, content: { type: 'text', message: 'x' } }))),
  ],
  ['64 calls at a time', sendByTurns],
]) {
  test(`the event loop turns while 10,000 messages go out: ${how}`, async (t) => {
    const sandbox = await sandboxProcess(t);
    const client = Client.cloud(sandbox.options);
    await send(client, 100);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    let turns = 0;
    const turning = setInterval(() => turns++, 1);
    delay.enable();
    const begun = performance.now();
    await send(client, 10_000);
    const took = performance.now() - begun;
    delay.disable();
    clearInterval(turning);
    const [mean, p99, max] = [delay.mean, delay.percentile(99), delay.max].map((ns) => (ns / 1e6).toFixed(1));
    t.diagnostic(
      `event-loop delay in ms: mean ${mean}, p99 ${p99}, longest ${max}; ${turns} turns in ${took.toFixed(0)} ms`,
    );
    // A loop that is held up by each message, or by all at their end, turns a few times at most.
    assert.ok(turns > 100, `it turned ${turns} times`);
  });
}

const TEXT = { phone: PHONE, message: 'x' };

async function sendByTurns(client, count) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await client.sendMessage(TEXT);
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

test('memory does not grow over 20,000 sends', async (t) => {
  const sandbox = await sandboxProcess(t);
  const args = [JSON.stringify(sandbox.options), '20000'];
  const { code, out, err } = await run('memory.mjs', { args, flags: ['--expose-gc', '--max-semi-space-size=2'] });
  assert.deepEqual([code, err], [0, '']);
  const { warm, end } = JSON.parse(out);
  t.diagnostic(`${warm.toFixed(1)} MB after the warm-up, ${end.toFixed(1)} MB at the end`);
  assert.ok(end - warm < 10, `it grew by ${(end - warm).toFixed(1)} MB`);
});

test('a host that is away is an error, not the end of the process', async () => {
  const client = Client.gateway({ baseUrl: 'http://127.0.0.1:1', apiKey: 'key-of-mine', maxRetries: 0 });
  const error = await failure(client.chats());
  assert.deepEqual([error.kind, error.maybeSent, error.retryable], ['connection', false, true]);
});
