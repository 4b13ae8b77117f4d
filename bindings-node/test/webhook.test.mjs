import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { buildTemplateComponents, Client, markRead, parseWebhook, reply, verifyWebhook } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure } from './support.mjs';

const SECRET = 'app-secret';
const change = (value) =>
  JSON.stringify({ object: 'x', entry: [{ id: '1', changes: [{ field: 'messages', value }] }] });
const MESSAGE = change({
  messaging_product: 'whatsapp',
  metadata: { phone_number_id: '1066' },
  contacts: [{ profile: { name: 'Sheena' }, wa_id: '16505551234' }],
  messages: [
    {
      from: '16505551234',
      id: 'wamid.A',
      timestamp: '1749416383',
      type: 'text',
      text: { body: 'Does it come in नीला?' },
    },
  ],
});
const STATUS = change({
  messaging_product: 'whatsapp',
  metadata: { phone_number_id: '1066' },
  statuses: [
    {
      id: 'wamid.B',
      status: 'failed',
      timestamp: '1749416383',
      recipient_id: '16505551234',
      biz_opaque_callback_data: 'order-7',
      errors: [{ code: 131026, title: 'Undeliverable', error_data: { details: 'Not on WhatsApp' } }],
    },
  ],
});
const sign = (body, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

test('a signature is Meta’s for the bytes, in whatever form they come', () => {
  const buffer = Buffer.from(MESSAGE);
  // A view into a larger buffer, as web servers hand them out.
  const view = new Uint8Array(Buffer.concat([Buffer.from('xx'), buffer, Buffer.from('yy')])).subarray(
    2,
    2 + buffer.length,
  );
  const copy = new Uint8Array(buffer);
  for (const body of [MESSAGE, buffer, view, copy, copy.buffer]) {
    assert.equal(verifyWebhook(body, sign(MESSAGE), SECRET), true);
    assert.equal(verifyWebhook(body, sign(MESSAGE, 'another'), SECRET), false);
    assert.equal(parseWebhook(body)[0].id, 'wamid.A');
  }
  for (const signature of ['', 'sha256=', null, undefined])
    assert.equal(verifyWebhook(MESSAGE, signature, SECRET), false);
  assert.throws(() => verifyWebhook(MESSAGE, sign(MESSAGE), ''), { kind: 'invalid_input', field: 'app_secret' });
});

test('a body that was parsed already is refused, with the remedy', () => {
  assert.throws(() => parseWebhook(JSON.parse(MESSAGE)), { field: 'body', message: /before any parsing/ });
  assert.throws(() => verifyWebhook(undefined, '', SECRET), { field: 'body' });
  assert.throws(() => parseWebhook('no JSON'), { field: 'body' });
});

test('events are typed, with instants, and what is unknown is absent', () => {
  const [message] = parseWebhook(MESSAGE);
  const { raw, ...rest } = message;
  assert.deepEqual(rest, {
    event: 'message',
    id: 'wamid.A',
    from: '16505551234',
    address: '+16505551234',
    profileName: 'Sheena',
    timestamp: new Date(1749416383000),
    phoneNumberId: '1066',
    type: 'text',
    text: 'Does it come in नीला?',
    contacts: [],
    errors: [],
    redelivered: false,
  });
  assert.equal(raw.message.text.body, rest.text);
  assert.equal(raw.contact.profile.name, 'Sheena');
  const [status] = parseWebhook(STATUS);
  assert.deepEqual([status.event, status.reference, status.recipient], ['status', 'order-7', '16505551234']);
  assert.deepEqual(status.errors, [{ code: 131026, title: 'Undeliverable', details: 'Not on WhatsApp' }]);
  const [other] = parseWebhook(
    JSON.stringify({ entry: [{ changes: [{ field: 'calls', value: { profile_name: 1 } }] }] }),
  );
  assert.deepEqual(other, { event: 'other', field: 'calls', raw: { profile_name: 1 } });
});

test('whoever takes an event whole gets its raw too, though it is only read then', () => {
  const fresh = () => parseWebhook(MESSAGE)[0];
  const raw = {
    message: JSON.parse(MESSAGE).entry[0].changes[0].value.messages[0],
    contact: { profile: { name: 'Sheena' }, wa_id: '16505551234' },
  };
  const { raw: _, ...rest } = fresh();
  const whole = { ...rest, raw };
  assert.deepEqual(fresh(), whole);
  assert.deepEqual({ ...fresh() }, whole);
  assert.deepEqual(Object.assign({}, fresh()), whole);
  assert.deepEqual(structuredClone(fresh()), whole);
  assert.deepEqual(JSON.parse(JSON.stringify(fresh())), JSON.parse(JSON.stringify(whole)));
  assert.deepEqual(Object.keys(fresh()), Object.keys(whole));
  assert.deepEqual(Object.values(fresh()), Object.values(whole));
  assert.deepEqual(Object.create(fresh()).raw, raw);
  assert.deepEqual(Object.freeze(fresh()).raw, raw);
  const event = fresh();
  assert.equal(event.raw, event.raw);
  assert.deepEqual(event, whole);
  event.raw = 'taken out';
  assert.equal(event.raw, 'taken out');
  const unread = fresh();
  unread.raw = 'taken out';
  assert.deepEqual(unread, { ...rest, raw: 'taken out' });
});

test('the raw of each event of a body is its own', () => {
  const body = JSON.parse(MESSAGE);
  body.entry.push(JSON.parse(STATUS).entry[0], { changes: [{ field: 'calls', value: 'a\0b"\\' }] });
  const [message, status, other, ...none] = parseWebhook(JSON.stringify(body));
  assert.deepEqual([other.raw, status.raw.id, message.raw.message.id, none], ['a\0b"\\', 'wamid.B', 'wamid.A', []]);
  assert.deepEqual(parseWebhook('{}'), []);
});

test('edits and echoes are typed to their ends, and raw is never looked into', () => {
  const media = { id: '7', mime_type: 'image/jpeg', sha256: 'SfIn=' };
  const edit = { original_message_id: 'wamid.O', message: { type: 'image', image: media } };
  const echo = { from: '15550783881', to: '16505551234', id: 'wamid.E', timestamp: '1', type: 'edit', edit };
  const value = { metadata: { phone_number_id: '1066' }, message_echoes: [echo] };
  const [event] = parseWebhook(JSON.stringify({ entry: [{ changes: [{ field: 'smb_message_echoes', value }] }] }));
  assert.deepEqual([event.event, event.to, event.address], ['echo', '16505551234', '+16505551234']);
  assert.deepEqual(event.edit, { messageId: 'wamid.O', media: { id: '7', mimeType: 'image/jpeg', sha256: 'SfIn=' } });
  assert.deepEqual(event.raw.message, echo);
});

test('receiveWebhook verifies and parses; a forgery is refused', async () => {
  const client = Client.cloud({ accessToken: 'token-of-mine', phoneNumberId: '1066', appSecret: SECRET });
  const [event] = await client.receiveWebhook(Buffer.from(MESSAGE), sign(MESSAGE));
  assert.deepEqual([event.event, event.timestamp], ['message', new Date(1749416383000)]);
  assert.equal((await failure(client.receiveWebhook(MESSAGE, sign('{}')))).field, 'signature');
  assert.equal((await failure(client.receiveWebhook('x', sign('x')))).field, 'body');
  assert.equal((await failure(client.receiveWebhook({}, sign('x')))).field, 'body');
});

test('template components are Meta’s', () => {
  const parts = {
    headerParams: [{ type: 'image', link: 'https://example.com/a.jpg' }],
    bodyParams: [2.5],
    buttons: [],
  };
  assert.deepEqual(buildTemplateComponents(parts), [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }] },
    { type: 'body', parameters: [{ type: 'text', text: '2.5' }] },
  ]);
  assert.deepEqual(buildTemplateComponents(), []);
  const currency = { type: 'currency', fallbackValue: '₹5', code: 'INR', amount1000: 5000 };
  assert.deepEqual(buildTemplateComponents({ bodyParams: [currency] })[0].parameters[0].currency, {
    fallback_value: '₹5',
    code: 'INR',
    amount_1000: 5000,
  });
  assert.throws(() => buildTemplateComponents({ bodyParams: [''] }), { field: 'body_params[0]' });
});

