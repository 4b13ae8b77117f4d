// A page of each sort: axe-core finds nothing, nothing stands out of the window, nothing is loaded from elsewhere.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessible, open, screenshot } from './browser.mjs';

const PAGES = ['index', 'messages/text', 'start/python', 'errors/codes', 'receivers', 'events', 'packages/python'];
const NARROW = { width: 390, height: 800 };
const LOOKS = [
  ['wide', {}, PAGES],
  ['dark', { dark: true }, PAGES.slice(0, 2)],
  ['narrow', NARROW, PAGES.slice(0, 2)],
  ['narrow-dark', { ...NARROW, dark: true }, PAGES],
];

for (const [look, options, pages] of LOOKS)
  test(`what the pages look like: ${look}`, async (t) => {
    for (const name of pages) {
      const page = await open(t, `${name}.html`, options);
      await page.locator('article h1').first().waitFor();
      await screenshot(page, `${name.replace('/', '-')}-${look}`);
      const [needed, shown] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(needed <= shown, `${name} is ${needed} wide in a window of ${shown}`);
      await accessible(page, name);
    }
  });
