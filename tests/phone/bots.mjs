// The bots of examples/, each served by its own language's receiver: who uses the page talks to them, and buys a book.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { article, open, screenshot } from './browser.mjs';
import { picture } from './files.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '16505551234';
// Whose bot it is, and its command line as a JSON list: `cargo xtask test` of each language gives its own.
const { WAMID_BOT_LANGUAGE: language, WAMID_BOT: line } = process.env;

/** Starts a bot, and has the sandbox's webhooks go to it. */
async function start(t, sandbox, line) {
  const [program, ...args] = JSON.parse(line);
  const { WAMID_GATEWAY_URL, WAMID_API_KEY, WAMID_STORE, ...inherited } = process.env;
  const named = Object.fromEntries(Object.entries(sandbox).filter(([name]) => name.startsWith('WAMID_')));
  const env = { ...inherited, ...named, WAMID_VERIFY_TOKEN: 'hush', FLOW_ID: '4711', PORT: '0' };
  const bot = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => bot.kill());
  let address;
  // Two say it on standard output; uvicorn logs it.
  for (const stream of [bot.stdout, bot.stderr]) {
    createInterface(stream).on('line', (said) => {
      address ??= /(?:listening|running) on (http:\/\/\S+)/u.exec(said)?.[1];
    });
  }
  const url = await until('the bot listens', () => address);
  await sandbox.control('webhook', { url: url.endsWith('/webhook') ? url : `${url}/` });
}

test(`the ${language} bot sells a book to someone who uses the page`, async (t) => {
  const sandbox = await Sandbox.start(t);
  await start(t, sandbox, line);
  const page = await open(sandbox, { phone: PHONE });
  /** The bot's newest message, once there are so many. */
  const answer = async (count) => {
    const entries = await until(`message ${count} of the bot`, async () => {
      const { entries } = await sandbox.control(`phone/chats/${PHONE}`);
      const sent = entries.filter(({ side }) => side === 'business');
      return sent.length >= count && sent;
    });
    return article(page, entries.at(-1).id);
  };
  const write = page.getByRole('textbox', { name: 'Message' });
  await write.fill('Good morning');
  await write.press('Enter');

  const list = await answer(1);
  await list.getByRole('button', { name: 'Books' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Malgudi Days' }).click();

  const price = await answer(2);
  await price.getByText('Malgudi Days is 399 rupees.').waitFor();
  await price.getByRole('button', { name: 'Pay 399' }).click();

  const form = await answer(3);
  await form.getByRole('button', { name: 'Address' }).click();
  // The sandbox does not know this Flow, so the customer names the fields.
  await dialog.getByLabel('Name 1').fill('address');
  await dialog.getByLabel('Value 1').fill('1 Church Street');
  await dialog.getByRole('button', { name: 'Send the form' }).click();
  await (await answer(4)).getByText('Malgudi Days goes to 1 Church Street.').waitFor();

  await page
    .locator('.composer input[type=file]')
    .setInputFiles({ name: 'shelf.png', mimeType: 'image/png', buffer: picture() });
  await dialog.getByRole('button', { name: 'Send' }).click();
  await (await answer(5)).getByText('What a fine shelf!').waitFor();
  await screenshot(page, `bot-${language.toLowerCase()}`);
});
