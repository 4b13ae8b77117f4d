// What the customer does on the page: each becomes the webhook that Meta would send, signed, and the page says who got it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, choose, open, screenshot } from './browser.mjs';
import { conversation, interactive, PHONE } from './conversation.mjs';
import { picture, sound } from './files.mjs';
import { Sandbox, until } from './sandbox.mjs';

const write = async (page, text) => {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.keyboard.press('Enter');
};
/** A button of the newest message that has it. */
const button = (page, id, name) => article(page, id).getByRole('button', { name, exact: true });
const dialog = (page) => page.getByRole('dialog');

test('a text is told, and the page says to whom and what it answered', async (t) => {
  const { receiver, page } = await conversation(t);
  await write(page, 'Is anybody there?');
  const message = await receiver.message('text');
  assert.equal(message.text.body, 'Is anybody there?');
  assert.equal(message.from, PHONE);
  await page.locator('.delivery.good').getByText(`${receiver.url} answered 200`).waitFor();
  await article(page, message.id).locator('.status.received').waitFor();
  assert.equal(receiver.forged, 0);
});

test('a reply names what it answers, and a click on the quote goes there', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const id = await sandbox.text(PHONE, 'Which size?');
  await choose(page, id, 'Reply');
  await write(page, 'Medium');
  const message = await receiver.message('text');
  assert.equal(message.context.id, id);
  const quote = article(page, message.id).locator('.quote');
  await quote.getByText('Which size?').waitFor();
  await quote.click();
  await until('the quoted message has the focus', () =>
    article(page, id).evaluate((element) => element === document.activeElement),
  );
});

test('buttons, rows and quick replies are pressed', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const asked = await sandbox.send(
    PHONE,
    interactive({
      type: 'button',
      body: { text: 'Today?' },
      action: { buttons: ['Yes', 'No'].map((title) => ({ type: 'reply', reply: { id: title.toLowerCase(), title } })) },
    }),
  );
  await button(page, asked, 'Yes').click();
  const pressed = await receiver.message('interactive');
  assert.deepEqual(pressed.interactive.button_reply, { id: 'yes', title: 'Yes' });
  assert.equal(pressed.context.id, asked);
  await article(page, asked).locator('.action.answered', { hasText: 'Yes' }).waitFor();

  const rows = [
    { id: '17', title: '17:00', description: 'The last van' },
    { id: '9', title: '9:00' },
  ];
  const listed = await sandbox.send(
    PHONE,
    interactive({
      type: 'list',
      body: { text: 'When?' },
      action: { button: 'Times', sections: [{ title: 'Today', rows }] },
    }),
  );
  await button(page, listed, 'Times').click();
  await dialog(page).getByRole('heading', { name: 'Today' }).waitFor();
  await screenshot(page, 'dialog-list');
  await dialog(page).getByRole('button', { name: '17:00' }).click();
  const chosen = await receiver.message('interactive');
  assert.deepEqual(chosen.interactive.list_reply, rows[0]);
  await dialog(page).waitFor({ state: 'detached' });

  await sandbox.template({
    name: 'ask',
    components: [
      { type: 'BODY', text: 'Well?' },
      { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: 'Fine' }] },
    ],
  });
  const template = await sandbox.send(PHONE, { type: 'template', template: { name: 'ask', language: { code: 'en' } } });
  await button(page, template, 'Fine').click();
  const quick = await receiver.message('button');
  assert.equal(quick.button.text, 'Fine');
  assert.equal(quick.context.id, template);
});

