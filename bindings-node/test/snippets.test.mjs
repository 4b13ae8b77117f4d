// Written by `cargo xtask generate`: the snippets of docs/messages.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Sandbox } from 'wamid/testing';

const phone = '+91 98765-43210';
let sandbox;
let client;

before(async () => {
  sandbox = await Sandbox.start();
  client = sandbox.client();
});
after(() => sandbox.stop());

const arrives = (text) => assert.deepEqual(sandbox.messages().at(-1).body, JSON.parse(text));

test('address_message', async () => {
  await client.send({
    phone,
    content: {
      type: 'address_message',
      body: 'Where shall we deliver to?',
      country: 'IN',
      values: { name: 'Asha Rao', city: 'New Delhi' }
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"address_message","body":{"text":"Where shall we deliver to?"},"action":{"name":"address_message","parameters":{"country":"IN","values":{"name":"Asha Rao","city":"New Delhi"}}}}}');
});

test('audio', async () => {
  await client.send({ phone, content: { type: 'audio', link: 'https://example.com/greeting.ogg', voice: true } });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"audio","audio":{"link":"https://example.com/greeting.ogg","voice":true}}');
});

test('catalog', async () => {
  await client.send({
    phone,
    content: { type: 'catalog', body: 'See what is new.', thumbnailProductRetailerId: 'book-1042' }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"catalog_message","body":{"text":"See what is new."},"action":{"name":"catalog_message","parameters":{"thumbnail_product_retailer_id":"book-1042"}}}}');
});

test('contact_request', async () => {
  await client.send({ phone, content: { type: 'contact_request', body: 'May we call you about your order?' } });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"request_contact_info","body":{"text":"May we call you about your order?"},"action":{"name":"request_contact_info"}}}');
});

test('contacts', async () => {
  await client.send({
    phone,
    content: {
      type: 'contacts',
      contacts: [{
        formattedName: "Asha's Books",
        company: "Asha's Books",
        phones: [{ phone: '+91 98765-43210', type: 'WORK', waId: '919876543210' }]
      }]
    }
  });
  arrives(String.raw`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"contacts","contacts":[{"name":{"formatted_name":"Asha's Books","first_name":"Asha's Books"},"phones":[{"phone":"+91 98765-43210","type":"WORK","wa_id":"919876543210"}],"org":{"company":"Asha's Books"}}]}`);
});

test('cta_url', async () => {
  await client.send({
    phone,
    content: {
      type: 'cta_url',
      body: 'Your order is on its way.',
      displayText: 'Track it',
      url: 'https://example.com/t/A-1042',
      footer: "Asha's Books"
    }
  });
  arrives(String.raw`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"cta_url","body":{"text":"Your order is on its way."},"footer":{"text":"Asha's Books"},"action":{"name":"cta_url","parameters":{"display_text":"Track it","url":"https://example.com/t/A-1042"}}}}`);
});

