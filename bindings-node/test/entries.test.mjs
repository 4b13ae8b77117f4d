// The ways into the package: `wamid` and `wamid/testing`, each by import and by require.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import * as wamid from 'wamid';
import * as testing from 'wamid/testing';
import { PHONE, run } from './support.mjs';

const require = createRequire(import.meta.url);
const ENTRIES = { wamid, 'wamid/testing': testing };
const { Client, InvalidInputError, WamidError } = wamid;

for (const [entry, imported] of Object.entries(ENTRIES)) {
  test(`import and require of ${entry} give the same names and values`, () => {
    const required = require(entry);
    assert.deepEqual(Object.keys(imported).sort(), Object.keys(required).sort());
    for (const [name, value] of Object.entries(imported)) assert.equal(value, required[name], name);
  });

  // Loaders that ask `require` where a package is do so, and then import that file.
  test(`the file of ${entry} for require has its names by import too`, async () => {
    const { default: all, ...names } = await import(pathToFileURL(require.resolve(entry)));
    assert.equal(all, require(entry));
    for (const name of Object.keys(imported)) assert.equal(names[name], imported[name], name);
  });

  test(`what ${entry} exports is called as it is exported`, () => {
    for (const [name, value] of Object.entries(imported)) assert.equal(value.name, name);
  });
}

test('a class is the same through wamid and through wamid/testing', async () => {
  for (const { Sandbox } of [testing, require('wamid/testing')]) {
    const sandbox = await Sandbox.start();
    try {
      const client = sandbox.client();
      assert.ok(client instanceof Client);
      assert.match(inspect(client), /^Client /);
      await client.sendMessage({ phone: PHONE, message: 'x' });
      await assert.rejects(client.sendMessage({ phone: 'abc', message: 'x' }), InvalidInputError);
      await assert.rejects(Sandbox.start({ port: -1 }), WamidError);
    } finally {
      await sandbox.stop();
    }
  }
});

test('importing reads one file beside the entries, which are small', async () => {
  const { out, err } = await run(`
    import { createRequire } from 'node:module';
    import 'wamid';
    import 'wamid/testing';
    const { cache } = createRequire(process.cwd() + '/package.json');
    console.log(JSON.stringify(Object.keys(cache)));
  `);
  assert.equal(err, '');
  const entries = Object.keys(ENTRIES).map((entry) => require.resolve(entry));
  const read = JSON.parse(out);
  assert.equal(read.length, entries.length + 1, out);
  // Node's loader of ES modules goes through the text of these for the names that they export, which is slow.
  for (const entry of entries) assert.ok(read.includes(entry) && statSync(entry).size < 1000, entry);
});
