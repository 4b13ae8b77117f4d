// Chromium, and the page in it.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.WAMID_CHROMIUM ?? '/usr/bin/chromium';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');

/** Where screenshots go. */
export const screenshots = process.env.WAMID_SCREENSHOTS ?? mkdtempSync(path.join(tmpdir(), 'wamid-phone-'));
mkdirSync(screenshots, { recursive: true });

let browser;
before(async () => {
  browser = await chromium.launch({
    executablePath,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
});
after(() => browser?.close());

/**
 * Opens the page in a window of its own. When the sandbox ends, nothing may have gone wrong in it.
 * @param {Sandbox} sandbox
 * @param {{phone?: string, width?: number, height?: number, dark?: boolean}} look
 */
export async function open(sandbox, { phone = '', width = 1200, height = 800, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    permissions: ['clipboard-write', 'clipboard-read'],
  });
  context.setDefaultTimeout(15_000);
  const page = await watched(sandbox, context);
  await visit(page, sandbox, phone);
  return page;
}

/** Opens the page in another tab of the same window. */
export async function tab(page, sandbox, phone = '') {
  const other = await watched(sandbox, page.context());
  await visit(other, sandbox, phone);
  return other;
}

async function visit(page, sandbox, phone) {
  await page.goto(sandbox.page + (phone && `#${phone}`));
  await page.locator('.side .webhook b').waitFor({ state: 'attached' });
}

/** A tab whose errors, refused loads and requests elsewhere fail the test. */
async function watched(sandbox, context) {
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      wrong.push(`${message.type()}: ${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.stack}`));
  page.on('dialog', (dialog) => {
    wrong.push(`a script ran: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && hostname !== '127.0.0.1') wrong.push(`asked for ${request.url()}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  sandbox.before(async () => {
    await page.close();
    // What the sandbox refuses, and that it is gone, the browser notes too.
    const isExpected = (line) =>
      (page.mayBeRefused && /status of 4\d\d/u.test(line)) || (page.mayLoseConnection && /net::ERR_/u.test(line));
    assert.deepEqual(
      wrong.filter((line) => !isExpected(line)),
      [],
    );
  });
  return page;
}

/** The article of a message. */
export const article = (page, id) => page.locator(`article[data-id="${id}"]`);

/** Waits until the article of a message shows these texts. */
export async function reads(page, id, words) {
  const shown = article(page, id);
  await shown.waitFor();
  for (const text of words) await shown.getByText(text, { exact: false }).first().waitFor();
}

/** Keeps a picture of an element, or of the page. */
export async function screenshot(what, name) {
  await what.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Fails with what axe-core finds. */
export async function accessible(page, what) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.slice(0, 4).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`);
  assert.deepEqual(found, [], what);
}

/** Opens the actions of a message and chooses one. */
export async function choose(page, id, title) {
  await article(page, id).hover();
  await article(page, id).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: title }).click();
}
