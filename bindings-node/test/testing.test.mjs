import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { verifyWebhook } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, magic, PHONE } from './support.mjs';

test('a sandbox plays what a test asks for, and tells what arrived', async () => {
  const sandbox = await Sandbox.start({ templates: ['parcel_ready:0:1'], phoneNumberId: '1066', accessToken: 'mine' });
  try {
    assert.deepEqual([sandbox.phoneNumberId, sandbox.accessToken], ['1066', 'mine']);
    const client = sandbox.client({ maxRetries: 0 });
    sandbox.failNext(131_056);
    sandbox.failNext('bad_gateway', 2);
    const kinds = [];
    for (let n = 0; n < 3; n++) kinds.push((await failure(client.sendMessage({ phone: PHONE, message: 'x' }))).kind);
    assert.deepEqual(kinds, ['rate_limited', 'server', 'server']);
    await client.sendTemplate({ phone: PHONE, templateName: 'parcel_ready', bodyParams: ['x'] });
    const arrived = sandbox.messages();
    assert.deepEqual(
      arrived.map(({ outcome }) => outcome),
      [{ refused: { status: 400, code: 131_056 } }, 'accepted_unanswered', 'accepted_unanswered', 'accepted'],
    );
    assert.ok(arrived[3].time instanceof Date);
    assert.deepEqual([arrived[3].to, arrived[3].type], [`+${PHONE}`, 'template']);
    sandbox.clear();
    assert.deepEqual(sandbox.messages(), []);
    assert.ok(Sandbox.magicRecipients().some(({ recipient }) => recipient === magic(131_056)));
  } finally {
    await sandbox.stop();
  }
  assert.throws(() => sandbox.messages(), { message: /has been stopped/ });
});

test('it reports deliveries and inbound messages by signed webhooks', async () => {
  const bodies = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    bodies.push({ body: Buffer.concat(chunks), signature: request.headers['x-hub-signature-256'] });
    response.end();
    server.emit('webhook');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sandbox = await Sandbox.start({ webhookUrl: `http://127.0.0.1:${server.address().port}/` });
  try {
    const ada = sandbox.phone('+16505551234', { name: 'Ada' });
    const id = ada.text('hello');
    while (bodies.length === 0) await once(server, 'webhook');
    const [{ body, signature }] = bodies;
    assert.ok(verifyWebhook(body, signature, sandbox.appSecret));
    const [event] = await sandbox.client().receiveWebhook(body, signature);
    assert.deepEqual([event.id, event.profileName, event.text], [id, 'Ada', 'hello']);
    sandbox.setWebhook(null);
    assert.throws(() => ada.text('hello'), { name: 'InvalidInputError' });
  } finally {
    await sandbox.stop();
    server.close();
    server.closeAllConnections();
  }
});

test('options that cannot work are refused by their name', async () => {
  for (const [field, options] of [
    ['port', { port: 70_000 }],
    ['templates[1]', { templates: ['a:0:1', 'b'] }],
    ['sandbox', { webhookUrl: 'http://example.com/' }],
    ['acessToken', { acessToken: 'x' }],
  ]) {
    assert.equal((await failure(Sandbox.start(options))).field, field);
  }
  const sandbox = await Sandbox.start();
  assert.throws(() => sandbox.failNext('no such thing'), { field: 'failure' });
  const taken = Number(new URL(sandbox.url).port);
  assert.match((await failure(Sandbox.start({ port: taken }))).message, /cannot start/);
  await sandbox.stop();
  await sandbox.stop();
});
