import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Sandbox } from 'wamid/testing';

const PHONE = '16505551234';

/** Starts the bot of the examples, which sends to this sandbox. Gives where it takes webhooks. */
async function startBot(t, sandbox) {
  const { url, accessToken, phoneNumberId, appSecret } = sandbox;
  const env = { ...process.env, WAMID_GRAPH_URL: url, WAMID_ACCESS_TOKEN: accessToken, WAMID_APP_SECRET: appSecret };
  Object.assign(env, { WAMID_PHONE_NUMBER_ID: phoneNumberId, WAMID_VERIFY_TOKEN: 'hush', FLOW_ID: '4711', PORT: '0' });
  const program = fileURLToPath(new URL('../../examples/node/bot.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return line.split(' ').at(-1);
}

test('the conversation of the documentation', async (t) => {
  const page = readFileSync(new URL('../../docs/testing.md', import.meta.url), 'utf8');
  const [imports, body] = page.match(/```js\n(.*?)```/s)[1].split('\n\n');
  assert.match(imports, /^import assert from 'node:assert\/strict';\nimport \{ Sandbox \} from 'wamid\/testing';$/);
  const AsyncFunction = (async () => {}).constructor;
  const converse = new AsyncFunction('assert', 'Sandbox', 'startBot', body);
  await converse(assert, Sandbox, (sandbox) => startBot(t, sandbox));
});

test('the bot sells a book, and answers a picture with a picture', async (t) => {
  const sandbox = await Sandbox.start();
  sandbox.setWebhook(await startBot(t, sandbox));
  const ada = sandbox.phone(PHONE, { name: 'Ada' });
  /** The answer to the message of that id. */
  const answer = async (id) => {
    const message = await ada.nextMessage();
    assert.deepEqual([message.side, message.body.context], ['business', { message_id: id }]);
    return message;
  };
  assert.deepEqual((await answer(ada.text('Good morning'))).buttons, ['The Guide', 'Malgudi Days']);
  const price = await answer(ada.press('Malgudi Days'));
  assert.deepEqual([price.text, price.buttons], ['Malgudi Days is 399 rupees.', ['Pay 399', 'Not now']]);
  const flow = await answer(ada.press('Pay 399'));
  assert.equal(flow.body.interactive.action.parameters.flow_id, '4711');
  const thanks = await answer(ada.fillFlow({ address: '1 Church Street' }));
  assert.equal(thanks.text, 'Malgudi Days goes to 1 Church Street.');
  assert.equal((await answer(ada.press('Not now'))).text, 'Another time, then.');

  const data = Buffer.from('\x89PNG\r\n\x1a\n a shelf', 'latin1');
  const picture = await answer(ada.sendFile('image/png', data, { caption: 'Mine' }));
  assert.deepEqual([picture.type, picture.text], ['image', 'What a fine shelf!']);
  const fetched = await sandbox.client().downloadMedia({ mediaId: picture.body.image.id });
  assert.deepEqual([Buffer.from(fetched.data), fetched.mimeType], [data, 'image/png']);
  await sandbox.stop();
});