test('of buttons and rows with one title, the one that was pressed is meant', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const card = (index) => ({
    card_index: index,
    type: 'quick_reply',
    header: { type: 'image', image: { link: 'https://example.com/room.png' } },
    body: { text: `Room ${index + 1}` },
    action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `room-${index + 1}`, title: 'Choose' } }] },
  });
  const cards = await sandbox.send(
    PHONE,
    interactive({ type: 'carousel', body: { text: 'Our rooms' }, action: { cards: [card(0), card(1)] } }),
  );
  const second = article(page, cards).locator('.carousel > li').nth(1).getByRole('button');
  await second.click();
  assert.equal((await receiver.message('interactive')).interactive.button_reply.id, 'room-2');
  await article(page, cards).locator('.action.answered').waitFor();
  assert.match(await second.textContent(), /pressed/u);
  assert.equal(await article(page, cards).locator('.action.answered').count(), 1);

  const rows = ['a', 'b'].map((id) => ({ id, title: 'Single room', description: `House ${id}` }));
  const listed = await sandbox.send(
    PHONE,
    interactive({
      type: 'list',
      body: { text: 'Which?' },
      action: { button: 'Rooms', sections: [{ title: 'All', rows }] },
    }),
  );
  await button(page, listed, 'Rooms').click();
  await dialog(page).getByRole('button', { name: 'House b' }).click();
  assert.deepEqual((await receiver.message('interactive')).interactive.list_reply, rows[1]);
});

test('a reaction stands on its message, and is taken back', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const id = await sandbox.text(PHONE, 'Thank you');
  await choose(page, id, 'Heart');
  const reaction = await receiver.message('reaction');
  assert.deepEqual(reaction.reaction, { message_id: id, emoji: '❤️' });
  await article(page, id).locator('.reaction', { hasText: '❤️' }).waitFor();
  await choose(page, id, 'Take the reaction back');
  const taken = await receiver.message('reaction');
  assert.equal(taken.reaction.emoji, undefined);
  await article(page, id).locator('.reaction').waitFor({ state: 'detached' });
  await sandbox.send(PHONE, { type: 'reaction', reaction: { message_id: id, emoji: '👍' } });
  await article(page, id).locator('.reaction', { hasText: '👍' }).waitFor();
});

test('files are chosen and dropped', async (t) => {
  const { receiver, page } = await conversation(t);
  const chooser = page.locator('.composer input[type=file]');
  await chooser.setInputFiles({ name: 'square.png', mimeType: 'image/png', buffer: picture() });
  await dialog(page).getByLabel('Caption (optional)').fill('My square');
  await screenshot(page, 'dialog-file');
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  const image = await receiver.message('image');
  assert.equal(image.image.caption, 'My square');
  assert.equal(image.image.mime_type, 'image/png');
  await article(page, image.id).getByAltText('My square').waitFor();

  await chooser.setInputFiles({ name: 'hello.mp3', mimeType: 'audio/mpeg', buffer: sound() });
  await dialog(page).getByLabel('As a voice message').check();
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  assert.equal((await receiver.message('audio')).audio.voice, true);

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['%PDF-1.4'], 'bill.pdf', { type: 'application/pdf' }));
    return data;
  });
  await page.locator('.open-chat').dispatchEvent('drop', { dataTransfer: dropped });
  await dialog(page).getByText('bill.pdf').waitFor();
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  assert.equal((await receiver.message('document')).document.filename, 'bill.pdf');

  page.mayBeRefused = true;
  await chooser.setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<p>') });
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  await dialog(page).getByRole('alert').getByText(/./u).waitFor();
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
});

test('a pin and a contact are sent, also where the business asked', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  const where = await sandbox.send(
    PHONE,
    interactive({ type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } }),
  );
  await button(page, where, 'Send location').click();
  await dialog(page).getByLabel('Latitude').fill('28.6139');
  await dialog(page).getByLabel('Longitude').fill('77.209');
  await dialog(page).getByLabel('Name (optional)').fill('Home');
  await screenshot(page, 'dialog-place');
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  const pin = await receiver.message('location');
  assert.deepEqual(
    [pin.location.latitude, pin.location.longitude, pin.location.name, pin.context.id],
    [28.6139, 77.209, 'Home', where],
  );

  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name: 'Contact' }).click();
  await dialog(page).getByLabel('Name').fill('Grace Hopper');
  await dialog(page).getByRole('button', { name: 'Send' }).click();
  const contact = await receiver.message('contacts');
  assert.equal(contact.contacts[0].name.formatted_name, 'Grace Hopper');
  assert.equal(contact.contacts[0].phones[0].wa_id, PHONE);
});

