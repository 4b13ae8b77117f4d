// Completes package-lock.json with the packages of other platforms. npm leaves out an optional package that the registry at
// hand does not have, and `npm ci` then refuses the lock file. To be run after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs';

const path = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(path, 'utf8'));

/** Which machines a package is for, from its name: `@biomejs/cli-linux-x64-musl`, `@oven/bun-windows-aarch64`. */
function machines(name) {
  const known = (table) =>
    Object.entries(table).find(([part]) => new RegExp(`[-_/]${part}(?![a-z0-9])`).test(name))?.[1];
  const os = known({
    linux: 'linux',
    darwin: 'darwin',
    macos: 'darwin',
    win32: 'win32',
    windows: 'win32',
    android: 'android',
    freebsd: 'freebsd',
  });
  const cpu = known({ x64: 'x64', arm64: 'arm64', aarch64: 'arm64' });
  if (!os || !cpu) throw new Error(`which machines is ${name} for?`);
  return { os: [os], cpu: [cpu], ...(/musl/.test(name) && { libc: ['musl'] }) };
}

for (const entry of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    lock.packages[`node_modules/${name}`] ??= { version, dev: true, license: 'MIT', optional: true, ...machines(name) };
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
