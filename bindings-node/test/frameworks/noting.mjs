// A handler that notes what it gets in a file, and does to it what its id says; and what receives webhooks with it.
import { appendFileSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, webhookHandler } from 'wamid';

const journal = process.env.JOURNAL;
const note = (line) => appendFileSync(journal, `${line}\n`);

async function handle(event) {
  const isFirst = !readFileSync(journal, 'utf8').split('\n').includes(event.id);
  note(event.id);
  if (event.id.endsWith('FAILS') && isFirst) throw new Error('the database is away');
  if (event.id.endsWith('SLOW')) {
    await sleep(2500);
    note('slow is done');
  }
}

export const receiver = (options = {}) =>
  webhookHandler(Client.fromEnv(), handle, { answerWithinMs: 1000, ...options });
export const webhook = receiver();
