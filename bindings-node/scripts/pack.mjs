// Packs what the registry gets: the face, and the addon of this machine's platform in a package of its own, which npm installs
// beside it by `os`, `cpu` and `libc`.
//
//     node scripts/pack.mjs ADDON OUT       prints the two tarballs
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
import { here, PLATFORMS } from './platforms.mjs';

const [addon, out] = process.argv.slice(2);
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

mkdirSync(out, { recursive: true });
try {
  const platform = here();
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
    files: [binary, 'LICENSE-*'],
  };
  pack(native.name, native, (to) => copyFileSync(addon, join(to, binary)));

  const { devDependencies, scripts, ...face } = about;
  face.optionalDependencies = Object.fromEntries(PLATFORMS.map(({ name }) => [`wamid-${name}`, version]));
  pack('wamid', face, (to) => {
    copyFileSync(join(folder, 'README.md'), join(to, 'README.md'));
    cpSync(join(folder, 'dist'), join(to, 'dist'), { recursive: true });
  });
} finally {
  rmSync(staging, { recursive: true });
}
