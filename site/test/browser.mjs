// Chromium, and the site in it, from the disk.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const executablePath = process.env.WAMID_CHROMIUM ?? '/usr/bin/chromium';
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core')), 'utf8');
/** Where the site was built. */
const folder = process.env.WAMID_SITE ?? fileURLToPath(new URL('../../target/site', import.meta.url));
const screenshots = process.env.WAMID_SCREENSHOTS ?? mkdtempSync(path.join(tmpdir(), 'wamid-site-'));
mkdirSync(screenshots, { recursive: true });

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
});
after(() => browser?.close());

/**
 * Opens a page in a window of its own, without a network. At the end nothing may have gone wrong in it, and nothing may have been
 * asked for elsewhere.
 */
export async function open(t, name, { width = 1280, height = 900, dark = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const wrong = [];
  page.on('console', (message) => message.type() === 'error' && wrong.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => wrong.push(`uncaught: ${error.stack}`));
  page.on('request', (request) => {
    if (!/^(file|blob|data|about):/u.test(request.url())) wrong.push(`asked for ${request.url()}`);
  });
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, [], name);
  });
  await page.goto(address(name));
  return page;
}

export const address = (name) => pathToFileURL(path.join(folder, name)).href;

/** Keeps a picture of the window. */
export async function screenshot(page, name) {
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Fails with what axe-core finds. */
export async function accessible(page, what) {
  const found = await page.evaluate(`${axe}; axe.run(document, { resultTypes: ['violations'], preload: false }).then(({ violations }) =>
    violations.map(({ id, help, nodes }) => id + ': ' + help + ' ' + nodes.slice(0, 4).map((node) => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? '')).join(' | ')))`);
  assert.deepEqual(found, [], what);
}
