// A message may be refused because it is built wrong: it is in its chat nevertheless, and the page draws it. Without a browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './document.mjs';

const { bubble } = await import('../../sandbox/page/bubble.js');
const { words } = await import('../../sandbox/page/words.js');
const { callsOf } = await import('../../sandbox/page/calls/calls.js');

const WRONG = [null, 5, 'x', true, [], {}, [null], ['x'], [{}], { body: 5 }, { text: null }];
const TYPES = [
  'audio',
  'button',
  'contacts',
  'document',
  'image',
  'interactive',
  'location',
  'order',
  'reaction',
  'sticker',
  'system',
  'template',
  'text',
  'video',
  'new',
];
const INTERACTIVE = [
  'address_message',
  'button',
  'button_reply',
  'call_permission_request',
  'carousel',
  'catalog_message',
  'cta_url',
  'flow',
  'list',
  'list_reply',
  'location_request_message',
  'nfm_reply',
  'order_details',
  'order_status',
  'product',
  'product_list',
  'request_contact_info',
  'voice_call',
  'new',
];
const MEMBERS = [
  'body',
  'caption',
  'filename',
  'id',
  'link',
  'name',
  'address',
  'emoji',
  'text',
  'phones',
  'org',
  'urls',
  'product_items',
  'latitude',
];
const buttons = ['QUICK_REPLY', 'URL', 'MPM', 'FLOW', 'OTP', 'COPY_CODE', 'CATALOG', 'PHONE_NUMBER'].map((type) => ({
  type,
  text: 'T',
  url: 'https://example.com/{{1}}',
}));
const card = {
  components: [
    { type: 'BODY', text: 'a {{1}}' },
    { type: 'BUTTONS', buttons },
  ],
};
const DEFINITION = {
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    ...card.components,
    { type: 'FOOTER', text: 'f' },
    { type: 'CAROUSEL', cards: [card] },
    { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 't' } },
  ],
};
const entry = (type, content, more = {}) => ({
  id: 'wamid.1',
  phone: '15551234567',
  side: 'business',
  type,
  body: { type, [type]: content },
  time: '2026-11-29T10:00:00Z',
  status: 'accepted',
  reactions: {},
  answered: [],
  pressed: [],
  ...more,
});
const context = {
  chat: { phone: '15551234567', name: 'Ada' },
  store: { state: { business: 'Shop', products: [] }, product: () => null, entry: () => null },
};

/** The page draws a message, says it in a line, and writes its calls. */
function holds(type, content, more) {
  const sent = entry(type, content, more);
  const what = JSON.stringify(sent.body);
  assert.doesNotThrow(() => {
    assert.ok(bubble(sent, context).article.textContent, what);
    assert.ok(words(sent), what);
    callsOf(sent.body, { graphUrl: 'http://127.0.0.1:8090', phoneNumberId: '1' });
  }, what);
}

for (const type of TYPES) {
  test(`a wrong ${type}`, () => {
    for (const wrong of WRONG) {
      holds(type, wrong);
      holds(type, [{ name: wrong, phones: wrong }]);
      holds(type, { product_items: [wrong] });
      for (const member of MEMBERS) holds(type, { body: 'x', [member]: wrong });
    }
  });
}

for (const type of INTERACTIVE) {
  test(`a wrong interactive message of type ${type}`, () => {
    for (const wrong of WRONG) {
      const body = { text: 'x' };
      for (const part of ['header', 'body', 'footer', 'action'])
        holds('interactive', { type, body, action: {}, [part]: wrong });
      holds('interactive', { type, body: { text: wrong }, header: { type: wrong, text: wrong } });
      for (const part of ['buttons', 'sections', 'cards', 'parameters', 'product_retailer_id', 'button'])
        for (const action of [{ [part]: wrong }, { [part]: [wrong] }]) holds('interactive', { type, body, action });
      for (const order of [wrong, { items: wrong }, { items: [wrong] }])
        holds('interactive', { type, body, action: { parameters: { order, url: wrong } } });
      const rows = { title: wrong, rows: wrong, product_items: wrong };
      holds('interactive', { type, body, action: { sections: [rows], cards: [{ action: { buttons: wrong } }] } });
    }
  });
}

test('a template that is filled in wrongly', () => {
  for (const template of [undefined, DEFINITION, ...WRONG]) {
    for (const wrong of WRONG) {
      holds('template', { name: wrong, components: wrong }, { template });
      for (const type of ['body', 'header', 'button', 'carousel', 'limited_time_offer'])
        for (const held of [wrong, [wrong], [{ action: wrong }], [{ action: { sections: wrong } }]])
          for (const index of [0, 2]) {
            const components = [{ type, index, parameters: held, cards: held }];
            holds('template', { name: 'n', components }, { template });
          }
    }
  }
});

test('one that is built wrong is listed as it was sent', () => {
  const sent = entry('interactive', { type: 'button', body: { text: 'Hello' }, action: { buttons: [null, 'Yes'] } });
  const { article } = bubble(sent, context);
  assert.match(article.textContent, /Hello/u);
  assert.match(article.textContent, /Yes/u);
});
