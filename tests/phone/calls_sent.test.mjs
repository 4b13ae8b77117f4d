// Each call that the phone page writes is a call of the language, and sends the body that it was written for. It is evaluated with a
// client that keeps what it is given; the command line, given in WAMID_BIN, says what Meta would get of it.

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { promisify } from 'node:util';
import { callsOf } from '../../sandbox/page/calls/calls.js';
import { bodies, HARD, text } from './bodies.mjs';

const run = promisify(execFile);
const bin = process.env.WAMID_BIN;
const skip = bin ? false : 'WAMID_BIN is not set';
const contract = JSON.parse(readFileSync(new URL('../conformance/contract.json', import.meta.url), 'utf8'));
const environment = { PATH: process.env.PATH, WAMID_ACCESS_TOKEN: 'token', WAMID_PHONE_NUMBER_ID: '1' };

/** Names that the SDK leaves as they are, and what they hold too. */
const UNTOUCHED = [...contract.json_fields, 'components', 'extra', 'flow_action_data'];

const written = (body, language) =>
  callsOf(body, { graphUrl: 'http://127.0.0.1:8090', phoneNumberId: '1' }).find((call) => call.language === language)
    .text;

const snake = (name) => name.replace(/[A-Z]|(?<=amount)1000/g, (letter) => `_${letter.toLowerCase()}`);

function renamed(value) {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => {
    const own = snake(name);
    return [own, UNTOUCHED.includes(own) ? member : renamed(member)];
  });
  return Object.fromEntries(members);
}

/** The message that a call in Node sends, as JSON of the SDK. */
async function inNode(call) {
  let sent;
  const client = { send: async (message) => (sent = message) };
  await new Function('client', 'phone', `return (async () => { ${call} })()`)(client, 'PHONE');
  return renamed(sent);
}

/** The same of calls in Python, all in one process. */
function inPython(calls) {
  const program = new URL('calls.py', import.meta.url).pathname;
  return JSON.parse(
    execFileSync('python3', [program], { input: JSON.stringify(calls), encoding: 'utf8', maxBuffer: 1 << 28 }),
  );
}

/** What Meta would get. Who gives no reference has one made up. */
async function preview(command, parameters, body) {
  const { stdout } = await run(command, parameters, { env: environment, encoding: 'utf8', maxBuffer: 1 << 26 });
  const sent = JSON.parse(stdout).body;
  if (!('biz_opaque_callback_data' in body)) delete sent.biz_opaque_callback_data;
  return sent;
}

/** As the SDK writes it: with what Meta has for absent members. */
function whole(body) {
  const { to, recipient, type, ...others } = body;
  const whole = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...(recipient ? { recipient } : { to }),
    type,
    ...others,
  };
  if (type === 'text') whole.text = { preview_url: false, ...whole.text };
  return whole;
}

/** Some at a time. */
async function each(items, act) {
  const left = [...items.entries()];
  const worker = async () => {
    for (let next = left.shift(); next; next = left.shift()) await act(next[1], next[0]);
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
}

const hard = HARD.flatMap((text_) => [text(text_), text('Hi', { biz_opaque_callback_data: `r${text_}` })]);
const all = [...bodies(), ...hard];
// A process for each takes its time, and an argument of a command has a size.
const some = [...bodies().filter((body, at) => at % 4 === 0 && JSON.stringify(body).length < 50_000), ...hard];
let python;
before(() => {
  python = inPython(all.map((body) => written(body, 'Python')));
});

test('Node and Python say the same message', async () => {
  for (const [at, body] of all.entries()) {
    const node = await inNode(written(body, 'Node'));
    assert.deepEqual(node, python[at], JSON.stringify(body));
  }
});

test('the message of Node is the body', { skip }, async () => {
  await each(some, async (body) => {
    const { phone: _, ...message } = await inNode(written(body, 'Node'));
    const sent = await preview(
      bin,
      ['send', 'json', JSON.stringify({ phone: body.to ?? body.recipient, ...message }), '--dry-run', '--json'],
      body,
    );
    assert.deepEqual(sent, whole(body));
  });
});

test('the command is the body', { skip }, async () => {
  await each(some, async (body) => {
    const command = written(body, 'Command line').replace(/^wamid/, '"$0"');
    const sent = await preview('sh', ['-c', `${command} --dry-run --json`, bin], body);
    assert.deepEqual(sent, whole(body), command);
  });
});

test('curl sends the body as it is', async () => {
  await each(some, async (body) => {
    const command = written(body, 'curl').replace(/^curl/, 'printf "%s\\0"');
    const { stdout } = await run('sh', ['-c', command], { env: environment, encoding: 'utf8', maxBuffer: 1 << 26 });
    const [url, , token, , kind, , data] = stdout.split('\0');
    assert.deepEqual(
      [url, token, kind],
      ['http://127.0.0.1:8090/v26.0/1/messages', 'Authorization: Bearer token', 'Content-Type: application/json'],
    );
    assert.deepEqual(JSON.parse(data), body);
  });
});
