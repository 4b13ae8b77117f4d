// Forms that a customer fills in and orders that they give: each becomes the webhook that Meta would send.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, article, screenshot } from './browser.mjs';
import { conversation, interactive, PHONE } from './conversation.mjs';

const button = (page, id, name) => article(page, id).getByRole('button', { name, exact: true });
const dialog = (page) => page.getByRole('dialog');

const SURVEY = {
  version: '6.0',
  screens: [
    {
      id: 'RATING',
      title: 'Your stay',
      data: { guest: { type: 'string', __example__: 'Ada' } },
      layout: {
        type: 'SingleColumnLayout',
        children: [
          {
            type: 'Form',
            name: 'form',
            children: [
              { type: 'TextBody', text: '${data.guest}' },
              {
                type: 'RadioButtonsGroup',
                name: 'rating',
                label: 'How was it?',
                required: true,
                'data-source': [
                  { id: '5', title: 'Good' },
                  { id: '1', title: 'Bad' },
                ],
              },
              {
                type: 'Footer',
                label: 'Continue',
                'on-click-action': {
                  name: 'navigate',
                  next: { type: 'screen', name: 'MORE' },
                  payload: { rating: '${form.rating}' },
                },
              },
            ],
          },
        ],
      },
    },
    {
      id: 'MORE',
      title: 'Tell us more',
      terminal: true,
      data: { rating: { type: 'string', __example__: '1' } },
      layout: {
        type: 'SingleColumnLayout',
        children: [
          {
            type: 'Form',
            name: 'form',
            children: [
              { type: 'TextArea', name: 'comment', label: 'Comment' },
              { type: 'OptIn', name: 'news', label: 'Send me news' },
              {
                type: 'Footer',
                label: 'Done',
                'on-click-action': {
                  name: 'complete',
                  payload: { stars: '${data.rating}', comment: '${form.comment}', news: '${form.news}' },
                },
              },
            ],
          },
        ],
      },
    },
  ],
};

const flow = (id) =>
  interactive({
    type: 'flow',
    body: { text: 'How was your stay?' },
    action: {
      name: 'flow',
      parameters: {
        flow_message_version: '3',
        flow_id: id,
        flow_cta: 'Tell us',
        flow_token: 'stay-1',
        flow_action: 'navigate',
        flow_action_payload: { screen: 'RATING', data: { guest: 'Grace' } },
      },
    },
  });

test('a flow is filled in, screen after screen', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const id = await sandbox.send(PHONE, flow(await sandbox.flow(SURVEY)));
  await button(page, id, 'Tell us').click();
  await dialog(page).getByText('Grace').waitFor();
  await dialog(page).getByLabel('Good').check();
  await screenshot(page, 'dialog-flow');
  await accessible(page, 'a screen of a flow');
  await dialog(page).getByRole('button', { name: 'Continue' }).click();
  await dialog(page).getByLabel('Comment').fill('Lovely');
  await dialog(page).getByLabel('Send me news').check();
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  const answer = await receiver.message('interactive');
  assert.deepEqual(JSON.parse(answer.interactive.nfm_reply.response_json), {
    stars: '5',
    comment: 'Lovely',
    news: true,
    flow_token: 'stay-1',
  });
  await article(page, answer.id).getByText('Form sent').waitFor();
  await article(page, answer.id).getByText('Lovely').waitFor();
});

test('a flow that the sandbox does not know is answered by names and values', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const id = await sandbox.send(PHONE, flow('1037543291543636'));
  await button(page, id, 'Tell us').click();
  await dialog(page).getByLabel('Name 1').fill('rating');
  await dialog(page).getByLabel('Value 1').fill('4');
  await dialog(page).getByRole('button', { name: 'Another field' }).click();
  await dialog(page).getByRole('button', { name: 'Send the form' }).click();
  const answer = await receiver.message('interactive');
  assert.deepEqual(JSON.parse(answer.interactive.nfm_reply.response_json), { rating: '4', flow_token: 'stay-1' });
});

