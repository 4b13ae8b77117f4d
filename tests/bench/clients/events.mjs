/**
 * What it costs in Node to read events of webhooks.
 *
 *     events.mjs SUBJECT --file FILE
 *
 * FILE has a body of one event a line. The subjects `json` and `wamid` get one body with all of them, `whatsapp-api-js`, which reads the first
 * event of a body only, each by itself. It prints one JSON line: microseconds an event, the best of its turns.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/** Enough for the compiler to have seen all of it. */
const TURNS = 60;

/** A module of the folder that this is started in. */
const load = (name) => import(pathToFileURL(createRequire(`${process.cwd()}/`).resolve(name)));

function merged(lines) {
  const bodies = lines.map((line) => JSON.parse(line));
  const changes = bodies.flatMap(({ entry }) => entry.flatMap(({ changes }) => changes));
  const [first] = bodies;
  return Buffer.from(JSON.stringify({ ...first, entry: [{ ...first.entry[0], changes }] }));
}

const SUBJECTS = {
  json(lines) {
    const body = merged(lines);
    return () => JSON.parse(body.toString()).entry[0].changes.length;
  },
  async wamid(lines) {
    const { parseWebhook } = await load('wamid');
    const body = merged(lines);
    return () => parseWebhook(body).length;
  },
  async 'whatsapp-api-js'(lines) {
    const { WhatsAppAPI } = await load('whatsapp-api-js');
    const client = new WhatsAppAPI({ token: 'sandbox-token', v: 'v26.0', secure: false });
    let count = 0;
    client.on.message = ({ message }) => {
      count += message.id.length > 0;
    };
    client.on.status = ({ id }) => {
      count += id.length > 0;
    };
    const bodies = lines.map((line) => Buffer.from(line));
    return async () => {
      count = 0;
      for (const body of bodies) await client.post(JSON.parse(body.toString()));
      return count;
    };
  },
};

const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: 'string' } } });
const lines = readFileSync(values.file, 'utf8').trimEnd().split('\n');
try {
  const read = await SUBJECTS[positionals[0]](lines);
  let best = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < TURNS; turn++) {
    const began = performance.now();
    const count = await read();
    best = Math.min(best, performance.now() - began);
    if (count !== lines.length) throw new Error(`${count} events`);
  }
  console.log(JSON.stringify({ us: (best * 1000) / lines.length }));
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
}
