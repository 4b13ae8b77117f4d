import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { inspect } from 'node:util';
import { Client, InvalidInputError } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, PHONE, SLOW } from './support.mjs';

let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client();
});
beforeEach(() => sandbox.clear());
after(() => sandbox.stop());

test('a text arrives with everything that was said of it', async () => {
  const receipt = await client.sendMessage({
    phone: '+91 98765-43210',
    message: 'Hello',
    previewUrl: true,
    replyTo: 'wamid.A',
    reference: 'order-7',
  });
  assert.match(receipt.id, /^wamid\./);
  assert.deepEqual([receipt.phone, receipt.waId, receipt.reference], [PHONE, PHONE, 'order-7']);
  assert.equal(receipt.raw.messages[0].id, receipt.id);
  assert.ok(!('userId' in receipt), 'what is unknown is absent');
  const [arrived] = sandbox.messages();
  assert.deepEqual(arrived.body, {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: `+${PHONE}`,
    type: 'text',
    text: { body: 'Hello', preview_url: true },
    context: { message_id: 'wamid.A' },
    biz_opaque_callback_data: 'order-7',
  });
});

test('Meta’s answer is handed over to the letter, and nothing beside it', async () => {
  const contacts = [{ input: `+${PHONE}`, wa_id: PHONE }];
  const texts = await Promise.all([
    client.sendMessage({ phone: PHONE, message: 'x' }),
    client.sendMessage({ phone: PHONE, message: 'x', reference: 'a "quoted" ref\\' }),
  ]);
  const templates = await client.sendMany([
    { phone: PHONE, content: { type: 'template', templateName: 'hello_world' } },
    { phone: PHONE, content: { type: 'template', templateName: 'hello_world' }, reference: 'order-7' },
  ]);
  const known = [{}, { reference: 'a "quoted" ref\\' }, {}, { reference: 'order-7' }];
  for (const [at, receipt] of [...texts, ...templates.map(({ receipt }) => receipt)].entries()) {
    const { id, status } = receipt;
    const message = status === undefined ? { id } : { id, message_status: status };
    const raw = { messaging_product: 'whatsapp', contacts, messages: [message] };
    const said = status === undefined ? {} : { status };
    const expected = { id, phone: PHONE, waId: PHONE, address: `+${PHONE}`, ...said, ...known[at], attempts: 1, raw };
    assert.deepStrictEqual(receipt, expected);
    assert.equal(JSON.stringify(receipt), JSON.stringify(expected), 'in its order');
  }
  assert.equal(templates[0].receipt.status, 'accepted');
});

test('a content of any kind arrives as by the operation that has its name', async () => {
  const beside = { phone: PHONE, replyTo: 'wamid.A', reference: 'order-7' };
  const contents = [
    ['sendMessage', { type: 'text', message: 'Hello', previewUrl: true }],
    ['sendLocation', { type: 'location', latitude: 28.6139, longitude: 77.209, name: 'Our Office' }],
    [
      'sendTemplate',
      {
        type: 'template',
        templateName: 'order_update',
        bodyParams: ['Asha', 5],
        buttons: [{ subType: 'flow', flowActionData: { subType: 1 } }],
      },
    ],
  ];
  for (const [named, content] of contents) {
    const { type, ...fields } = content;
    const receipts = [await client.send({ ...beside, content }), await client[named]({ ...beside, ...fields })];
    receipts.push((await client.sendMany([{ ...beside, content }]))[0].receipt);
    const bodies = sandbox.messages().map(({ body }) => body);
    assert.equal(bodies.length, 3);
    assert.ok(receipts.every(({ reference }) => reference === 'order-7'));
    assert.equal(bodies[0].type, type);
    assert.deepEqual([bodies[1], bodies[2]], [bodies[0], bodies[0]]);
    sandbox.clear();
  }
});

