// What a reader does: search, choose a language, choose light or dark.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, open, screenshot } from './browser.mjs';

test('the search finds a page, from the disk', async (t) => {
  const page = await open(t, 'index.html');
  await page.getByRole('textbox', { name: 'Search' }).click();
  await page.getByRole('textbox', { name: 'Search' }).pressSequentially('idempotency');
  const found = page.locator('.md-search-result__link:visible', { hasText: 'idempotency' }).first();
  await found.waitFor();
  await screenshot(page, 'search');
  await found.click();
  await page.waitForURL((url) => url.pathname.endsWith('.html') && !url.pathname.endsWith('/index.html'));
});

test('a language that was chosen once is chosen on every page', async (t) => {
  const page = await open(t, 'messages/text.html');
  const code = (text) => page.locator('.tabbed-block:visible', { hasText: text }).first();
  await page.locator('.tabbed-labels').getByText('Kotlin', { exact: true }).first().click();
  await code('previewUrl = true').waitFor();
  await page.goto(address('messages/location.html'));
  await code('client.send(').waitFor();
  const chosen = await page.locator('.tabbed-set input:checked + input, .tabbed-set > input').evaluateAll((inputs) =>
    inputs.filter((input) => input.checked).map((input) => document.querySelector(`label[for="${input.id}"]`).textContent),
  );
  assert.deepEqual([...new Set(chosen)], ['Kotlin']);
});

test('light or dark is kept', async (t) => {
  const page = await open(t, 'index.html');
  const scheme = () => page.evaluate(() => document.body.dataset.mdColorScheme);
  assert.equal(await scheme(), 'default');
  await page.evaluate(() => {
    const next = [...document.querySelectorAll('form[data-md-component=palette] label')].find((label) => !label.hidden);
    next.click();
  });
  await page.evaluate(() => {
    const next = [...document.querySelectorAll('form[data-md-component=palette] label')].find((label) => !label.hidden);
    next.click();
  });
  await page.waitForFunction(() => document.body.dataset.mdColorScheme === 'slate');
  await page.goto(address('delivery.html'));
  await page.waitForFunction(() => document.body.dataset.mdColorScheme === 'slate');
});
