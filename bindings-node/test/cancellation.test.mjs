// Calls that are aborted, 1,000 times, at random moments of every stage. A program in a process of its own makes them
// (programs/cancelling.mjs); here is its host, which knows what really arrived.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Blackhole, FaultyHost } from './faulty-host.mjs';

const STAGES = [
  ...['connecting', 'handshake', 'waiting', 'answered', 'backoff', 'upload', 'download'],
  ...['webhook', 'slot', 'pace', 'many', 'each'],
];
/** Aborted calls of each stage. */
const COUNT = Number(process.env.WAMID_CANCELLATIONS ?? 84);
const SEED = process.env.WAMID_SEED ?? '1';
/** How much resident memory the second half of them may add. */
const MOST_MB = 8;

describe('calls that are aborted', () => {
  const told = new Map(
    STAGES.map((stage) => [stage, { calls: [], unknown: Array(COUNT).fill(0), resources: undefined }]),
  );
  const strange = [];
  let host;
  let blackhole;
  let ended;

  before(async () => {
    host = await FaultyHost.start();
    blackhole = await Blackhole.start();
    const addresses = JSON.stringify({ ...host.addresses, blackhole: blackhole.url });
    const program = fileURLToPath(new URL('programs/cancelling.mjs', import.meta.url));
    const child = spawn(process.execPath, ['--expose-gc', program, SEED, `${COUNT}`, addresses, ...STAGES], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: { ...process.env, WAMID_LOG: 'warn' },
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = JSON.parse(line);
      if (said.hold) host.whenArrived(said.stage, () => child.stdin.write('\n'));
      else if (said.release) host.release(said.stage);
      else if (said.before) told.get(said.stage).resources = said;
      else told.get(said.stage).calls.push(said);
    });
    let stage;
    let at;
    createInterface({ input: child.stderr }).on('line', (line) => {
      const call = /^call (\w+) (\d+)$/.exec(line);
      if (call) [stage, at] = [told.get(call[1]), Number(call[2])];
      else if (/may have gone out|went out|outcome unknown/.test(line)) stage.unknown[at] += 1;
      // The store tells of a disk that is slow, as that of a busy machine.
      else if (!line.includes('sqlx::query: slow statement')) strange.push(line);
    });
    ended = await once(child, 'close');
    // A retry that outlived its call would come within its second.
    await new Promise((resolve) => setTimeout(resolve, 1200));
  });
  after(async () => {
    host.close();
    await blackhole.close();
  });

  test('the next call works each time, the process ends by itself, and says nothing else', () => {
    assert.deepEqual([ended, strange], [[0, null], []]);
  });

  for (const stage of STAGES) {
    const mine = (n) => (host.arrived.get(stage) ?? []).filter((text) => `${text} `.startsWith(`cancelled ${n} `));

    test(`${stage}: what arrived is known to have been written`, () => {
      const { calls, unknown } = told.get(stage);
      assert.equal(calls.length, COUNT);
      for (const [n, { ended, known, failed }] of calls.entries()) {
        assert.equal(failed, undefined);
        const texts = mine(n);
        if (stage !== 'backoff') assert.equal(new Set(texts).size, texts.length, `it went out twice: ${texts}`);
        if (ended) continue;
        const unheard = texts.filter((text) => !known.includes(Number(text.split(' ')[2])));
        if (stage === 'many') assert.deepEqual(unheard, []);
        else if (stage === 'each') assert.ok(unheard.length <= unknown[n], `call ${n}: ${unheard} arrived`);
        else if (stage !== 'backoff') assert.ok(texts.length <= unknown[n], `call ${n}: ${texts} arrived`);
        if (/upload|download|webhook|connecting|handshake|slot/.test(stage)) assert.equal(unknown[n], 0);
      }
    });

    test(`${stage}: nothing goes out afterwards`, () => {
      const arrived = host.arrived.get(stage) ?? [];
      for (let n = 0; n < COUNT; n++) {
        const last = arrived.findLastIndex((text) => `${text} `.startsWith(`cancelled ${n} `));
        // What was written already may be read behind the next call's, from another connection, but not behind the one after.
        const later = arrived.indexOf(`next ${n + 1}`);
        assert.ok(later === -1 || last < later, `call ${n}: ${arrived.slice(later, last + 1)}`);
      }
    });

    test(`${stage}: nothing is left`, async () => {
      const { before, middle, after, left } = told.get(stage).resources;
      const shown = JSON.stringify({ before, middle, after });
      assert.deepEqual(left, []);
      assert.ok(after.files <= before.files + 24, shown);
      // Files are read by threads that stay for 10 seconds.
      assert.ok(after.threads <= before.threads + 32, shown);
      assert.ok(after.handles <= before.handles + 1, shown);
      assert.ok(after.resident - middle.resident < MOST_MB, shown);
      for (let tries = 0; host.open(stage) > 0 && tries < 600; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      assert.equal(host.open(stage), 0);
    });
  }

  test('enough were aborted at their stage', () => {
    for (const stage of ['waiting', 'backoff', 'slot', 'connecting', 'handshake', 'upload', 'download']) {
      assert.ok(!told.get(stage).calls.some(({ ended }) => ended), stage);
    }
    assert.ok(told.get('waiting').unknown.filter(Boolean).length > COUNT / 10);
  });
});