test('a content that is wrong is refused by the path of what is wrong in it', async () => {
  const text = { type: 'text', message: 'x' };
  const template = { type: 'template', templateName: 'x' };
  const circle = {};
  circle.circle = circle;
  for (const [field, content, message] of [
    ['content', undefined, /is missing/],
    ['content', null, /is missing/],
    ['content', 'x'],
    ['content', [text]],
    ['type', {}],
    ['type', { type: 'poem' }, /poem/],
    ['type', { type: 5 }],
    ['message', { type: 'text' }, /is missing/],
    ['message', { ...text, message: 5 }],
    ['message', { ...text, message: 'a\ud83d' }],
    ['message', { ...text, message: 10n }],
    ['message', { ...text, message: circle }],
    ['message', { ...text, message: () => 'x' }],
    ['preview_urls', { ...text, previewUrls: true }, /did you mean previewUrl\?/],
    ['preview_url', { ...text, preview_url: true }, /did you mean previewUrl\?/],
    ['latitude', { type: 'location', latitude: Number.NaN, longitude: 1 }],
    ['body_params[1]', { ...template, bodyParams: ['x', 'a\ud83d'] }],
    ['body_params[0].amount_1000', { ...template, bodyParams: [{ amount_1000: 1 }] }],
    ['buttons[0].coupon_code', { ...template, buttons: [{ subType: 'copy_code' }] }],
    ['components', { ...template, bodyParams: ['x'], components: [{ type: 'body' }] }],
  ]) {
    const error = await failure(client.send({ phone: PHONE, content }));
    assert.ok(error instanceof InvalidInputError, `${field}: ${inspect(error)}`);
    assert.equal(error.field, field, error.message);
    if (message) assert.match(error.message, message);
    const [row] = await client.sendMany([{ phone: PHONE, content }]);
    assert.equal(row.error?.field, field, `of a list: ${inspect(row)}`);
  }
  for (const [field, call] of [
    ['phone', () => client.send({ content: text })],
    ['phone', () => client.send()],
    ['arguments', () => client.send(PHONE)],
    ['message', () => client.send({ phone: PHONE, content: text, message: 'x' })],
    ['reference', () => client.send({ phone: PHONE, content: text, reference: 5 })],
  ]) {
    assert.equal((await failure(call())).field, field);
  }
  assert.deepEqual(sandbox.messages(), []);
});

test('a location and a template arrive', async () => {
  await client.sendLocation({ phone: PHONE, latitude: 28.6139, longitude: 77.209, name: 'Our Office' });
  await client.sendTemplate({
    phone: PHONE,
    templateName: 'order_update',
    language: 'en_US',
    bodyParams: ['Asha', 5.0],
    buttons: [
      { subType: 'copy_code', couponCode: 'SPRING' },
      { subType: 'flow', flowActionData: { subType: 1 } },
    ],
  });
  const [location, template] = sandbox.messages().map(({ body }) => body);
  assert.deepEqual(location.location, { latitude: 28.6139, longitude: 77.209, name: 'Our Office' });
  assert.equal(template.template.language.code, 'en_US');
  const [body, coupon, flow] = template.template.components;
  assert.deepEqual(body.parameters, [
    { type: 'text', text: 'Asha' },
    { type: 'text', text: '5' },
  ]);
  assert.deepEqual(coupon.parameters, [{ type: 'coupon_code', coupon_code: 'SPRING' }]);
  assert.deepEqual(flow.parameters[0].action, { flow_action_data: { subType: 1 } }, 'keys inside are the caller’s');
});

test('null and undefined are absent', async () => {
  const receipt = await client.sendMessage({ phone: PHONE, message: 'x', reference: null, replyTo: undefined });
  assert.equal(receipt.reference, undefined);
  assert.ok(!('context' in sandbox.messages()[0].body));
});

