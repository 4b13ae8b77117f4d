// axe-core finds nothing: in light and dark, in a narrow window, with each window of the page open.

import { test } from 'node:test';
import { accessible, article, open, screenshot } from './browser.mjs';
import { picture } from './files.mjs';
import { Sandbox } from './sandbox.mjs';

const PHONE = '15551234567';

/** A chat with something of everything, and the ids of what opens a window. */
async function furnished(sandbox) {
  const interactive = (message) => sandbox.send(PHONE, { type: 'interactive', interactive: message });
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'set', name: 'Ada Lovelace' });
  await sandbox.text('4915112345678', 'Another chat');
  const image = await sandbox.upload(picture(), 'image/png', 'a.png');
  await sandbox.send(PHONE, { type: 'image', image: { id: image, caption: 'Look' } });
  await sandbox.send(PHONE, { type: 'image', image: { link: 'https://example.com/a.png' } });
  await sandbox.send(PHONE, { type: 'document', document: { link: 'https://example.com/a.pdf', filename: 'a.pdf' } });
  await sandbox.send(PHONE, {
    type: 'location',
    location: { latitude: 1, longitude: 2, name: 'Here', address: 'There' },
  });
  await sandbox.send(PHONE, {
    type: 'contacts',
    contacts: [
      { name: { formatted_name: 'Grace', first_name: 'Grace' }, phones: [{ phone: '+15550001111', type: 'CELL' }] },
    ],
  });
  const text = await sandbox.text(PHONE, '*bold* `code` https://example.com\n> quote\n- list', { preview_url: true });
  await sandbox.send(PHONE, { type: 'reaction', reaction: { message_id: text, emoji: '👍' } });
  await sandbox.send('15550131026', { type: 'text', text: { body: 'refused' } });
  await sandbox.send(PHONE, { type: 'hologram', hologram: { colour: 'blue' } });
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'text', text: 'An answer', reply_to: text });
  await sandbox.template({
    name: 'offer',
    components: [
      { type: 'BODY', text: 'Hello' },
      { type: 'FOOTER', text: 'Bye' },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'Fine' },
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550001111' },
        ],
      },
    ],
  });
  await sandbox.send(PHONE, { type: 'template', template: { name: 'offer', language: { code: 'en' } } });
  const products = [{ title: 'New', product_items: [{ product_retailer_id: 'SKU-1' }] }];
  const ids = {
    list: await interactive({
      type: 'list',
      body: { text: 'When?' },
      action: {
        button: 'Times',
        sections: [{ title: 'Today', rows: [{ id: '1', title: '17:00', description: 'Late' }] }],
      },
    }),
    order: await interactive({
      type: 'product_list',
      header: { type: 'text', text: 'Tea' },
      body: { text: 'Picked' },
      action: { catalog_id: '1', sections: products },
    }),
    flow: await interactive({
      type: 'flow',
      body: { text: 'Tell us' },
      action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Begin' } },
    }),
    place: await interactive({
      type: 'location_request_message',
      body: { text: 'Where?' },
      action: { name: 'send_location' },
    }),
    contact: await interactive({
      type: 'request_contact_info',
      body: { text: 'Who?' },
      action: { name: 'request_contact_info' },
    }),
    buttons: await interactive({
      type: 'button',
      header: { type: 'text', text: 'Order' },
      body: { text: 'Yes?' },
      footer: { text: 'Footer' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'y', title: 'Yes' } },
          { type: 'reply', reply: { id: 'n', title: 'No' } },
        ],
      },
    }),
  };
  await sandbox.control(`phone/chats/${PHONE}`, { act: 'press', title: 'Yes' });
  return ids;
}

const WINDOWS = { list: 'Times', order: 'View items', flow: 'Begin', place: 'Send location', contact: 'Share contact' };
const LOOKS = {
  light: {},
  dark: { dark: true },
  narrow: { width: 390, height: 780 },
  'narrow-dark': { width: 390, height: 780, dark: true },
};

for (const [look, options] of Object.entries(LOOKS)) {
  test(`axe-core finds nothing: ${look}`, async (t) => {
    const sandbox = await Sandbox.start(t);
    const ids = await furnished(sandbox);
    const page = await open(sandbox, { phone: PHONE, ...options });
    await article(page, ids.buttons).locator('.answered').waitFor();
    await accessible(page, 'the chat');
    await screenshot(page, `chat-${look}`);
    await page.locator('.scroller').evaluate((scroller) => scroller.scrollTo(0, 0));
    await page.locator('article').first().getByAltText('Look').waitFor();
    await accessible(page, 'the beginning of the chat');
    await screenshot(page, `chat-${look}-begin`);
    await page.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
    await page.getByRole('switch', { name: 'Offline' }).check();
    await accessible(page, 'the switches');
    await screenshot(page, `switches-${look}`);
    await page.getByRole('switch', { name: 'Offline' }).uncheck();
    await page.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
    for (const [name, title] of Object.entries(WINDOWS)) {
      await article(page, ids[name]).getByRole('button', { name: title, exact: true }).click();
      await page.getByRole('dialog').waitFor();
      await accessible(page, `the window ${name}`);
      await screenshot(page, `window-${name}-${look}`);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await page
      .locator('.composer input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture() });
    await accessible(page, 'the window of a file');
    await page.keyboard.press('Escape');
    await article(page, ids.buttons).getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menu').waitFor();
    await accessible(page, 'the menu');
    await screenshot(page, `menu-${look}`);
    await page.keyboard.press('Escape');
    await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
    await page.keyboard.press('Enter');
    await page.getByText('No webhook is set: nobody was told.').waitFor();
    await accessible(page, 'no webhook');
    if (options.width) await page.getByRole('button', { name: 'Back to the chats' }).click();
    await page.getByText('Another chat').waitFor();
    await page.getByRole('searchbox').fill('4915');
    await accessible(page, 'the list of chats');
    await screenshot(page, `chats-${look}`);
    await page.locator('.webhook').click();
    await page.getByRole('dialog', { name: 'Webhooks' }).waitFor();
    await accessible(page, 'the window of the webhook');
  });
}
