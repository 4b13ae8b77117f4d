// The Node face's conformance runner: reads a call a line, makes it, answers a line. It only renames and hands over; see the
// runner protocol in tests/conformance/README.md.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { buildTemplateComponents, Client, parseWebhook, verifyWebhook, WamidError } from 'wamid';

const DURATIONS = new Set(['timeout', 'connect_timeout', 'total_timeout', 'pool_idle_timeout']);
/** What lies below these is the caller's or Meta's own. */
const UNTOUCHED = new Set(['raw', 'payment', 'components', 'flow_action_data', 'flowActionData', 'extra']);
/** A file whose place the call does not name is put below a folder of this name. */
const OWN_FOLDER = 'wamid-node-';

const clients = new Map();

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const snake = (name) => name.replace(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`).replace('sha_256', 'sha256');
const contract = JSON.parse(readFileSync(new URL('../../tests/conformance/contract.json', import.meta.url), 'utf8'));
for (const name of contract.json_fields) UNTOUCHED.add(name).add(camel(name));

function renamed(value, rename) {
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [rename(key), UNTOUCHED.has(key) ? item : renamed(item, rename)]),
  );
}

/** Arguments and options under JavaScript's names; null is absent. */
function given(args = {}) {
  const out = {};
  for (const [key, value] of Object.entries(args)) {
    if (value === null) continue;
    if (DURATIONS.has(key)) out[`${camel(key)}Ms`] = value * 1000;
    else out[camel(key)] = UNTOUCHED.has(key) ? value : renamed(value, camel);
  }
  return out;
}

function told(error) {
  if (!(error instanceof WamidError)) return { kind: 'UNTYPED', message: String(error?.stack ?? error) };
  const { name, retryAfterMs, ...fields } = error.toJSON();
  return { ...renamed(fields, snake), ...(retryAfterMs !== undefined && { retry_after: retryAfterMs / 1000 }) };
}

function clientOf(spec) {
  const key = JSON.stringify(spec);
  let client = clients.get(key);
  if (client === undefined) {
    const { host, ...options } = given(spec);
    client = host === 'gateway' ? Client.gateway(options) : Client.cloud(options);
    clients.set(key, client);
  }
  return client;
}

/** The kinds of the operations that have a name of their own. */
const NAMED = { send_message: 'text', send_location: 'location', send_template: 'template' };

/** A message of a list; that of an operation with a name of its own has its fields beside the options. */
function message(op, { phone, accountId, replyTo, reference, idempotencyKey, extra, ...fields }) {
  const content = op === 'send' ? fields : { content: { type: NAMED[op], ...fields } };
  return { phone, ...content, accountId, replyTo, reference, idempotencyKey, extra };
}

/** The arguments of an operation: bytes come as base64, and a file is put where the runner says. */
function asked(op, args) {
  const out = given(args);
  if (op === 'upload_media' && out.data !== undefined) out.data = Buffer.from(out.data, 'base64');
  if (out.photo?.data !== undefined) out.photo.data = Buffer.from(out.photo.data, 'base64');
  if (op === 'download_media_to') out.path ??= pathToFileURL(join(mkdtempSync(join(tmpdir(), OWN_FOLDER)), 'fetched'));
  return out;
}

/** What an operation answers; a request has Meta's own answer. */
function answered(op, answer) {
  switch (op) {
    case 'request':
      return answer;
    case 'download_media':
      return { base64: answer.data.toString('base64'), mime_type: answer.mimeType };
    case 'download_media_to': {
      const content = readFileSync(answer);
      if (basename(dirname(answer)).startsWith(OWN_FOLDER)) rmSync(dirname(answer), { recursive: true });
      return { base64: content.toString('base64') };
    }
    default:
      return renamed(answer, snake) ?? null;
  }
}

async function closed(spec) {
  const key = JSON.stringify(spec);
  const client = clients.get(key);
  clients.delete(key);
  await client?.close();
  return null;
}

async function made({ client: spec, op, args, ...beside }) {
  if (op === 'close') return closed(spec);
  const client = spec ? clientOf(spec) : undefined;
  switch (op) {
    case 'send':
      return renamed(await client.send(given(args)), snake);
    case 'send_message':
      return renamed(await client.sendMessage(given(args)), snake);
    case 'send_location':
      return renamed(await client.sendLocation(given(args)), snake);
    case 'send_template':
      return renamed(await client.sendTemplate(given(args)), snake);
    case 'chats':
      return renamed(await client.chats(), snake);
    case 'send_many': {
      // `sends` and `concurrency` stand in the arguments, or beside them.
      const { sends, concurrency } = { ...beside, ...args };
      const list = sends.map((send) => message(send.op, given(send.args)));
      const results = await client.sendMany(list, given({ concurrency: concurrency ?? null }));
      return results.map(({ receipt, error }) => (receipt ? { ok: renamed(receipt, snake) } : { error: told(error) }));
    }
    case 'receive_webhook':
      return renamed(await client.receiveWebhook(args.body, args.signature), snake);
    case 'build_template_components':
      return buildTemplateComponents(given(args));
    case 'verify_webhook':
      return verifyWebhook(args.body, args.signature, args.app_secret);
    case 'parse_webhook':
      return renamed(parseWebhook(args.body), snake);
    default:
      return answered(op, await client[camel(op)](asked(op, args)));
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { ok: await made(JSON.parse(line)) };
  } catch (error) {
    answer = { error: told(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
