// What the page knows is in the order in which it happened, whatever comes while it asks. Without a browser.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Store } from '../../sandbox/page/store.js';
import { until } from './sandbox.mjs';

const PHONE = '15551234567';
const trouble = { offline: false, deleted: false, opted_out: false, window_closed: false, blocked: false };
const chat = { phone: PHONE, name: 'Ada', unread: 0, count: 1, last: null, reads: true, trouble };
const entry = (id, status = 'sent', seconds = 0) => ({
  id,
  phone: PHONE,
  status,
  side: id.startsWith('customer') ? 'customer' : 'business',
  time: `2026-11-29T10:00:${String(seconds).padStart(2, '0')}Z`,
});

/** The pages of the chat that were asked for, each to be answered. */
let asked = [];
/** The open stream of events. */
let stream = null;

beforeEach(() => {
  asked = [];
  globalThis.document = { hidden: false, addEventListener() {}, removeEventListener() {} };
  globalThis.EventSource = class extends EventTarget {
    constructor() {
      super();
      stream = this;
    }
    close() {}
  };
  globalThis.fetch = (address) => {
    if (address.endsWith('/state')) return Promise.resolve(Response.json({ seq: 1, chats: [chat] }));
    return new Promise((resolve) => {
      asked.push({ address, answer: (entries, more) => resolve(Response.json({ entries, more })) });
    });
  };
});

const comes = (entry) => {
  stream.dispatchEvent(Object.assign(new Event('entry'), { data: JSON.stringify(entry), lastEventId: '2' }));
};

/** Waits until the store took all that came. */
async function taken(store) {
  let isTaken = false;
  store.addEventListener('chats', () => {
    isTaken = true;
  });
  await until('the page takes what came', () => isTaken);
}

async function opened(entries, more = false) {
  const store = new Store();
  await store.start();
  const open = store.open(PHONE);
  asked.shift().answer(entries, more);
  await open;
  return store;
}

const ids = (store) => store.loaded(PHONE).ids;

test('an answer stands below the question, although the question changes after it', async () => {
  const store = await opened([]);
  comes(entry('customer-1', 'waiting'));
  comes(entry('reply-1'));
  comes(entry('customer-1', 'received'));
  await taken(store);
  assert.deepEqual(ids(store), ['customer-1', 'reply-1']);
  assert.equal(store.entry(PHONE, 'customer-1').status, 'received');
});

test('a message that comes while its chat opens is in it', async () => {
  const store = new Store();
  await store.start();
  const open = store.open(PHONE);
  comes(entry('second', 'sent', 1));
  comes(entry('first', 'read'));
  await taken(store);
  asked.shift().answer([entry('first')], false);
  await open;
  assert.deepEqual(ids(store), ['first', 'second']);
  assert.equal(store.entry(PHONE, 'first').status, 'read', 'what came is newer than the page');
});

test('a message that changes while it is loaded is as it is now', async () => {
  const store = await opened([entry('new', 'sent', 9)], true);
  const older = store.older(PHONE);
  comes(entry('old', 'read'));
  await taken(store);
  // Nothing tells whether the one that came is new.
  asked.shift().answer([entry('old')], false);
  assert.equal(await older, 1);
  assert.deepEqual(ids(store), ['old', 'new']);
  assert.equal(store.entry(PHONE, 'old').status, 'read');
});

test('what was asked before a restart of the sandbox is not shown after it', async () => {
  const store = new Store();
  await store.start();
  const before = store.open(PHONE);
  await store.start();
  const after = store.open(PHONE);
  asked.shift().answer([entry('gone')], false);
  await before;
  assert.deepEqual(ids(store), []);
  asked.shift().answer([entry('here')], false);
  await after;
  assert.deepEqual(ids(store), ['here']);
});
