import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Sandbox } from 'wamid/testing';

const folder = fileURLToPath(new URL('..', import.meta.url));
const example = (name) => join(folder, '../examples/node', name);

/** What the environment of a client of this sandbox is. */
function environment({ url, accessToken, phoneNumberId, appSecret }) {
  return {
    ...process.env,
    WAMID_GRAPH_URL: url,
    WAMID_ACCESS_TOKEN: accessToken,
    WAMID_PHONE_NUMBER_ID: phoneNumberId,
    WAMID_APP_SECRET: appSecret,
  };
}

test('the first program says what became of its message', async () => {
  const sandbox = await Sandbox.start();
  const env = environment(sandbox);
  const said = async (beginning) => {
    const child = spawn(process.execPath, [example('send.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const lines = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const [code] = await once(child, 'close');
    assert.deepEqual([code, lines.join().startsWith(beginning)], [0, true], lines.join());
  };
  await said('sent: wamid.');
  assert.equal(sandbox.messages()[0].body.text.body, 'Your order is on its way.');
  sandbox.failNext('lost');
  await said('unknown, look before sending again:');
  sandbox.failNext(131026);
  await said('not sent:');
  await sandbox.stop();
});

test('the story is told to its end', async () => {
  const sandbox = await Sandbox.start();
  const env = { ...environment(sandbox), WAMID_STORE: 'sqlite::memory:' };
  const child = spawn(process.execPath, [example('story.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const [code] = await once(child, 'close');
  const said = lines.map((line) => line.split(' ')[0]);
  assert.deepEqual([code, said], [0, ['text', 'location', 'template', 'any', 'chat', 'error']]);
  assert.deepEqual(
    sandbox.messages().map(({ type }) => type),
    ['text', 'location', 'template', 'text'],
  );
  await sandbox.stop();
});

test('the service answers who writes, and refuses a forgery', async (t) => {
  const sandbox = await Sandbox.start();
  const env = { ...environment(sandbox), PORT: '0', VERIFY_TOKEN: 'hush' };
  const child = spawn(process.execPath, [example('express.mjs')], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const url = line.split(' ').at(-1);
  const challenge = (token) => fetch(`${url}?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=42`);
  assert.equal(await (await challenge('hush')).text(), '42');
  assert.equal((await challenge('wrong')).status, 403);
  const forged = { method: 'POST', body: '{}', headers: { 'x-hub-signature-256': 'sha256=00' } };
  assert.equal((await fetch(url, forged)).status, 401);
  sandbox.setWebhook(url);
  const ada = sandbox.phone('+16505551234', { name: 'Ada' });
  const id = ada.text('hello');
  const { text, body } = await ada.nextMessage();
  assert.deepEqual([text, body.context.message_id], ['You wrote: hello', id]);
  await sandbox.stop();
});

const NAMES = 'buildTemplateComponents, Client, parseWebhook, SendManyAbortedError, verifyWebhook, WamidError';

/** The blocks of TypeScript in a page of Markdown. */
const blocksOf = (text) => [...text.matchAll(/^```ts\n(.*?)^```/gms)].map(([, block]) => block);

/** A source file's doc comments, as pages of Markdown. */
const commentsOf = (text) => text.replaceAll(/^ *\* ?/gm, '');

test('what the README, the pages and the doc comments say compiles', () => {
  const sources = readdirSync(join(folder, 'lib')).map((name) =>
    commentsOf(readFileSync(join(folder, 'lib', name), 'utf8')),
  );
  const pages = ['README.md', '../docs/from-whatsapp-api-js.md'].map((page) =>
    readFileSync(join(folder, page), 'utf8'),
  );
  const blocks = [...pages, ...sources].flatMap(blocksOf);
  assert.ok(blocks.length > 15);
  // Inside the package, where 'wamid' is found.
  const made = mkdtempSync(join(folder, 'dist', 'readme-'));
  try {
    const files = blocks.map((block, at) => {
      const name = `block${at}.mts`;
      // One block goes on where another ended: what it does not import itself it has from there.
      const imports = /^import .* from 'wamid';$/m.test(block) ? '' : `import { ${NAMES} } from 'wamid';\n`;
      const client = /^const client = /m.test(block) ? '' : 'declare const client: Client;\n';
      const sends = /^const sends = /m.test(block) ? '' : "declare const sends: import('wamid').Send[];\n";
      const known = imports + client + sends;
      writeFileSync(join(made, name), `${known}${block}export {};\n`);
      return name;
    });
    const config = {
      extends: '../../tsconfig.json',
      compilerOptions: { noEmit: true, rootDir: '../..', noUnusedLocals: false, noUnusedParameters: false },
      files,
      include: [],
    };
    writeFileSync(join(made, 'tsconfig.json'), JSON.stringify(config));
    const { status, stdout } = spawnSync(join(folder, 'node_modules/.bin/tsc'), ['-p', made], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  } finally {
    rmSync(made, { recursive: true });
  }
});
