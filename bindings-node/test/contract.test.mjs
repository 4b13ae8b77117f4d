// Holds the module against the contract that is generated from the core: an operation, an argument, an option, a kind or a
// field that is missing here fails.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { buildTemplateComponents, Client, InvalidInputError, parseWebhook, verifyWebhook } from 'wamid';
import { failure } from './support.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const contract = JSON.parse(readFileSync(join(folder, '../tests/conformance/contract.json'), 'utf8'));
const DURATIONS = new Set(['timeout', 'connect_timeout', 'total_timeout', 'pool_idle_timeout', 'retry_after']);

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const named = (name) => camel(name) + (DURATIONS.has(name) ? 'Ms' : '');

const pascal = (name) => camel(`_${name}`);

/** What no argument is: an object with a key that nothing asks for, and a text that is no Unicode, which no JSON may hold. */
const NOTHING = { no: { such: 'thing \ud800' } };

const client = Client.cloud({ accessToken: 'token-of-mine', phoneNumberId: '1066', appSecret: 'secret-of-mine' });

/** How each operation is called with one argument that it cannot take. */
const CALLS = {
  // A content that is an object is wrong by its type.
  send: ({ content, ...beside }) => client.send({ ...beside, ...(content && { content: [content] }) }),
  send_message: (argument) => client.sendMessage(argument),
  send_location: (argument) => client.sendLocation(argument),
  send_template: (argument) => client.sendTemplate(argument),
  chats: () => client.chats(),
  send_many: ({ sends = [], ...options }) => client.sendMany(sends, options),
  receive_webhook: ({ body = '{}', signature = '' }) => client.receiveWebhook(body, signature),
  build_template_components: (argument) => buildTemplateComponents(argument),
  verify_webhook: ({ body = '{}', signature = '', appSecret = 'x' }) => verifyWebhook(body, signature, appSecret),
  parse_webhook: ({ body }) => parseWebhook(body),
};

/** The others are called as they are named; who is told of a transfer stands beside its arguments. */
const asked = (operation, { progress, ...given }) => client[camel(operation)](given, progress && { progress });

const called = (operation, argument) => (CALLS[operation] ?? ((given) => asked(operation, given)))(argument);