test('a message is edited and deleted', async (t) => {
  const { receiver, page } = await conversation(t);
  await write(page, 'Two please');
  const { id } = await receiver.message('text');
  await choose(page, id, 'Edit');
  await page.getByRole('textbox', { name: 'Message' }).fill('Three please');
  await page.keyboard.press('Enter');
  const edit = await receiver.message('edit');
  assert.equal(edit.edit.original_message_id, id);
  await article(page, id).getByText('Three please').waitFor();
  await article(page, id).getByText('edited').waitFor();
  await choose(page, id, 'Delete');
  assert.equal((await receiver.message('revoke')).revoke.original_message_id, id);
  await article(page, id).getByText('This message was deleted').waitFor();
});

test('a customer is given a name, by which the business knows them', async (t) => {
  const { receiver, page } = await conversation(t);
  await page.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
  await page.getByLabel('Name of the customer').fill('Ada Lovelace');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByRole('heading', { name: 'Ada Lovelace' }).waitFor();
  await write(page, 'It is me');
  assert.equal((await receiver.message('text')).name, 'Ada Lovelace');
});

test('messages are marked as read, on either side', async (t) => {
  const { sandbox, receiver, page } = await conversation(t);
  await page.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
  await page.getByRole('switch', { name: 'Reads at once' }).uncheck();
  const id = await sandbox.text(PHONE, 'Read me');
  await article(page, id).locator('.status.delivered').waitFor();
  assert.equal(
    receiver.statuses.some((status) => status.id === id && status.status === 'read'),
    false,
  );
  await page.getByRole('button', { name: 'Mark read' }).click();
  await receiver.reported(id, 'read');
  await article(page, id).locator('.status.read').waitFor();

  await write(page, 'And you me');
  const said = await receiver.message('text');
  await sandbox.graph(`${sandbox.WAMID_PHONE_NUMBER_ID}/messages`, {
    messaging_product: 'whatsapp',
    status: 'read',
    message_id: said.id,
  });
  await article(page, said.id).locator('.status.seen').waitFor();
});

test('without a webhook the page says so, and takes an address', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  await write(page, 'Hello?');
  await page.locator('article .status.no_webhook').waitFor();
  await page.getByText('No webhook is set: nobody was told.').waitFor();
  await screenshot(page, 'no-webhook');
  const receiver = await sandbox.receiver(t);
  await sandbox.control('webhook', { url: null });
  await page.getByLabel('Address of your webhook').fill(receiver.url);
  await page.getByRole('button', { name: 'Set webhook' }).click();
  await page.locator('.side .webhook').getByText(receiver.url).waitFor();
  await write(page, 'Hello again');
  assert.equal((await receiver.message('text')).text.body, 'Hello again');
});

test('what a receiver answers is shown where it is no 200', async (t) => {
  const sandbox = await Sandbox.start(t);
  const page = await open(sandbox, { phone: PHONE });
  for (const status of [500, 204]) {
    const receiver = await sandbox.receiver(t, { status });
    await write(page, `Hello ${status}`);
    await page.locator('.delivery.bad').getByText(`${receiver.url} answered ${status}, Meta wants 200`).waitFor();
    const { id } = await page.locator('article', { hasText: `Hello ${status}` }).evaluate(({ dataset }) => dataset);
    await choose(page, id, 'Over the wire');
    await dialog(page).locator('.wire-tries .refused', { hasText: 'Meta wants 200' }).first().waitFor();
    await page.keyboard.press('Escape');
  }
});
