// Templates as the customer sees them: what the message fills in stands in what Meta approved.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, open, reads, screenshot } from './browser.mjs';
import { Sandbox } from './sandbox.mjs';

const PHONE = '15551234567';

const CARD = (index, text) => ({
  card_index: index,
  components: [
    { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/card.png' } }] },
    { type: 'body', parameters: [{ type: 'text', text }] },
  ],
});

/** Templates, what a message fills in, and what the customer reads. */
const TEMPLATES = [
  {
    template: {
      name: 'parcel',
      components: [
        { type: 'HEADER', format: 'TEXT', text: 'Parcel {{1}}' },
        { type: 'BODY', text: 'Hello {{1}}, it comes at *{{2}}*.' },
        { type: 'FOOTER', text: 'Not for you? Tell us.' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Not at home' },
            { type: 'URL', text: 'Where is it', url: 'https://example.com/p/{{1}}' },
            { type: 'PHONE_NUMBER', text: 'Call the van', phone_number: '+15550001111' },
          ],
        },
      ],
    },
    components: [
      { type: 'header', parameters: [{ type: 'text', text: '42' }] },
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Ada' },
          { type: 'text', text: '17:00' },
        ],
      },
      { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'A42' }] },
    ],
    read: [
      'Parcel 42',
      'Hello Ada, it comes at',
      '17:00',
      'Not for you? Tell us.',
      'Not at home',
      'Where is it',
      'Call the van',
    ],
    link: 'https://example.com/p/A42',
  },
  {
    template: {
      name: 'named',
      parameter_format: 'NAMED',
      components: [{ type: 'BODY', text: 'Dear {{first_name}}, welcome.' }],
    },
    components: [{ type: 'body', parameters: [{ type: 'text', parameter_name: 'first_name', text: 'Grace' }] }],
    read: ['Dear Grace, welcome.'],
  },
  {
    template: {
      name: 'sale',
      components: [
        { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Ends soon', has_expiration: true } },
        { type: 'BODY', text: 'Half price today.' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'COPY_CODE', example: 'HALF' },
            { type: 'URL', text: 'Shop', url: 'https://example.com/shop' },
          ],
        },
      ],
    },
    components: [
      {
        type: 'limited_time_offer',
        parameters: [{ type: 'limited_time_offer', limited_time_offer: { expiration_time_ms: 1893456000000 } }],
      },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: 'HALF24' }],
      },
    ],
    read: ['Ends soon', 'Half price today.', 'Copy offer code', 'Shop'],
  },
  {
    template: {
      name: 'cards',
      components: [
        { type: 'BODY', text: 'New this week' },
        {
          type: 'CAROUSEL',
          cards: [1, 2].map(() => ({
            components: [
              { type: 'HEADER', format: 'IMAGE' },
              { type: 'BODY', text: 'Tea from {{1}}' },
              { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Tell me more' }] },
            ],
          })),
        },
      ],
    },
    components: [{ type: 'carousel', cards: [CARD(0, 'Assam'), CARD(1, 'Nilgiri')] }],
    read: ['New this week', 'Tea from Assam', 'Tea from Nilgiri', 'Tell me more'],
  },
];

test('templates are drawn with their variables filled in', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  for (const { template, components, read, link } of TEMPLATES) {
    await sandbox.template(template);
    const id = await sandbox.send(PHONE, {
      type: 'template',
      template: { name: template.name, language: { code: 'en' }, components },
    });
    assert.ok(id, `${template.name} was refused`);
    await reads(page, id, read);
    if (link)
      assert.equal(await article(page, id).getByRole('link', { name: 'Where is it' }).getAttribute('href'), link);
    await screenshot(article(page, id), `template-${template.name}`);
  }
});
