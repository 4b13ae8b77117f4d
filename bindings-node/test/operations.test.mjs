import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, openAsBlob, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { Client, ConnectionFailedError, InvalidInputError, UnsupportedError } from 'wamid';
import { Sandbox } from 'wamid/testing';
import { failure, PHONE } from './support.mjs';

const TEMPLATE = {
  id: '594425479261596',
  name: 'order_update',
  language: 'en_US',
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', example: { body_text: [['Asha']] } }],
};
const FAILED = { input: `+${PHONE}`, errors: [{ code: 131047, message: 'Re-engagement message' }] };

/** What Meta answers, by the last segment of the path; whatever has no answer here waits. */
const ANSWERS = {
  message_templates: { data: [TEMPLATE] },
  block_users: { block_users: { added_users: [], failed_users: [FAILED] } },
  messages: { success: true },
};

let meta;
let client;
let sandbox;

before(async () => {
  meta = createServer((request, response) => {
    const answer = ANSWERS[new URL(request.url, 'http://x').pathname.split('/').at(-1)];
    if (answer === undefined) meta.emit('unanswered');
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  await once(meta.listen(0, '127.0.0.1'), 'listening');
  const graphUrl = `http://127.0.0.1:${meta.address().port}`;
  client = Client.cloud({
    accessToken: 'TOKEN',
    phoneNumberId: '1066',
    businessAccountId: '2077',
    graphUrl,
    maxRetries: 0,
  });
  sandbox = await Sandbox.start();
});
beforeEach(() => sandbox.clear());
after(async () => {
  await client.close();
  meta.closeAllConnections();
  meta.close();
  await sandbox.stop();
});

test('answers have JavaScript’s names, what is unknown is absent, and Meta’s JSON is untouched', async () => {
  const { id, name, language, status, category, components } = TEMPLATE;
  assert.deepEqual(await client.templates({ status: 'APPROVED' }), [
    { id, name, language, status, category, parameterFormat: 'POSITIONAL', components, raw: TEMPLATE },
  ]);
  assert.deepEqual(await client.templates({ language: 'de' }), []);
  assert.deepEqual(await client.blockUsers({ phones: [PHONE] }), {
    done: [],
    failed: [{ phone: PHONE, code: 131047, message: 'Re-engagement message' }],
  });
  assert.equal(await client.markRead({ messageId: 'wamid.A', typing: undefined }), undefined);
});

test('arguments are named in errors', async () => {
  const field = async (promise) => {
    const error = await failure(promise);
    assert.ok(error instanceof InvalidInputError, error.stack);
    assert.match(error.stack, /operations\.test\.mjs/);
    return error.field;
  };
  assert.equal(await field(client.markRead({})), 'message_id');
  assert.equal(await field(client.markRead({ messageId: '\ud800' })), 'message_id');
  assert.equal(await field(client.markRead({ messageId: 'wamid.A', typing: () => true })), 'typing');
  assert.equal(await field(client.blockUsers({ phones: ['+1'] })), 'phones[0]');
  assert.equal(await field(client.templates({ limit: 0 })), 'limit');
  assert.equal(await field(client.templates({ limit: Number.NaN })), 'limit');
  assert.equal(await field(client.createTemplate({ definition: { a: 1n } })), 'definition');
  assert.equal(await field(client.request({ method: 'GET', path: 'x', query: { a: ['\ud800'] } })), 'query.a[0]');
  const misspelt = await failure(client.markRead({ messageID: 'wamid.A' }));
  assert.match(misspelt.message, /did you mean messageId\?/);
  await assert.rejects(client.markRead('wamid.A'), { field: 'arguments', message: /one object with names/ });
});

test('what needs the business account says so', async () => {
  const error = await failure(Client.cloud({ accessToken: 'TOKEN', phoneNumberId: '1066' }).templates());
  assert.ok(error instanceof UnsupportedError);
  assert.equal(error.field, 'business_account_id');
});

test('any request of Meta’s', async () => {
  const client = sandbox.client({ maxRetries: 0 });
  const number = await client.request({ method: 'GET', path: sandbox.phoneNumberId, query: { fields: 'throughput' } });
  assert.deepEqual(number.throughput, { level: 'STANDARD' });
  const json = { messaging_product: 'whatsapp', to: PHONE, type: 'text', text: { body: 'Hello' } };
  const post = { method: 'POST', path: `${sandbox.phoneNumberId}/messages`, json };
  assert.equal((await client.request(post)).messages[0].id, sandbox.messages()[0].id);
  sandbox.failNext('lost');
  const lost = await failure(client.request(post));
  assert.ok(lost instanceof ConnectionFailedError);
  assert.equal(lost.maybeSent, true);
});

test('an aborted call stops waiting', async () => {
  const controller = new AbortController();
  const asked = once(meta, 'unanswered');
  const waiting = failure(client.profile({ signal: controller.signal }));
  await asked;
  controller.abort();
  assert.equal((await waiting).name, 'AbortError');
  assert.equal((await failure(client.profile({ signal: AbortSignal.abort() }))).name, 'AbortError');
  assert.equal((await client.templates()).length, 1);
});

const PNG = Buffer.concat([Buffer.from([0x89]), Buffer.from('PNG\r\n\x1a\n'), Buffer.alloc(100)]);

test('files go up and come back', async () => {
  const client = sandbox.client({ maxRetries: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
  try {
    const path = join(folder, 'photo.png');
    writeFileSync(path, PNG);
    const bytes = new Uint8Array(PNG);
    for (const given of [{ file: path }, { file: pathToFileURL(path) }, { data: PNG }, { data: bytes }]) {
      const mediaId = await client.uploadMedia(given);
      assert.equal((await client.mediaInfo({ mediaId })).fileSize, PNG.length);
      const { data, mimeType } = await client.downloadMedia({ mediaId });
      assert.ok(data instanceof Uint8Array);
      assert.deepEqual([Buffer.compare(data, PNG), mimeType], [0, 'image/png']);
    }
    const mediaId = await client.uploadMedia({ data: bytes.subarray(0) });
    const fetched = join(folder, 'fetched.png');
    assert.equal(await client.downloadMediaTo({ mediaId, path: pathToFileURL(fetched) }), fetched);
    assert.equal(Buffer.compare(readFileSync(fetched), PNG), 0);
    await client.send({ phone: PHONE, content: { type: 'image', file: path } });
    await client.send({ phone: PHONE, content: { type: 'image', data: bytes, caption: 'Here' } });
    const header = { type: 'image', data: PNG };
    const content = { type: 'reply_buttons', body: 'Body', buttons: [{ id: '1', title: 'One' }], header };
    const [{ error }] = await client.sendMany([{ phone: PHONE, content }]);
    assert.equal(error, undefined);
    assert.deepEqual(
      sandbox.messages().map(({ outcome }) => outcome),
      ['accepted', 'accepted', 'accepted'],
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a Blob stands for content wherever bytes do', async (t) => {
  const sandbox = await Sandbox.start();
  t.after(() => sandbox.stop());
  const client = sandbox.client();
  const photo = new Blob([PNG], { type: 'image/png' });
  const mediaId = await client.uploadMedia({ data: photo });
  assert.deepEqual((await client.downloadMedia({ mediaId })).mimeType, 'image/png');
  sandbox.clear();
  const image = { phone: PHONE, content: { type: 'image', data: new File([PNG], 'menu.png', { type: 'image/png' }) } };
  await client.send(image);
  const headerParams = [{ type: 'image', data: photo }];
  await client
    .send({ phone: PHONE, content: { type: 'template', templateName: 'made_of_a_picture', headerParams } })
    .catch(() => {});
  const [{ error }] = await client.sendMany([image]);
  assert.equal(error, undefined);
  const indexes = [];
  for await (const [index, { error }] of client.sendEach([
    image,
    { phone: PHONE, content: { type: 'text', message: 'x' } },
  ])) {
    assert.equal(error, undefined);
    indexes.push(index);
  }
  assert.deepEqual(indexes.sort(), [0, 1]);
  const kinds = sandbox.messages().map(({ body }) => body.type);
  assert.deepEqual(kinds.filter((kind) => kind !== 'template').sort(), ['image', 'image', 'image', 'text']);

  const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
  const path = join(folder, 'photo.png');
  writeFileSync(path, PNG);
  const gone = await openAsBlob(path, { type: 'image/png' });
  rmSync(folder, { recursive: true });
  const refused = await failure(client.send({ phone: PHONE, content: { type: 'image', data: gone } }));
  assert.ok(refused instanceof InvalidInputError, String(refused));
  assert.equal(refused.field, 'data');
});

test('messages are read, templates made, the profile changed', async () => {
  const client = sandbox.client({ maxRetries: 0 });
  await client.markRead({ messageId: 'wamid.A', typing: true });
  const definition = {
    name: 'table_ready',
    language: 'en_US',
    category: 'UTILITY',
    components: [{ type: 'BODY', text: 'Your order is on its way.' }],
  };
  const { id } = await client.createTemplate({ definition });
  const [template] = await client.templates({ name: 'table_ready' });
  assert.equal(template.id, id);
  await client.updateProfile({ about: 'Open until eight' });
  assert.equal((await client.profile()).about, 'Open until eight');
});

/** What a `progress` was called with, whole at the end. */
function whole(seen, length) {
  assert.deepEqual(seen.at(-1), { bytes: length, total: length });
  const counts = seen.map(({ bytes }) => bytes);
  assert.deepEqual(
    counts,
    counts.toSorted((one, other) => one - other),
  );
  seen.length = 0;
}

test('a transfer tells how far it has come, and who watches stops nothing', async () => {
  const content = Buffer.alloc(2_000_001, 'x');
  const seen = [];
  const progress = (reached) => seen.push(reached);
  const transfers = sandbox.client();
  const mediaId = await transfers.uploadMedia({ data: content, mimeType: 'text/plain' }, { progress });
  whole(seen, content.length);
  assert.equal((await transfers.downloadMedia({ mediaId }, { progress })).data.length, content.length);
  whole(seen, content.length);
  const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
  await transfers.downloadMediaTo({ mediaId, path: join(folder, 'fetched.txt') }, { progress });
  whole(seen, content.length);
  rmSync(folder, { recursive: true });

  const warned = once(process, 'warning');
  const broken = () => {
    throw new Error('the listener is broken');
  };
  await transfers.downloadMedia({ mediaId }, { progress: broken });
  assert.equal((await warned)[0].message, 'the listener is broken');
  assert.equal((await failure(transfers.downloadMedia({ mediaId }, { progress: 5 }))).field, 'progress');
  assert.ok((await failure(transfers.mediaInfo({ mediaId }, { progress }))) instanceof InvalidInputError);
  await transfers.close();
});

test('what was sent is on record', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wamid-'));
  const keeps = sandbox.client({ store: `sqlite:${join(folder, 'w.db')}` });
  const { id } = await keeps.sendMessage({ phone: PHONE, message: 'Hello', reference: 'order-42' });
  const [send] = await keeps.sends({ reference: 'order-42' });
  assert.deepEqual([send.messageId, send.status, send.operation, send.code], [id, 'sent', 'text', undefined]);
  assert.ok(send.createdAt instanceof Date && send.createdAt <= send.updatedAt);
  assert.deepEqual(await keeps.sends({ status: 'failed' }), []);
  await keeps.close();
  rmSync(folder, { recursive: true });
  const error = await failure(client.sends());
  assert.ok(error instanceof UnsupportedError);
  assert.equal(error.field, 'store');
});

test('a profile gets a picture', async () => {
  const pictures = sandbox.client();
  const data = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
  await pictures.updateProfile({ photo: { data, mimeType: 'image/png' } });
  assert.ok((await pictures.profile()).profilePictureUrl);
  const error = await failure(pictures.updateProfile({ photo: { file: '/nonexistent/wamid.png' } }));
  assert.equal(error.field, 'photo.file');
  await pictures.close();
});

test('a template message is held to what templates lists', async () => {
  const client = sandbox.client({ maxRetries: 0 });
  const components = [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: 'Hello {{1}}, order {{2}} is on its way.' },
    { type: 'BUTTONS', buttons: [{ type: 'MPM', text: 'View items' }] },
  ];
  await client.createTemplate({
    definition: { name: 'on_its_way', language: 'en_US', category: 'MARKETING', components },
  });
  const [template] = await client.templates({ name: 'on_its_way' });
  const button = {
    subType: 'mpm',
    thumbnailProductRetailerId: 'book-1',
    sections: [{ productRetailerIds: ['book-1', 'book-2'] }],
  };
  const fits = {
    type: 'template',
    templateName: 'on_its_way',
    language: 'en_US',
    headerParams: [{ type: 'image', data: PNG }],
    bodyParams: ['Asha', 'A-1042'],
    buttons: [button],
  };
  const misfit = { ...fits, bodyParams: ['Asha'] };
  assert.equal(await client.checkTemplate({ content: fits, template }), undefined);
  assert.equal((await failure(client.checkTemplate({ content: misfit, template }))).field, 'body_params');
  const unknown = { ...button, sections: [{ productIds: ['book-1'] }] };
  const refused = await failure(client.checkTemplate({ content: { ...fits, buttons: [unknown] }, template }));
  assert.equal(refused.field, 'buttons[0].sections[0].product_ids');
  const misspelt = await failure(client.checkTemplate({ content: { ...fits, bodyParam: [] }, template }));
  assert.match(misspelt.message, /did you mean bodyParams\?/);
  const checked = sandbox.client({ maxRetries: 0, checkTemplates: true });
  const before = sandbox.messages().length;
  await checked.send({ phone: PHONE, content: fits });
  assert.equal((await failure(checked.send({ phone: PHONE, content: misfit }))).field, 'body_params');
  assert.equal(sandbox.messages().length, before + 1);
});
