// Aborts calls at random moments, and tells what became of each. A program of cancellation.test.mjs.
// Arguments: a seed, how many calls of each stage, the addresses, the stages.
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'wamid';
import { BUSY, QUICK, SILENT, SOON } from '../faulty-host.mjs';

const [seed, count, addresses, ...stages] = process.argv.slice(2).filter((argument) => argument !== '--');
const SECRET = 'app-secret';
const SENDS = 12;

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = numbers(Number(seed));
const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
const text = (phone) => (client, message, options) => client.sendMessage({ phone, message }, options);

function* sends(message) {
  for (let n = 0; n < SENDS; n++) {
    yield { phone: n % 4 === 3 ? SILENT : QUICK, content: { type: 'text', message: `${message} ${n}` } };
  }
}

function webhook(client, message, options) {
  const received = { id: `wamid.${message}`, from: QUICK, timestamp: '1', type: 'text', text: { body: message } };
  const value = { messaging_product: 'whatsapp', metadata: { phone_number_id: '1066' }, messages: [received] };
  const body = JSON.stringify({ entry: [{ changes: [{ field: 'messages', value }] }] });
  const signature = `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
  return client.receiveWebhook(body, signature, options);
}

function picture() {
  const path = join(folder, 'picture.png');
  if (!existsSync(path))
    writeFileSync(path, Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(4e6)]));
  return path;
}

/** Each: what is called, the client's options, the longest wait in milliseconds, and the call that follows. */
const STAGES = {
  connecting: { call: text(SILENT), host: 'blackhole', after: null },
  handshake: { call: text(SILENT), host: 'tls', after: null },
  waiting: { call: text(SILENT) },
  answered: { call: text(SOON), within: 6 },
  backoff: { call: text(BUSY), options: { maxRetries: 5 } },
  upload: {
    call: (client, message, options) =>
      message.endsWith('0')
        ? client.send({ phone: QUICK, content: { type: 'image', file: picture() } }, options)
        : client.uploadMedia({ file: picture() }, { ...options, progress: () => {} }),
  },
  download: {
    within: 30,
    call: (client, message, options) =>
      message.endsWith('0')
        ? client.downloadMedia({ mediaId: '1' }, options)
        : client.downloadMediaTo(
            { mediaId: '1', path: join(folder, 'download.png') },
            { ...options, progress: () => {} },
          ),
  },
  webhook: {
    call: webhook,
    options: { appSecret: SECRET, store: `sqlite:${folder}/w.db` },
    within: 4,
    after: (client, message) => webhook(client, message.replace('next', 'cancelled')),
  },
  slot: { call: text(SILENT), options: { maxConnections: 1 }, after: (client) => client.mediaInfo({ mediaId: '1' }) },
  pace: { call: text(QUICK), options: { maxPerSecond: 25 }, within: 40 },
  many: {
    call: (client, message, options) =>
      client.sendMany([...sends(message)], { ...options, concurrency: 4, progress: () => {} }),
    known: ({ outcomes }) => outcomes.flatMap((outcome, at) => (outcome ? [at] : [])),
  },
  each: {
    call: async (client, message, options) => {
      const known = [];
      try {
        for await (const [at] of client.sendEach(sends(message), { ...options, concurrency: 4 })) {
          known.push(at);
          // Some are left by the one who reads.
          if (message.endsWith(`${known.length}`)) throw new Error('enough');
        }
      } catch (error) {
        throw Object.assign(new Error(error.name), { known });
      }
    },
    known: ({ known }) => known,
  },
};

function resources() {
  global.gc();
  return {
    files: readdirSync('/proc/self/fd').length,
    threads: readdirSync('/proc/self/task').length,
    resident: Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[1]) * 4096e-6,
    handles: process.getActiveResourcesInfo().length,
  };
}

const tell = (told) => console.log(JSON.stringify(told));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits that long, to a fraction of a millisecond. */
async function pass(ms) {
  const end = performance.now() + ms;
  while (performance.now() < end) await new Promise(setImmediate);
}

async function cancelled(stage, message, client, delay) {
  const controller = new AbortController();
  const calling = stage.call(client, message, { signal: controller.signal }).then(
    () => ({ ended: true }),
    (error) => ({ known: stage.known?.(error) ?? [], failed: error.kind }),
  );
  await pass(delay);
  controller.abort();
  return calling;
}

async function run(name, stage) {
  const before = resources();
  const options = { timeoutMs: 60_000, ...stage.options };
  const graphUrl = `${JSON.parse(addresses)[stage.host ?? 'host']}/${name}`;
  const client = Client.cloud({ accessToken: 'TOKEN', phoneNumberId: '1066', graphUrl, ...options });
  let middle;
  let holding;
  if (name === 'slot') {
    holding = client.sendMessage({ phone: SILENT, message: 'holds the connection' });
    tell({ stage: name, hold: true });
    await once(process.stdin, 'data');
    process.stdin.pause();
  }
  for (let n = 0; n < count; n++) {
    const message = `cancelled ${n}`;
    // What is logged goes to standard error too, behind this.
    process.stderr.write(`call ${name} ${n}\n`);
    // The first must not find what the program still has to load.
    const delay = random() * (stage.within ?? 15) + (n === 0 ? 50 : 0);
    const outcome = await cancelled(stage, message, client, delay);
    if (stage.after !== null) await (stage.after ?? text(QUICK))(client, `next ${n}`);
    tell({ stage: name, message, ...outcome });
    if (n === Math.floor(count / 2)) middle = resources();
  }
  if (holding) {
    tell({ stage: name, release: true });
    await holding;
  }
  await client.close();
  const left = readdirSync(folder).filter((file) => file.includes('download'));
  await sleep(100);
  tell({ stage: name, before, middle, after: resources(), left });
}

for (const name of stages) await run(name, STAGES[name]);
rmSync(folder, { recursive: true });