test('every operation takes every argument, and no other', async () => {
  for (const [operation, argumentsOf] of Object.entries(contract.operations)) {
    for (const argument of argumentsOf) {
      // Any object is one that may stand beside a content.
      const wrong = argument === 'extra' ? [NOTHING] : NOTHING;
      const error = await failure((async () => called(operation, { [named(argument)]: wrong }))());
      assert.ok(error instanceof InvalidInputError, `${operation} ${argument}: ${error.stack}`);
      assert.equal(error.field.split(/[.[]/)[0], argument, `${operation}: ${error.message}`);
      assert.doesNotMatch(error.message, /is not known here/, `${operation} does not take ${argument}`);
    }
  }
});

test('the module has the version of its core', () => {
  const version = (text, pattern) => text.match(pattern)?.[1];
  const core = version(readFileSync(join(folder, '../Cargo.toml'), 'utf8'), /^version = "(.*)"$/m);
  for (const file of ['package.json', 'package-lock.json']) {
    assert.equal(JSON.parse(readFileSync(join(folder, file), 'utf8')).version, core, file);
  }
});

test('every constructor takes every argument and option, and no other', () => {
  const { cloud, gateway, options } = contract.clients;
  for (const [host, own] of Object.entries({ cloud, gateway })) {
    for (const option of [...own.arguments, ...own.options, ...options]) {
      const given = { [named(option)]: NOTHING };
      assert.throws(() => Client[host](given), { kind: 'invalid_input', field: option, message: / must be / }, option);
    }
    assert.throws(() => Client[host]({ nothing: 1 }), { field: 'nothing', message: /not known here/ });
  }
  for (const option of cloud.options) {
    const error = { kind: 'unsupported', field: option };
    const value = option === 'check_templates' ? true : 'v1.0';
    assert.throws(() => Client.gateway({ baseUrl: 'https://example.com', apiKey: 'x', [named(option)]: value }), error);
  }
});

test('the types have the same names as the contract', () => {
  const union = (names, rename = named) => names.map((name) => `'${rename(name)}'`).join(' | ') || 'never';
  const { operations, clients, event_fields: events } = contract;
  const lines = [];
  const same = (what, names, rename) =>
    lines.push(`export const n${lines.length}: Same<${what}, ${union(names, rename)}> = true;`);
  same('keyof TextMessage', operations.send_message);
  same('keyof LocationMessage', operations.send_location);
  same('keyof TemplateMessage', operations.send_template);
  same('keyof TemplateParts', operations.build_template_components);
  same('keyof Send', operations.send);
  same("Content['type']", contract.content_types, (name) => name);
  same('keyof TextContent | Common', ['type', ...operations.send_message]);
  same('keyof LocationContent | Common', ['type', ...operations.send_location]);
  // A template has some fields that `send` alone takes.
  same('Exclude<keyof TemplateMessage, keyof TemplateContent | Common>', []);
  same('keyof SendManyOptions', [...operations.send_many.filter((name) => name !== 'sends'), 'signal']);
  same('keyof Cloud', [...clients.cloud.arguments, ...clients.cloud.options, ...clients.options]);
  same('keyof Gateway', [...clients.gateway.arguments, ...clients.gateway.options, ...clients.options]);
  same('keyof Receipt', contract.receipt_fields);
  same('keyof Conversation', contract.conversation_fields);
  same('keyof Progress', contract.progress_fields);
  same('keyof wamid.TransferProgress', contract.transfer_progress_fields);
  same('keyof wamid.TransferOptions', ['signal', 'progress']);
  for (const [name, fields] of Object.entries(events)) same(`keyof wamid.${pascal(name)}Event`, fields);
  for (const [name, fields] of Object.entries(contract.event_parts)) same(`keyof wamid.${name}`, fields);
  same('keyof wamid.Media', contract.event_parts.EventMedia);
  same('keyof wamid.MessageFields | "event"', events.message);
  same("WebhookEvent['event']", Object.keys(events));
  same('keyof ErrorFields', contract.error_fields);
  same('ErrorKind', contract.error_kinds, (kind) => kind);
  same("InstanceType<Errors>['kind']", contract.error_kinds, (kind) => kind);
  const declared = Object.keys(operations).filter((name) => !(name in CALLS));
  for (const name of declared) {
    const taken = operations[name].filter((argument) => argument !== 'progress');
    if (taken.length > 0) same(`keyof wamid.${pascal(name)}Arguments`, taken);
  }
  for (const [name, fields] of Object.entries(contract.result_fields)) same(`keyof wamid.${name}`, fields);
  const methods = Object.keys(operations).filter(
    (name) => !['verify_webhook', 'parse_webhook', 'build_template_components'].includes(name),
  );
  lines.push(`export const operations: (keyof Client)[] = [${methods.map((name) => `'${camel(name)}'`)}];`);
  const source = `
    import type * as wamid from 'wamid';
    import type { ${'Send Content TextContent LocationContent TemplateContent TextMessage LocationMessage TemplateMessage TemplateParts SendManyOptions Cloud Gateway Receipt Conversation Progress WebhookEvent ErrorFields ErrorKind Client'.split(' ').join(', ')} } from 'wamid';
    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : ['missing', Exclude<B, A>]) : ['too much', Exclude<A, B>];
    /** What every send has beside its content. */
    type Common = Exclude<keyof Send, 'content'>;
    type Classes = typeof wamid;
    /** Every class of an error with a kind of its own. */
    type Errors = { [K in keyof Classes]: K extends 'WamidError' ? never : Classes[K] extends new (...of: infer _) => { kind: ErrorKind } ? Classes[K] : never }[keyof Classes];
    ${lines.join('\n')}
  `;
  // Inside the package, where 'wamid' is found.
  const made = mkdtempSync(join(folder, 'dist', 'contract-'));
  try {
    writeFileSync(join(made, 'names.mts'), source);
    const config = {
      extends: '../../tsconfig.json',
      compilerOptions: { noEmit: true, rootDir: '../..' },
      files: ['names.mts'],
      include: [],
    };
    writeFileSync(join(made, 'tsconfig.json'), JSON.stringify(config));
    const { status, stdout } = spawnSync(join(folder, 'node_modules/.bin/tsc'), ['-p', made], { encoding: 'utf8' });
    assert.equal(status, 0, stdout);
  } finally {
    rmSync(made, { recursive: true });
  }
});
