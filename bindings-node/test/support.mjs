import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const PHONE = '919876543210';

/** The magic recipient that plays a failure. */
export const magic = (number) => `15550${String(number).padStart(6, '0')}`;
export const SLOW = magic(900_001);
export const NO_ANSWER = magic(900_002);
export const LOST = magic(900_003);

/** What a promise was rejected with, and nothing else. */
export async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it succeeded');
}

const program = (name) => fileURLToPath(new URL(`programs/${name}`, import.meta.url));

/** Runs a program to its end, and what it wrote and how it ended. */
export async function run(source, { args = [], flags = [], env = {} } = {}) {
  const script = source.endsWith('.mjs') ? [program(source)] : ['--input-type=module', '--eval', source, '--'];
  const child = spawn(process.execPath, [...flags, ...script, ...args], {
    // Where 'wamid' is found.
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { ...process.env, ...env },
    timeout: 300_000,
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (data) => (out += data));
  child.stderr.on('data', (data) => (err += data));
  const [code, signal] = await once(child, 'close');
  return { code, signal, out, err };
}

/** A sandbox in a process of its own until the test has ended, and the options of its clients. */
export async function sandboxProcess(t) {
  const child = spawn(process.execPath, [program('sandbox.mjs')], { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(async () => {
    const closed = once(child, 'close');
    child.stdin.end();
    await closed;
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { options: JSON.parse(line) };
}
