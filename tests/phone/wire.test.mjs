// What went over the wire, beside a message: the call, the request and its answer, the checks, the webhooks.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { accessible, article, choose, open, screenshot } from './browser.mjs';
import { Sandbox } from './sandbox.mjs';

const PHONE = '15551234567';

test('a message of the business: request, checks, answer, signed webhooks, and the call that sends it again', async (t) => {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const id = await sandbox.text(PHONE, 'It\'s "here"');
  await receiver.reported(id, 'read');
  for (const dark of [false, true]) {
    const page = await open(sandbox, { phone: PHONE, dark });
    await article(page, id).waitFor();
    await choose(page, id, 'Over the wire');
    const dialog = page.getByRole('dialog', { name: 'Over the wire' });
    await dialog.getByText(`POST /v25.0/${sandbox.WAMID_PHONE_NUMBER_ID}/messages`).waitFor();
    await dialog.getByText('Status 200').waitFor();
    await dialog.getByText('Bearer ***').first().waitFor();
    assert.ok(!(await dialog.textContent()).includes(sandbox.WAMID_ACCESS_TOKEN), 'the token is not shown');
    await dialog.getByRole('article', { name: 'read' }).getByText('sha256=').waitFor();
    await screenshot(dialog, `wire-${dark ? 'dark' : 'light'}`);
    await accessible(page, 'the wire');

    // The signature that is shown is that of the body as it was sent.
    const webhook = dialog.getByRole('article', { name: 'read' });
    await webhook.getByRole('button', { name: 'as sent' }).click();
    const body = await webhook.locator('pre').textContent();
    const signature = createHmac('sha256', sandbox.WAMID_APP_SECRET).update(body).digest('hex');
    assert.ok((await webhook.textContent()).includes(`sha256=${signature}`));

    for (const language of ['curl', 'Rust', 'Python', 'Node', 'Kotlin', 'Swift'])
      await dialog.getByRole('tab', { name: language }).click();
    await dialog.getByRole('tab', { name: 'Python' }).click();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /Text\(.*It's/u);
    await page.keyboard.press('Escape');
  }
});

test('a refused message: the check that did not hold; an answer of the customer: who was told', async (t) => {
  const sandbox = await Sandbox.start(t);
  const receiver = await sandbox.receiver(t);
  const page = await open(sandbox, { phone: PHONE });
  await sandbox.text(PHONE, '');
  await page.locator('article .status.refused').waitFor();
  await choose(page, await page.locator('article').first().getAttribute('data-id'), 'Over the wire');
  const dialog = page.getByRole('dialog', { name: 'Over the wire' });
  await dialog.getByRole('img', { name: 'did not hold' }).waitFor();
  await dialog.getByText('Status 400').waitFor();
  await screenshot(dialog, 'wire-refused');
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await page.keyboard.press('Enter');
  const said = await receiver.message('text');
  await article(page, said.id).locator('.status.received').waitFor();
  await choose(page, said.id, 'Over the wire');
  await dialog.getByText('answered 200').waitFor();
  await dialog.getByText(`POST ${receiver.url}`).waitFor();
});