test('a message is answered at its number or its user id, and marked as read', async () => {
  const inbound = (names) => {
    const message = { ...names, id: 'wamid.IN', timestamp: '1749416383', type: 'text', text: { body: 'Is it open?' } };
    return parseWebhook(change({ metadata: { phone_number_id: '1066' }, messages: [message] }))[0];
  };
  const sandbox = await Sandbox.start();
  try {
    const client = sandbox.client({ defaultCountryCode: '1' });
    const content = { type: 'text', message: 'Until nine' };
    const receipt = await reply(client, inbound({ from: '4790000011' }), content, { reference: 'r-1' });
    assert.equal(receipt.reference, 'r-1');
    await reply(client, inbound({ from_user_id: 'NO.13491208655302741918' }), content);
    assert.equal(await markRead(client, inbound({ from: '4790000011' }), { typing: true }), undefined);
    const sent = sandbox.messages().filter(({ type }) => type === 'text');
    assert.deepEqual(
      sent.map(({ to, body }) => [to, body.context]),
      [
        ['+4790000011', { message_id: 'wamid.IN' }],
        ['NO.13491208655302741918', { message_id: 'wamid.IN' }],
      ],
    );
    const group = await failure(reply(client, inbound({ from: '4790000011', group_id: 'G1' }), content));
    assert.deepEqual([group.kind, group.field], ['invalid_input', 'phone']);
  } finally {
    await sandbox.stop();
  }
});
