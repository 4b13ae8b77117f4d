// The end of a process or of a worker thread with calls under way, forks, and clients that nobody holds.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Sandbox } from 'wamid/testing';
import { NO_ANSWER, PHONE, run, SLOW, sandboxProcess } from './support.mjs';

const CALLS = 100;

/** How a process ends: what does it, its status or signal, and the last line of what it writes. */
const ENDINGS = {
  'process.exit': ['process.exit(3)', 3, null, ''],
  SIGTERM: ["process.kill(process.pid, 'SIGTERM')", null, 'SIGTERM', ''],
  'an exception that nobody catches': ["throw new Error('the end')", 1, null, 'Error: the end'],
  'a rejection that nobody handles': ["Promise.reject(new Error('the end'))", 1, null, 'Error: the end'],
};

test('a process ends over a hundred calls under way, at once and in silence', async () => {
  const sandbox = await Sandbox.start();
  const { url: graphUrl, accessToken, phoneNumberId } = sandbox;
  const options = JSON.stringify({ graphUrl, accessToken, phoneNumberId, maxConnections: 200 });
  const ended = Object.values(ENDINGS).map(async ([ending, ...expected], at) => {
    const program = `
      import { Client } from 'wamid';
      const client = Client.cloud(${options});
      for (let n = 0; n < ${CALLS}; n++) client.sendMessage({ phone: '${NO_ANSWER}', message: '${at} ' + n });
      process.stdin.once('data', () => { ${ending} });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (err += data));
    const mine = () => sandbox.messages().filter(({ body }) => body.text.body.startsWith(`${at} `)).length;
    while (mine() < CALLS) await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = once(child, 'close');
    child.stdin.end('end\n');
    const [code, signal] = await closed;
    const line = err.split('\n').find((line) => line.includes('the end') && line.startsWith('Error')) ?? err;
    assert.deepEqual([code, signal, line, out], [...expected, ''], ending);
  });
  await Promise.all(ended);
  const texts = sandbox.messages().map(({ body }) => body.text.body);
  assert.deepEqual([texts.length, new Set(texts).size], [CALLS * ended.length, CALLS * ended.length]);
  await sandbox.stop();
});

test('a hundred calls that nobody awaits keep the process until they end, and no longer', async (t) => {
  const sandbox = await sandboxProcess(t);
  const { code, out, err } = await run(
    `
    import { Client } from 'wamid';
    let ended = 0;
    (() => {
      const client = Client.cloud(${JSON.stringify(sandbox.options)});
      for (let n = 0; n < ${CALLS}; n++) {
        client.sendMessage({ phone: '${SLOW}', message: 'x' }).then(() => (ended += 1));
      }
    })();
    // Nobody holds the client but its calls.
    const collecting = setInterval(global.gc, 100);
    collecting.unref();
    process.once('exit', () => console.log(ended));
  `,
    { flags: ['--expose-gc'] },
  );
  assert.deepEqual([code, out.trim(), err], [0, `${CALLS}`, '']);
});

test('a hundred worker threads that are terminated with calls under way leave nothing, and disturb no other', async (t) => {
  const sandbox = await sandboxProcess(t);
  const ending = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { Client } from 'wamid';
    const client = Client.cloud(workerData);
    client.sendMessage({ phone: '${PHONE}', message: 'x' }).then(() => {
      for (let n = 0; n < 10; n++) client.sendMessage({ phone: '${NO_ANSWER}', message: 'x' });
      for (let n = 0; n < 10; n++) client.sendMessage({ phone: '${PHONE}', message: 'x' });
      client.sendMany([{ phone: '${NO_ANSWER}', content: { type: 'text', message: 'x' } }]);
      parentPort.postMessage('under way');
    });
  `;
  const lasting = `
    import { parentPort, workerData } from 'node:worker_threads';
    import { Client } from 'wamid';
    const client = Client.cloud(workerData);
    let [sent, last] = [0, false];
    parentPort.once('message', () => (last = true));
    while (!last) {
      await client.sendMessage({ phone: '${PHONE}', message: 'from the one that lasts' });
      sent += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    parentPort.postMessage(sent);
  `;
  const { code, signal, out, err } = await run(
    `
    import { once } from 'node:events';
    import { readdirSync, readFileSync } from 'node:fs';
    import { Worker } from 'node:worker_threads';
    import { Client } from 'wamid';
    const workerData = ${JSON.stringify(sandbox.options)};
    const client = Client.cloud(workerData);
    const start = (program) => new Worker(program, { eval: true, workerData });
    const lasting = start(${JSON.stringify(lasting)});
    const measured = () => {
      global.gc();
      const resident = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096e-6;
      return [readdirSync('/proc/self/fd').length, readdirSync('/proc/self/task').length, resident];
    };
    let before;
    for (let n = 0; n < 100; n++) {
      const worker = start(${JSON.stringify(ending)});
      await once(worker, 'message');
      await worker.terminate();
      if (n === 50) before = measured();
    }
    await client.sendMessage({ phone: '${PHONE}', message: 'the main thread goes on' });
    const after = measured();
    lasting.postMessage('end');
    const [sent] = await once(lasting, 'message');
    console.log(JSON.stringify({ sent, before, after }));
  `,
    { flags: ['--expose-gc'] },
  );
  assert.deepEqual([code, signal, err], [0, null, '']);
  const { sent, before, after } = JSON.parse(out);
  t.diagnostic(out.trim());
  assert.ok(sent > 10);
  assert.ok(after[0] <= before[0] + 16, `files: ${out}`);
  assert.ok(after[1] <= before[1] + 4, `threads: ${out}`);
  // Node itself keeps a little of each thread.
  assert.ok(after[2] < before[2] + 40, `memory: ${out}`);
});

test('forked processes and the workers of a cluster send by themselves', async (t) => {
  const sandbox = await sandboxProcess(t);
  const { code, out, err } = await run('forking.mjs', { args: [JSON.stringify(sandbox.options)] });
  assert.deepEqual([code, err], [0, '']);
  assert.deepEqual(out.trim().split('\n').sort(), ['cluster 1', 'cluster 2', 'forked', 'primary']);
});
