// Packs what the registry gets: the face, and the addon of this machine's platform in a package of its own, which npm installs
// beside it by `os`, `cpu` and `libc`. Prints the tarballs.
//
//     node scripts/pack.mjs ADDON OUT                    both
//     node scripts/pack.mjs --platform NAME ADDON OUT    the addon of another platform alone
//     node scripts/pack.mjs --face OUT                   the face alone
//
// The addon takes along what is in the folder of --notices: the licences of what is compiled into it.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { here, PLATFORMS } from './platforms.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { platform: { type: 'string' }, face: { type: 'boolean' }, notices: { type: 'string' } },
});
const [addon, out] = values.face ? [undefined, ...positionals] : positionals;
const folder = fileURLToPath(new URL('..', import.meta.url));
const about = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const { version, license, repository, engines } = about;
const staging = mkdtempSync(join(tmpdir(), 'wamid-pack-'));

function pack(name, description, fill) {
  const to = join(staging, name);
  mkdirSync(to);
  for (const license of readdirSync(join(folder, '..')).filter((name) => name.startsWith('LICENSE'))) {
    copyFileSync(join(folder, '..', license), join(to, license));
  }
  fill(to);
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(description, null, 2)}\n`);
  const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', out], { cwd: to, encoding: 'utf8' });
  const [{ filename }] = Object.values(JSON.parse(packed));
  console.log(join(out, filename));
}

function packAddon() {
  const platform = values.platform ? PLATFORMS.find(({ name }) => name === values.platform) : here();
  if (!platform) throw new Error(`no package is made for ${values.platform}`);
  const notices = values.notices ? readdirSync(values.notices) : [];
  const binary = `wamid.${platform.name}.node`;
  const native = {
    name: `wamid-${platform.name}`,
    version,
    description: `The native half of wamid for ${platform.name}; install wamid`,
    license,
    repository,
    engines,
    os: [platform.os],
    cpu: [platform.cpu],
    ...(platform.only && { libc: [platform.only] }),
    main: binary,
    files: [binary, 'LICENSE-*', ...notices],
  };
  pack(native.name, native, (to) => {
    copyFileSync(addon, join(to, binary));
    for (const name of notices) copyFileSync(join(values.notices, name), join(to, name));
  });
}

function packFace() {
  const { devDependencies, scripts, ...face } = about;
  face.optionalDependencies = Object.fromEntries(PLATFORMS.map(({ name }) => [`wamid-${name}`, version]));
  pack('wamid', face, (to) => {
    copyFileSync(join(folder, 'README.md'), join(to, 'README.md'));
    cpSync(join(folder, 'dist'), join(to, 'dist'), { recursive: true });
  });
}

mkdirSync(out, { recursive: true });
try {
  if (addon) packAddon();
  if (!values.platform) packFace();
} finally {
  rmSync(staging, { recursive: true });
}
