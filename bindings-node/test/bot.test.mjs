import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { InvalidInputError } from 'wamid';
import { Sandbox } from 'wamid/testing';

const PHONE = '16505551234';

/** The bot of the examples, whose webhooks come from this sandbox. */
async function bot(t) {
  const sandbox = await Sandbox.start();
  const { url, accessToken, phoneNumberId, appSecret } = sandbox;
  const env = { ...process.env, WAMID_GRAPH_URL: url, WAMID_ACCESS_TOKEN: accessToken, WAMID_APP_SECRET: appSecret };
  Object.assign(env, { WAMID_PHONE_NUMBER_ID: phoneNumberId, WAMID_VERIFY_TOKEN: 'hush', FLOW_ID: '4711', PORT: '0' });
  const program = fileURLToPath(new URL('../../examples/node/bot.mjs', import.meta.url));
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  sandbox.setWebhook(line.split(' ').at(-1));
  return sandbox;
}

test('the bot sells a book, and answers a picture with a picture', async (t) => {
  const sandbox = await bot(t);
  let seen = 0;
  /** The body of the answer to the message of that id. */
  const answer = async (id) => {
    while (sandbox.messages().length === seen) await new Promise((resolve) => setTimeout(resolve, 5));
    const { to, body } = sandbox.messages()[seen++];
    assert.deepEqual([to, body.context], [`+${PHONE}`, { message_id: id }]);
    return body;
  };
  const shelf = await answer(sandbox.inboundText(PHONE, 'Ada', 'Good morning'));
  assert.equal(shelf.interactive.action.sections[0].rows[1].title, 'Malgudi Days');
  const price = await answer(sandbox.press(PHONE, 'Ada', 'Malgudi Days'));
  assert.equal(price.interactive.body.text, 'Malgudi Days is 399 rupees.');
  const flow = await answer(sandbox.press(PHONE, 'Ada', 'Pay 399'));
  assert.equal(flow.interactive.action.parameters.flow_id, '4711');
  const thanks = await answer(sandbox.completeFlow(PHONE, 'Ada', { address: '1 Church Street' }));
  assert.equal(thanks.text.body, 'Malgudi Days goes to 1 Church Street.');
  assert.equal((await answer(sandbox.press(PHONE, 'Ada', 'Not now'))).text.body, 'Another time, then.');

  const data = Buffer.from('\x89PNG\r\n\x1a\n a shelf', 'latin1');
  const { image } = await answer(sandbox.inboundMedia(PHONE, 'Ada', { data, mimeType: 'image/png', caption: 'Mine' }));
  assert.equal(image.caption, 'What a fine shelf!');
  const fetched = await sandbox.client().downloadMedia({ mediaId: image.id });
  assert.deepEqual([Buffer.from(fetched.data), fetched.mimeType], [data, 'image/png']);
  await sandbox.stop();
});

test('what the phone cannot do is refused', async () => {
  const sandbox = await Sandbox.start();
  for (const attempt of [
    () => sandbox.press(PHONE, 'Ada', 'Pay'),
    () => sandbox.completeFlow(PHONE, 'Ada', {}),
    () => sandbox.inboundMedia(PHONE, 'Ada', { data: new Uint8Array(), mimeType: 'image/png' }),
    () => sandbox.inboundMedia(PHONE, 'Ada', { data: new Uint8Array(1), mimeType: 'image/png' }),
  ]) {
    assert.throws(attempt, InvalidInputError);
  }
  await sandbox.stop();
});
