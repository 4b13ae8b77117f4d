// The customer's side of trouble: what a switch does to messages of the business.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { article, open, screenshot } from './browser.mjs';
import { Sandbox, until } from './sandbox.mjs';

const PHONE = '15551234567';

/** A sandbox with a receiver, and the open chat of a customer with its switches. */
async function troubled(t) {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const page = await open(sandbox, { phone: PHONE });
  await page.locator('.chat-head').getByRole('button', { name: 'Trouble' }).click();
  const set = async (name, on) => {
    const input = page.getByRole('switch', { name });
    await input.setChecked(on);
    await page
      .locator('.person')
      .getByText(name)
      .waitFor({ state: on ? 'visible' : 'detached' });
  };
  return { sandbox, receiver, page, set };
}

const failed = async (page, receiver, id, code) => {
  const status = await receiver.reported(id, 'failed');
  assert.equal(status.errors[0].code, code);
  await article(page, id).getByText(`(${code})`).waitFor();
  await article(page, id).locator('.status.failed').waitFor();
};

test('a phone that is offline gets its messages when it is back', async (t) => {
  const { sandbox, receiver, page, set } = await troubled(t);
  await set('Offline', true);
  const ids = [await sandbox.text(PHONE, 'One'), await sandbox.text(PHONE, 'Two')];
  for (const id of ids) await article(page, id).locator('.status.sent').waitFor();
  await receiver.reported(ids[1], 'sent');
  assert.equal(
    receiver.statuses.some((status) => status.status === 'delivered'),
    false,
  );
  await screenshot(page, 'offline');
  await set('Offline', false);
  for (const id of ids) {
    await receiver.reported(id, 'read');
    await article(page, id).locator('.status.read').waitFor();
  }
  const delivered = receiver.statuses.filter((status) => status.status === 'delivered').map((status) => status.id);
  assert.deepEqual(delivered, ids);
});

test('messages to a deleted account fail with 131026', async (t) => {
  const { sandbox, receiver, page, set } = await troubled(t);
  await set('Account deleted', true);
  await failed(page, receiver, await sandbox.text(PHONE, 'Hello?'), 131026);
  await screenshot(page, 'deleted');
});

test('a customer who wants no marketing gets none, and other templates', async (t) => {
  const { sandbox, receiver, page, set } = await troubled(t);
  for (const category of ['MARKETING', 'UTILITY'])
    await sandbox.template({ name: category.toLowerCase(), category, components: [{ type: 'BODY', text: 'Hello' }] });
  await set('No marketing', true);
  assert.equal((await until('the preference', () => receiver.preferences[0])).value, 'stop');
  const template = (name) => sandbox.send(PHONE, { type: 'template', template: { name, language: { code: 'en' } } });
  await failed(page, receiver, await template('marketing'), 131050);
  await receiver.reported(await template('utility'), 'delivered');
  await set('No marketing', false);
  assert.equal((await until('the preference', () => receiver.preferences[1])).value, 'resume');
});

test('after 24 hours only templates arrive, until the customer writes', async (t) => {
  const { sandbox, receiver, page, set } = await troubled(t);
  await set('24 hours over', true);
  await failed(page, receiver, await sandbox.text(PHONE, 'Still there?'), 131047);
  const template = await sandbox.send(PHONE, {
    type: 'template',
    template: { name: 'hello_world', language: { code: 'en_US' } },
  });
  await receiver.reported(template, 'delivered');
  await page.getByRole('textbox', { name: 'Message' }).fill('I am here');
  await page.keyboard.press('Enter');
  await receiver.message('text');
  await until(
    'the switch is off',
    async () => !(await page.getByRole('switch', { name: '24 hours over' }).isChecked()),
  );
  await receiver.reported(await sandbox.text(PHONE, 'Good'), 'read');
});

test('who blocked the business gets nothing and cannot write', async (t) => {
  const { sandbox, page, set } = await troubled(t);
  page.mayBeRefused = true;
  await set('Business blocked', true);
  const id = await sandbox.text(PHONE, 'Hello?');
  await article(page, id).locator('.status.sent').waitFor();
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  await page.locator('.delivery.bad').waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Message' }).inputValue(), 'Hello');
  await screenshot(page, 'blocked');
});
