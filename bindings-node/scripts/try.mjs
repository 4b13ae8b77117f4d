// Installs packed tarballs into an empty folder, as a user would, and sends from there by import and by require.
//
//     node scripts/try.mjs TARBALL…
//     node scripts/try.mjs --platform NAME --folder FOLDER TARBALL…    installs there what that platform gets, and runs nothing
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PLATFORMS } from './platforms.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { platform: { type: 'string' }, folder: { type: 'string' } },
});
const story = `
  (async () => {
    const sandbox = await Sandbox.start();
    const { id } = await sandbox.client().sendMessage({ phone: '919876543210', message: 'Hello' });
    if (sandbox.messages()[0].id !== id) throw new Error('nothing arrived');
    console.log(how, id);
    await sandbox.stop();
  })();
`;
const programs = {
  'import.mjs': `import { Client } from 'wamid'; import { Sandbox } from 'wamid/testing'; const how = typeof Client && 'import'; ${story}`,
  'require.cjs': `const { Client } = require('wamid'); const { Sandbox } = require('wamid/testing'); const how = typeof Client && 'require'; ${story}`,
};
const platform = PLATFORMS.find(({ name }) => name === values.platform);
if (values.platform && !(platform && values.folder)) throw new Error(`no trial is made for ${values.platform}`);
// Only what may be missing is taken for another platform than npm's own.
const target = platform ? ['--save-optional', `--os=${platform.os}`, `--cpu=${platform.cpu}`] : [];
if (platform?.only) target.push(`--libc=${platform.only}`);

/** A search path with nothing else: no compiler is to be found on it. Node need not be where npm is. */
function nodeAndNpm(bin) {
  if (process.platform === 'win32') return join(process.execPath, '..');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const npm = process.env.PATH.split(delimiter).map((directory) => join(directory, 'npm'));
  symlinkSync(realpathSync(npm.find(existsSync) ?? 'npm'), join(bin, 'npm'));
  return bin;
}

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'wamid-try-'));
if (values.folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}
try {
  const tarballs = positionals.map((path) => resolve(path));
  const env = { HOME: folder, PATH: nodeAndNpm(join(folder, 'bin')) };
  const run = (program, args) => execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', timeout: 120_000 });
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...target, ...tarballs]);
  if (existsSync(join(folder, 'node_modules/wamid/dist/wamid.node'))) throw new Error('a local addon was packed');
  for (const [name, program] of Object.entries(programs)) {
    writeFileSync(join(folder, name), program);
    if (!platform) process.stdout.write(run(process.execPath, [name]));
  }
} finally {
  if (!values.folder) rmSync(folder, { recursive: true });
}