test('document', async () => {
  await client.send({
    phone,
    content: {
      type: 'document',
      link: 'https://example.com/i/1042.pdf',
      caption: 'Your invoice',
      filename: 'invoice-1042.pdf'
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"document","document":{"link":"https://example.com/i/1042.pdf","caption":"Your invoice","filename":"invoice-1042.pdf"}}');
});

test('flow', async () => {
  await client.send({
    phone,
    content: {
      type: 'flow',
      body: 'How was your stay?',
      button: 'Tell us',
      flowId: '1037543291543636',
      flowToken: 'stay-1042',
      screen: 'RATING',
      header: 'Your opinion'
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"flow","header":{"type":"text","text":"Your opinion"},"body":{"text":"How was your stay?"},"action":{"name":"flow","parameters":{"flow_message_version":"3","flow_id":"1037543291543636","flow_cta":"Tell us","flow_token":"stay-1042","flow_action":"navigate","flow_action_payload":{"screen":"RATING"}}}}}');
});

test('image', async () => {
  await client.send({
    phone,
    content: { type: 'image', link: 'https://example.com/receipt.png', caption: 'Your receipt' }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"image","image":{"link":"https://example.com/receipt.png","caption":"Your receipt"}}');
});

test('list', async () => {
  await client.send({
    phone,
    content: {
      type: 'list',
      body: 'When shall we come?',
      button: 'Times',
      sections: [
        {
          rows: [
            { id: 'today-17', title: '17:00 to 18:00' },
            { id: 'today-18', title: '18:00 to 19:00', description: 'The last van of the day' }
          ],
          title: 'Today'
        },
        { rows: [{ id: 'tomorrow-9', title: '9:00 to 10:00' }], title: 'Tomorrow' }
      ]
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"list","body":{"text":"When shall we come?"},"action":{"button":"Times","sections":[{"title":"Today","rows":[{"id":"today-17","title":"17:00 to 18:00"},{"id":"today-18","title":"18:00 to 19:00","description":"The last van of the day"}]},{"title":"Tomorrow","rows":[{"id":"tomorrow-9","title":"9:00 to 10:00"}]}]}}}');
});

test('location', async () => {
  await client.send({
    phone,
    content: {
      type: 'location',
      latitude: 28.6139,
      longitude: 77.209,
      name: 'Our Office',
      address: 'Connaught Place, New Delhi'
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"location","location":{"latitude":28.6139,"longitude":77.209,"name":"Our Office","address":"Connaught Place, New Delhi"}}');
});

test('location_request', async () => {
  await client.send({ phone, content: { type: 'location_request', body: 'Where shall we deliver?' } });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"location_request_message","body":{"text":"Where shall we deliver?"},"action":{"name":"send_location"}}}');
});

test('product', async () => {
  await client.send({
    phone,
    content: {
      type: 'product',
      catalogId: '146265584024623',
      productRetailerId: 'book-1042',
      body: 'It is back in stock.'
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product","body":{"text":"It is back in stock."},"action":{"catalog_id":"146265584024623","product_retailer_id":"book-1042"}}}');
});

test('product_list', async () => {
  await client.send({
    phone,
    content: {
      type: 'product_list',
      body: 'Picked for you',
      header: 'Our novels',
      catalogId: '146265584024623',
      sections: [
        { productRetailerIds: ['book-1042', 'book-1043'], title: 'New' },
        { productRetailerIds: ['book-7'], title: 'Classics' }
      ]
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"product_list","header":{"type":"text","text":"Our novels"},"body":{"text":"Picked for you"},"action":{"catalog_id":"146265584024623","sections":[{"title":"New","product_items":[{"product_retailer_id":"book-1042"},{"product_retailer_id":"book-1043"}]},{"title":"Classics","product_items":[{"product_retailer_id":"book-7"}]}]}}}');
});

test('raw', async () => {
  await client.send({
    phone,
    content: {
      type: 'raw',
      messageType: 'interactive',
      object: { type: 'voice_call', body: { text: 'Call us' }, action: { name: 'voice_call' } }
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"voice_call","body":{"text":"Call us"},"action":{"name":"voice_call"}}}');
});

test('reaction', async () => {
  await client.send({
    phone,
    content: {
      type: 'reaction',
      messageId: 'wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA',
      emoji: '👍'
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"reaction","reaction":{"message_id":"wamid.HBgLMTY1MDUwNzY1MjAVAgARGBI5QTNDQTVCM0Q0Q0Q2RTY3RTcA","emoji":"👍"}}');
});

test('reply_buttons', async () => {
  await client.send({
    phone,
    content: {
      type: 'reply_buttons',
      body: 'Shall we deliver it today?',
      buttons: [{ id: 'yes', title: 'Yes' }, { id: 'tomorrow', title: 'Tomorrow' }],
      header: 'Your order',
      footer: "Asha's Books"
    }
  });
  arrives(String.raw`{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"interactive","interactive":{"type":"button","header":{"type":"text","text":"Your order"},"body":{"text":"Shall we deliver it today?"},"footer":{"text":"Asha's Books"},"action":{"buttons":[{"type":"reply","reply":{"id":"yes","title":"Yes"}},{"type":"reply","reply":{"id":"tomorrow","title":"Tomorrow"}}]}}}`);
});

test('sticker', async () => {
  await client.send({ phone, content: { type: 'sticker', link: 'https://example.com/thanks.webp' } });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"sticker","sticker":{"link":"https://example.com/thanks.webp"}}');
});

test('template', async () => {
  await client.send({
    phone,
    content: {
      type: 'template',
      templateName: 'order_update',
      language: 'en_US',
      bodyParams: ['Asha', 'A-1042']
    }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"template","template":{"name":"order_update","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Asha"},{"type":"text","text":"A-1042"}]}]}}');
});

test('text', async () => {
  await client.send({
    phone,
    content: { type: 'text', message: 'Your table is ready: https://example.com/t/7', previewUrl: true }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"text","text":{"body":"Your table is ready: https://example.com/t/7","preview_url":true}}');
});

test('video', async () => {
  await client.send({
    phone,
    content: { type: 'video', link: 'https://example.com/tour.mp4', caption: 'Your room' }
  });
  arrives('{"messaging_product":"whatsapp","recipient_type":"individual","to":"+919876543210","type":"video","video":{"link":"https://example.com/tour.mp4","caption":"Your room"}}');
});
