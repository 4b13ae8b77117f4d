// The same sends through Node's HTTP clients, through the WhatsApp packages of npm, and through wamid.
//
//     node.mjs client SUBJECT --url URL [--calls N] [--seconds S] [--in-flight K] [--ca-file FILE] [--loop-delay]
//     node.mjs templates wamid        how often a second it builds a template's components
//     node.mjs module SUBJECT         what a program that uses it imports
//     node.mjs size SUBJECT           bytes installed, dependencies included
//
// `client` makes N calls, and goes on until S seconds are up. It prints one JSON line, as `wamid-bench client` does. Each peer is used as its README says, but for the address that it
// sends to. Packages are looked for in the working folder.
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const PHONE = '919876543210';
const MESSAGE = 'Your order A-1042 has been shipped and arrives on Friday.';
const PHONE_ID = '106540352242922';
const TOKEN = 'EAAbench';
const PATH = `/v26.0/${PHONE_ID}/messages`;
const HEADERS = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
/** What is compiled while a program runs takes its time: so many calls, or so many milliseconds, come before the measuring. */
const WARM_UP = { calls: 2000, milliseconds: 500 };

const installed = createRequire(pathToFileURL(join(process.cwd(), 'package.json')));
/** What `import(name)` is from the working folder. */
const load = async (name) => {
  try {
    return await import(pathToFileURL(installed.resolve(name)));
  } catch (error) {
    // A module that can only be imported, not required.
    if (error.code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    const folder = join(process.cwd(), 'node_modules', name);
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const entry = [exports['.']?.import ?? exports['.'] ?? exports].map((to) => to.default ?? to)[0];
    return import(pathToFileURL(join(folder, entry)));
  }
};

const body = () =>
  JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: `+${PHONE}`,
    type: 'text',
    text: { body: MESSAGE, preview_url: false },
  });
const read = (answer) => answer.messages[0].id;

/** For each subject what opens it: a function that sends one message and settles with its id. */
const SUBJECTS = {
  async undici({ url, ca }) {
    const { Agent, request } = await load('undici');
    const dispatcher = new Agent({ connect: { ca } });
    return async () => {
      const answer = await request(url + PATH, { method: 'POST', headers: HEADERS, body: body(), dispatcher });
      return read(await answer.body.json());
    };
  },
  async 'node:http'({ url, ca }) {
    const http = await import(url.startsWith('https') ? 'node:https' : 'node:http');
    const agent = new http.Agent({ keepAlive: true, ca });
    return () =>
      new Promise((resolve, reject) => {
        const request = http.request(url + PATH, { method: 'POST', headers: HEADERS, agent }, (answer) => {
          const parts = [];
          answer.on('data', (part) => parts.push(part));
          answer.on('end', () => resolve(read(JSON.parse(Buffer.concat(parts)))));
          answer.on('error', reject);
        });
        request.on('error', reject);
        request.end(body());
      });
  },
  async fetch({ url }) {
    return async () => read(await (await fetch(url + PATH, { method: 'POST', headers: HEADERS, body: body() })).json());
  },
  async 'whatsapp-api-js'({ url }) {
    const { WhatsAppAPI } = await load('whatsapp-api-js');
    const { Text } = await load('whatsapp-api-js/messages');
    // Its address is fixed; the `fetch` that it takes is Node's own, sent elsewhere.
    const ours = (to, how) => fetch(to.replace('https://graph.facebook.com', url), how);
    const api = new WhatsAppAPI({ token: TOKEN, v: 'v26.0', secure: false, ponyfill: { fetch: ours } });
    return async () => read(await api.sendMessage(PHONE_ID, PHONE, new Text(MESSAGE)));
  },
  async '@kapso/whatsapp-cloud-api'({ url }) {
    const { WhatsAppClient } = await load('@kapso/whatsapp-cloud-api');
    const client = new WhatsAppClient({ accessToken: TOKEN, baseUrl: url });
    return async () => read(await client.messages.sendText({ phoneNumberId: PHONE_ID, to: PHONE, body: MESSAGE }));
  },
  async '@great-detail/whatsapp'({ url }) {
    const { default: Client } = await load('@great-detail/whatsapp');
    const sdk = new Client({ prefixUrl: url, request: { headers: { Authorization: `Bearer ${TOKEN}` } } });
    const text = { body: MESSAGE };
    return async () => {
      const sent = await sdk.message.createMessage({ phoneNumberID: PHONE_ID, to: PHONE, type: 'text', text });
      return read(typeof sent.json === 'function' ? await sent.json() : sent);
    };
  },
  async wamid(how) {
    const client = await wamid(how);
    return async () => (await client.sendMessage({ phone: PHONE, message: MESSAGE })).id;
  },
};

async function wamid({ url, caFile }) {
  const { Client } = await load('wamid');
  return Client.cloud({ accessToken: TOKEN, phoneNumberId: PHONE_ID, graphUrl: url, caFile });
}

/** What a run cost, from `start` on. */
class Meter {
  latencies = [];

  start({ loopDelay, seconds }) {
    this.latencies.length = 0;
    this.failed = 0;
    if (loopDelay) {
      this.delays = monitorEventLoopDelay({ resolution: 1 });
      this.delays.enable();
    }
    this.began = performance.now();
    this.cpu = process.cpuUsage();
    this.until = seconds ? this.began + seconds * 1000 : 0;
  }

  stop() {
    const { user, system } = process.cpuUsage(this.cpu);
    this.cpu = user + system;
    this.milliseconds = performance.now() - this.began;
    this.delays?.disable();
  }