test('products are ordered', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const sections = [
    { title: 'New', product_items: [{ product_retailer_id: 'SKU-1' }, { product_retailer_id: 'SKU-2' }] },
  ];
  const id = await sandbox.send(
    PHONE,
    interactive({
      type: 'product_list',
      header: { type: 'text', text: 'Our tea' },
      body: { text: 'Picked for you' },
      action: { catalog_id: '194836987003835', sections },
    }),
  );
  await button(page, id, 'View items').click();
  await dialog(page).getByRole('button', { name: 'Send the order' }).click();
  await dialog(page).getByText('Give at least one item a quantity.').waitFor();
  await dialog(page).getByLabel('Quantity of Product 2').fill('3');
  await dialog(page).getByLabel('Note (optional)').fill('As a gift');
  await screenshot(page, 'dialog-order');
  await dialog(page).getByRole('button', { name: 'Send the order' }).click();
  const { order } = await receiver.message('order');
  assert.equal(order.text, 'As a gift');
  assert.deepEqual(
    order.product_items.map((item) => [item.product_retailer_id, Number(item.quantity)]),
    [['SKU-2', 3]],
  );

  const product = await sandbox.send(
    PHONE,
    interactive({
      type: 'product',
      body: { text: 'Back' },
      action: { catalog_id: '194836987003835', product_retailer_id: 'SKU-1' },
    }),
  );
  await button(page, product, 'View').click();
  await dialog(page).getByRole('button', { name: 'Send the order' }).click();
  assert.equal((await receiver.message('order')).order.product_items[0].product_retailer_id, 'SKU-1');

  const catalog = await sandbox.send(
    PHONE,
    interactive({ type: 'catalog_message', body: { text: 'All' }, action: { name: 'catalog_message' } }),
  );
  await button(page, catalog, 'View catalog').click();
  await dialog(page).getByLabel('Quantity of Product 101').fill('1');
  await dialog(page).getByRole('button', { name: 'Send the order' }).click();
  assert.equal((await receiver.message('order')).order.product_items[0].product_retailer_id, 'SKU-101');
});

test('an address is given where the business asks for one', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const parameters = { country: 'IN', values: { name: 'Asha Rao', city: 'New Delhi' } };
  const id = await sandbox.send(
    PHONE,
    interactive({
      type: 'address_message',
      body: { text: 'Where to?' },
      action: { name: 'address_message', parameters },
    }),
  );
  await button(page, id, 'Provide address').click();
  await dialog(page).getByLabel('Value 3').fill('110001');
  await screenshot(page, 'dialog-address');
  await accessible(page, 'the form of an address');
  await dialog(page).getByRole('button', { name: 'Send the form' }).click();
  const { nfm_reply: answer } = (await receiver.message('interactive')).interactive;
  assert.equal(answer.name, 'address_message');
  assert.deepEqual(JSON.parse(answer.response_json).values, {
    name: 'Asha Rao',
    in_pin_code: '110001',
    city: 'New Delhi',
  });
});

test('a field may be named like a member of a form, and a form that asks its endpoint says that it ends there', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const names = ['elements', 'wanted', 'append', 'addEventListener', 'querySelector', 'submit'];
  const flow = await sandbox.flow({
    version: '6.0',
    data_api_version: '3.0',
    routing_model: { ONLY: [] },
    screens: [
      {
        id: 'ONLY',
        terminal: true,
        layout: {
          type: 'SingleColumnLayout',
          children: [
            ...names.map((name) => ({ type: 'TextInput', name, label: `The ${name}` })),
            { type: 'TextBody', text: 'Hidden', visible: '${data.shown}' },
            { type: 'Footer', label: 'Done', 'on-click-action': { name: 'data_exchange', payload: {} } },
          ],
        },
        data: { shown: { type: 'boolean', __example__: false } },
      },
    ],
  });
  const id = await sandbox.send(
    PHONE,
    interactive({
      type: 'flow',
      body: { text: 'Names' },
      action: {
        name: 'flow',
        parameters: {
          flow_message_version: '3',
          flow_id: flow,
          flow_cta: 'Begin',
          flow_action: 'navigate',
          flow_action_payload: { screen: 'ONLY' },
        },
      },
    }),
  );
  await button(page, id, 'Begin').click();
  await dialog(page).getByText('the Flow ends with this screen').waitFor();
  assert.equal(await dialog(page).getByText('Hidden').count(), 0);
  for (const name of names) await dialog(page).getByLabel(`The ${name}`).fill(name);
  await dialog(page).getByRole('button', { name: 'Done' }).click();
  const answer = JSON.parse((await receiver.message('interactive')).interactive.nfm_reply.response_json);
  for (const name of names) assert.equal(answer[name], name);
});