test('what cannot be read is refused by its name, never sent without it', async () => {
  const text = { phone: PHONE, message: 'x' };
  const template = { phone: PHONE, templateName: 'order_update' };
  const cases = [
    ['previewURL', () => client.sendMessage({ ...text, previewURL: true })],
    ['message', () => client.sendMessage({ ...text, message: 'a\ud83d' })],
    ['message', () => client.sendMessage({ ...text, message: 5 })],
    ['reply_to', () => client.sendMessage({ ...text, replyTo: () => 'x' })],
    ['account_id', () => client.sendMessage({ ...text, accountId: Number.NaN })],
    ['account_id', () => client.sendMessage({ ...text, accountId: 10n })],
    ['latitude', () => client.sendLocation({ phone: PHONE, latitude: Number.POSITIVE_INFINITY, longitude: 0 })],
    ['body_params[1]', () => client.sendTemplate({ ...template, bodyParams: ['x', true] })],
    ['body_params[0]', () => client.sendTemplate({ ...template, bodyParams: [Number.NaN] })],
    ['body_params[0]', () => client.sendTemplate({ ...template, bodyParams: [Number.NaN, { name: 'a', text: 'b' }] })],
    [
      'buttons',
      () => client.sendTemplate({ ...template, buttons: [{ subType: 'flow', flowActionData: { n: 1 / 0 } }] }),
    ],
    ['body_params', () => client.sendTemplate({ ...template, bodyParams: new Set(['x']) })],
    ['body_params', () => client.sendTemplate({ ...template, bodyParams: [10n] })],
    ['buttons[0].subtype', () => client.sendTemplate({ ...template, buttons: [{ subtype: 'url', payload: 'x' }] })],
    ['buttons[0].payload', () => client.sendTemplate({ ...template, buttons: [{ payload: 'a\ud83d' }] })],
    ['components[0].a.b[1]', () => client.sendTemplate({ ...template, components: [{ a: { b: ['', '\udc00'] } }] })],
    ['phone', () => client.sendMessage()],
    ['message', () => client.sendMessage({ phone: PHONE })],
    ['longitude', () => client.sendLocation({ phone: PHONE, latitude: 1, longitude: null })],
    ['template_name', () => client.sendTemplate({ phone: PHONE })],
    ['preview_url', () => client.sendMessage({ ...text, preview_url: true })],
    ['body_params[0].amount_1000', () => client.sendTemplate({ ...template, bodyParams: [{ amount_1000: 1 }] })],
    ['buttons[0].sub_type', () => client.sendTemplate({ ...template, buttons: [{ sub_type: 'url', text: 'x' }] })],
    ['options', () => client.sendMessage(PHONE, 'x')],
    ['arguments', () => client.sendMessage(PHONE)],
    ['arguments', () => client.sendLocation([PHONE, 1, 2])],
    ['type', () => client.sendMessage({ ...text, type: 'message' })],
    ['body_params[1]', () => client.sendTemplate({ ...template, bodyParams: ['x', 'a\ud83d'] })],
  ];
  for (const [field, call] of cases) {
    const error = await failure(call());
    assert.ok(error instanceof InvalidInputError, `${field}: ${inspect(error)}`);
    assert.equal(error.field, field, error.message);
  }
  assert.deepEqual(sandbox.messages(), []);
});

test('a required argument that is missing is called missing, not NaN or empty', async () => {
  for (const [field, call] of [
    ['latitude', () => client.sendLocation({ phone: PHONE, longitude: 1 })],
    ['phone', () => client.sendMessage({ message: 'x' })],
    ['message', () => client.sendMessage({ phone: PHONE, message: undefined })],
    ['template_name', () => client.sendTemplate({ phone: PHONE, templateName: null })],
  ]) {
    const { field: named, message } = await failure(call());
    assert.equal(named, field);
    assert.match(message, /is missing/);
  }
  const [{ error }] = await client.sendMany([{ phone: PHONE, content: { type: 'location', latitude: 1 } }]);
  assert.deepEqual([error.field, /is missing/.test(error.message)], ['longitude', true]);
  assert.throws(() => Client.cloud({ phoneNumberId: '1066' }), { field: 'access_token', message: /is missing/ });
  assert.throws(() => Client.gateway({ baseUrl: 'https://example.com' }), { field: 'api_key', message: /is missing/ });
});

