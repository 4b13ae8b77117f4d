/**
 * What a transfer of a file costs in Node: the growth of memory, the CPU time and the time.
 *
 *     files.mjs SUBJECT upload|download --url URL --file FILE
 *
 * A small file goes up and down first, so that what is loaded once is not counted. It prints one JSON line.
 */
import { mkdtempSync, openAsBlob, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const PHONE_ID = '106540352242922';
const TOKEN = 'sandbox-token';

/** A module of the folder that this is started in. */
const load = (name) => import(pathToFileURL(createRequire(`${process.cwd()}/`).resolve(name)));
const memory = (name) => Number(readFileSync('/proc/self/status', 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]);

const SUBJECTS = {
  async wamid(url) {
    const { Client } = await load('wamid');
    const client = Client.cloud({ accessToken: TOKEN, phoneNumberId: PHONE_ID, graphUrl: url });
    return {
      upload: (file) => client.uploadMedia({ file, mimeType: 'application/pdf' }),
      download: (mediaId, path) => client.downloadMediaTo({ mediaId, path }),
    };
  },
  async 'whatsapp-api-js'(url) {
    const { WhatsAppAPI } = await load('whatsapp-api-js');
    const client = new WhatsAppAPI({
      token: TOKEN,
      appSecret: 'secret',
      v: 'v26.0',
      ponyfill: {
        // Its address is fixed.
        fetch: (address, options) => fetch(String(address).replace('https://graph.facebook.com', url), options),
      },
    });
    return {
      async upload(file) {
        const form = new FormData();
        form.set('file', await openAsBlob(file, { type: 'application/pdf' }), 'file.pdf');
        return (await client.uploadMedia(PHONE_ID, form)).id;
      },
      async download(media, path) {
        const answer = await client.fetchMedia((await client.retrieveMedia(media)).url);
        writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
      },
    };
  },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, file: { type: 'string' } },
});
const [subject, way] = positionals;
const { upload, download } = await SUBJECTS[subject](values.url);
const folder = mkdtempSync(join(dirname(values.file), 'files-'));
try {
  const small = join(folder, 'small.pdf');
  writeFileSync(small, `%PDF-1.7\n${'0'.repeat(1000)}`);
  await download(await upload(small), join(folder, 'small.copy'));
  const media = way === 'download' ? await upload(values.file) : '';
  // The peak counts from here.
  writeFileSync('/proc/self/clear_refs', '5');
  const [before, cpu, began] = [memory('VmRSS'), process.cpuUsage(), performance.now()];
  if (way === 'upload') await upload(values.file);
  else await download(media, join(folder, 'copy'));
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  if (way === 'download' && statSync(join(folder, 'copy')).size !== statSync(values.file).size) throw new Error('cut');
  const line = { grown_kb: memory('VmHWM') - before, cpu_s: (used.user + used.system) / 1e6, seconds };
  console.log(JSON.stringify(line));
} catch (error) {
  console.error(String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
