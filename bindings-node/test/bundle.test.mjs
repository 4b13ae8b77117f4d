// What bundlers and tracers make of the module: the program must run where nothing but their output is.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeFileTrace } from '@vercel/nft';
import { build } from 'esbuild';
import { here } from '../scripts/platforms.mjs';

const folder = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = `
  import { Sandbox } from 'wamid/testing';
  const sandbox = await Sandbox.start();
  const { phone } = await sandbox.client().sendMessage({ phone: '919876543210', message: 'Hello' });
  console.log('sent to', phone);
  await sandbox.stop();
`;

let project;
/** Where what was made is run: no node_modules is above it. */
let elsewhere;

// A project with the module installed as npm does it: the face, and the addon in the package of the platform.
before(() => {
  project = mkdtempSync(join(tmpdir(), 'wamid-project-'));
  elsewhere = mkdtempSync(join(tmpdir(), 'wamid-elsewhere-'));
  const face = join(project, 'node_modules/wamid');
  cpSync(join(folder, 'dist'), join(face, 'dist'), {
    recursive: true,
    filter: (path) => basename(path) !== 'wamid.node',
  });
  copyFileSync(join(folder, 'package.json'), join(face, 'package.json'));
  const { name } = here();
  const native = join(project, `node_modules/wamid-${name}`);
  mkdirSync(native);
  copyFileSync(join(folder, 'dist/wamid.node'), join(native, `wamid.${name}.node`));
  const about = { name: `wamid-${name}`, version: '0.1.0', main: `wamid.${name}.node` };
  writeFileSync(join(native, 'package.json'), JSON.stringify(about));
  writeFileSync(join(project, 'main.mjs'), PROGRAM);
});
after(() => {
  rmSync(project, { recursive: true });
  rmSync(elsewhere, { recursive: true });
});

const run = (program, args) => execFileSync(program, args, { cwd: elsewhere, encoding: 'utf8', timeout: 120_000 });

test('esbuild bundles the addon with the program, which may then be moved', async () => {
  const outdir = join(project, 'bundle');
  const { warnings } = await build({
    entryPoints: [join(project, 'main.mjs')],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    loader: { '.node': 'copy' },
    logLevel: 'silent',
  });
  assert.deepEqual(warnings, []);
  renameSync(outdir, join(elsewhere, 'bundle'));
  assert.equal(run(process.execPath, ['bundle/main.mjs']), 'sent to 919876543210\n');
});

test('a tracer, as Next has it for its standalone build, finds the addon', async () => {
  const { fileList } = await nodeFileTrace([join(project, 'main.mjs')], { base: project });
  for (const file of fileList) {
    const to = join(elsewhere, 'traced', file);
    mkdirSync(dirname(to), { recursive: true });
    copyFileSync(join(project, file), to);
  }
  assert.equal(run(process.execPath, ['traced/main.mjs']), 'sent to 919876543210\n');
});

test('a program that Bun compiles has the addon in it', () => {
  const bun = join(folder, 'node_modules/.bin/bun');
  execFileSync(bun, ['build', '--compile', 'main.mjs', '--outfile', join(elsewhere, 'compiled')], { cwd: project });
  assert.equal(run(join(elsewhere, 'compiled'), []), 'sent to 919876543210\n');
});

test('a bundle without the addon says what to do', async () => {
  const outfile = join(elsewhere, 'without.mjs');
  await build({
    entryPoints: [join(project, 'main.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    external: ['*.node', `wamid-${here().name}`],
    logLevel: 'silent',
  });
  assert.throws(
    () => run(process.execPath, [outfile]),
    ({ stderr }) => /no native addon/.test(stderr) && /mark wamid as external/.test(stderr),
  );
});