test('a name that is not known is refused, and the nearest one told', async () => {
  const text = { phone: PHONE, message: 'x' };
  for (const [field, meant, call] of [
    ['timeout', 'timeoutMs', () => Client.cloud({ accessToken: 'x', phoneNumberId: '1066', timeout: 30 })],
    ['access_token', 'accessToken', () => Client.cloud({ access_token: 'x', phoneNumberId: '1066' })],
    ['apikey', 'apiKey', () => Client.gateway({ baseUrl: 'https://example.com', apikey: 'x' })],
    ['max_retries', 'maxRetries', () => Client.fromEnv({ max_retries: 1 })],
    ['reply_to', 'replyTo', () => client.sendMessage({ ...text, reply_to: 'wamid.A' })],
    ['sginal', 'signal', () => client.sendMessage(text, { sginal: AbortSignal.abort() })],
    ['Signal', 'signal', () => client.chats({ Signal: 1 })],
    ['progres', 'progress', () => client.sendMany([text], { progres: () => {} })],
    ['signall', 'signal', () => client.receiveWebhook('{}', '', { signall: 1 })],
  ]) {
    const error = await failure((async () => call())());
    assert.ok(error instanceof InvalidInputError, inspect(error));
    assert.equal(error.field, field);
    assert.match(error.message, new RegExp(`did you mean ${meant}\\?`));
  }
  for (const [host, given] of [
    ['cloud', { accessToken: 'x', phoneNumberId: '1066', baseUrl: 'https://example.com' }],
    ['gateway', { baseUrl: 'https://example.com', apiKey: 'x', phoneNumberId: '1066' }],
    ['cloud', { accessToken: 'x', phoneNumberId: '1066', host: 'gateway' }],
  ]) {
    assert.throws(() => Client[host](given), { kind: 'invalid_input', message: /not known here/ });
  }
  assert.deepEqual(sandbox.messages(), []);
});

test('a client is not made by new, and its options stand in one object', () => {
  assert.throws(() => new Client({ accessToken: 'x', phoneNumberId: '1066' }), {
    name: 'TypeError',
    message: /Client\.cloud/,
  });
  assert.throws(() => Client.cloud('token', '1066'), { field: 'options', message: /accessToken/ });
  const endless = { accessToken: 'x', phoneNumberId: '1066', timeoutMs: Number.POSITIVE_INFINITY };
  assert.throws(() => Client.cloud(endless), { field: 'timeout', message: /finite/ });
});

test('chats come from the store, with instants', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
  const stored = sandbox.client({ store: `sqlite:${join(folder, 'wamid.db')}` });
  try {
    const before = Date.now();
    await stored.sendMessage({ phone: PHONE, message: 'x' });
    const [chat, ...others] = await stored.chats();
    assert.deepEqual(others, []);
    assert.deepEqual([chat.phoneNumber, chat.unreadCount, typeof chat.id], [PHONE, 0, 'number']);
    assert.ok(chat.lastMessageAt instanceof Date && Math.abs(chat.lastMessageAt - before) < 60_000);
    assert.ok(!('label' in chat));
  } finally {
    await stored.close();
    rmSync(folder, { recursive: true });
  }
});

test('a closed client has finished its calls and takes no more', async () => {
  const closing = sandbox.client();
  let sent = false;
  closing.sendMessage({ phone: SLOW, message: 'x' }).then(() => {
    sent = true;
  });
  await Promise.all([closing.close(), closing[Symbol.asyncDispose]()]);
  assert.ok(sent);
  assert.equal((await failure(closing.sendMessage({ phone: PHONE, message: 'x' }))).field, 'client');
  assert.equal((await failure(closing.sendMany([]))).field, 'client');
});

test('a client shows its host, and nothing secret', () => {
  const shown = [Client.cloud({ accessToken: 'EAAsecret', phoneNumberId: '1066', appSecret: 'hush-hush' })].map(
    (client) => inspect(client, { showHidden: true, depth: 9 }) + JSON.stringify(client) + String(client),
  )[0];
  assert.match(shown, /cloud/);
  assert.doesNotMatch(shown, /EAAsecret|hush-hush/);
});

test('fromEnv reads the environment as JavaScript sees it', async () => {
  const before = { ...process.env };
  try {
    for (const name of Object.keys(process.env).filter((name) => name.startsWith('WAMID_'))) delete process.env[name];
    assert.throws(() => Client.fromEnv(), { kind: 'invalid_input', field: 'environment' });
    process.env.WAMID_ACCESS_TOKEN = sandbox.accessToken;
    assert.throws(() => Client.fromEnv(), { field: 'phone_number_id' });
    process.env.WAMID_PHONE_NUMBER_ID = sandbox.phoneNumberId;
    process.env.WAMID_GRAPH_URL = sandbox.url;
    await Client.fromEnv({ maxRetries: 0 }).sendMessage({ phone: PHONE, message: 'x' });
    assert.throws(() => Client.fromEnv({ accessToken: 'x' }), { field: 'access_token' });
    process.env.WAMID_API_KEY = 'key';
    assert.throws(() => Client.fromEnv(), /two hosts/);
  } finally {
    process.env = before;
  }
  assert.equal(sandbox.messages().length, 1);
});
