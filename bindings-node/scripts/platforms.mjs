// The platforms that have a package with an addon of their own, as napi-rs lays them out: `wamid-PLATFORM-ARCH-LIBC`.
export const PLATFORMS = [
  { os: 'linux', cpu: 'x64', libc: 'gnu', only: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'gnu', only: 'glibc' },
  { os: 'linux', cpu: 'x64', libc: 'musl', only: 'musl' },
  { os: 'linux', cpu: 'arm64', libc: 'musl', only: 'musl' },
  { os: 'darwin', cpu: 'x64' },
  { os: 'darwin', cpu: 'arm64' },
  { os: 'win32', cpu: 'x64', libc: 'msvc' },
].map((platform) => ({
  ...platform,
  name: [platform.os, platform.cpu, platform.libc].filter(Boolean).join('-'),
}));

/** The platform of this machine. */
export function here() {
  const { glibcVersionRuntime } = process.report.getReport().header;
  const libc = { linux: glibcVersionRuntime ? 'gnu' : 'musl', win32: 'msvc' }[process.platform];
  const found = PLATFORMS.find(
    ({ os, cpu, libc: its }) => os === process.platform && cpu === process.arch && its === libc,
  );
  if (!found) throw new Error(`no package is made for ${process.platform}-${process.arch}`);
  return found;
}