  failure(error) {
    this.failed += 1;
    this.why = String(error?.cause ?? error);
  }

  tell(calls) {
    const taken = Float64Array.from(this.latencies).sort();
    const at = (share) => (taken.length ? taken[Math.floor(taken.length * share)] * 1000 : null);
    const line = {
      calls,
      cpu_us: this.cpu / calls,
      rate: (calls / this.milliseconds) * 1000,
      p50_us: at(0.5),
      p99_us: at(0.99),
      peak_kb: Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]),
      failed: this.failed,
      why: this.failed ? this.why : undefined,
    };
    if (this.delays) {
      // The histogram holds the time between two turns, the millisecond that was asked for included.
      line.loop_p99_us = Math.max(0, this.delays.percentile(99) / 1000 - 1000);
      line.loop_max_us = Math.max(0, this.delays.max / 1000 - 1000);
    }
    console.log(JSON.stringify(line));
  }
}

async function client(subject, how) {
  const meter = new Meter();
  const some = subject === 'wamid-many' ? await many(how, meter) : await each(subject, how, meter);
  const began = performance.now();
  for (let calls = 0; calls < WARM_UP.calls && performance.now() - began < WARM_UP.milliseconds; ) {
    calls += await some(Math.max(500, how.inFlight), 0);
  }
  meter.start(how);
  const made = await some(how.calls, meter.until);
  // A turn that the work has held up is seen only after it.
  if (how.loopDelay) await new Promise((resolve) => setTimeout(resolve, 3));
  meter.stop();
  meter.tell(made);
  process.exit();
}

async function each(subject, how, meter) {
  if (!SUBJECTS[subject]) throw new Error(`no subject ${subject}`);
  const call = await SUBJECTS[subject](how);
  return async (calls, until) => {
    let made = 0;
    const work = async () => {
      for (let began = performance.now(); made < calls || began < until; ) {
        made += 1;
        try {
          await call();
          const ended = performance.now();
          meter.latencies.push(ended - began);
          began = ended;
        } catch (error) {
          meter.failure(error);
          began = performance.now();
        }
      }
    };
    await Promise.all(Array.from({ length: how.inFlight }, work));
    return made;
  };
}

/** Bulks of 1000 (five times what is in flight, if that is more), each looked through and let go. */
async function many(how, meter) {
  const client = await wamid(how);
  const bulk = Math.max(1000, 5 * how.inFlight);
  const send = async (calls) => {
    const sends = Array.from({ length: calls }, () => ({ phone: PHONE, content: { type: 'text', message: MESSAGE } }));
    for (const { error } of await client.sendMany(sends, { concurrency: how.inFlight })) {
      if (error) meter.failure(error);
    }
    return calls;
  };
  return async (calls, until) => {
    let made = 0;
    // By time, only whole ones.
    while (made < calls || performance.now() < until) made += await send(until ? bulk : Math.min(bulk, calls - made));
    return made;
  };
}

async function templates() {
  const { buildTemplateComponents } = await load('wamid');
  const given = {
    headerParams: ['A-1042'],
    bodyParams: ['Asha', 'A-1042', 'Friday', 'Pune', '₹ 1,499'],
    buttons: [{ index: 0, subType: 'quick_reply', payload: 'STOP' }],
  };
  let [turns, best] = [1000, 0];
  for (let round = 0; round < 7; round += 1) {
    const began = performance.now();
    for (let turn = 0; turn < turns; turn += 1) buildTemplateComponents(given);
    const seconds = (performance.now() - began) / 1000;
    best = Math.max(best, turns / seconds);
    turns = Math.max(1000, Math.floor((turns * 0.1) / seconds));
  }
  console.log(JSON.stringify({ rate: best }));
}

/** Bytes of a package and of all that it needs, as npm has put them beside each other. */
function size(name) {
  const modules = join(process.cwd(), 'node_modules');
  const weigh = (path) => {
    const about = lstatSync(path);
    if (!about.isDirectory()) return about.size;
    return readdirSync(path).reduce((bytes, entry) => bytes + weigh(join(path, entry)), 0);
  };
  const [waiting, seen] = [[name], new Set()];
  let bytes = 0;
  while (waiting.length) {
    const next = waiting.pop();
    const folder = join(modules, next);
    // Another platform's is not installed.
    if (seen.has(next) || !existsSync(folder)) continue;
    seen.add(next);
    bytes += weigh(folder);
    const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    waiting.push(...Object.keys({ ...about.dependencies, ...about.optionalDependencies }));
  }
  console.log(JSON.stringify({ bytes }));
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    url: { type: 'string' },
    calls: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '0' },
    'in-flight': { type: 'string', default: '1' },
    'ca-file': { type: 'string' },
    'loop-delay': { type: 'boolean' },
  },
});
const [command, subject] = positionals;
const caFile = values['ca-file'];
if (command === 'client' && caFile && process.env.NODE_EXTRA_CA_CERTS !== caFile) {
  // What Node's own `fetch` trusts beside its own list is read when a process starts, and only then.
  const env = { ...process.env, NODE_EXTRA_CA_CERTS: caFile };
  execFileSync(process.execPath, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { env, stdio: 'inherit' });
} else if (command === 'client') {
  const ca = caFile && readFileSync(caFile);
  await client(subject, {
    url: values.url,
    calls: Number(values.calls),
    seconds: Number(values.seconds),
    inFlight: Number(values['in-flight']),
    loopDelay: values['loop-delay'],
    caFile,
    ca,
  });
} else if (command === 'templates') await templates();
else if (command === 'module') console.log(subject);
else if (command === 'size') size(subject);
else throw new Error('client, templates, module or size');
