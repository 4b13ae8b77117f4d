// Sends from a primary process, from a forked one, and from two workers of a cluster. Argument: the client's options.
import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client } from 'wamid';

const [options, role] = process.argv.slice(2).filter((argument) => argument !== '--');
const client = Client.cloud(JSON.parse(options));

async function send(name) {
  const { id } = await client.sendMessage({ phone: '919876543210', message: name });
  if (id.startsWith('wamid.')) console.log(name);
}

if (role === 'forked') {
  await send('forked');
} else if (cluster.isWorker) {
  await send(`cluster ${cluster.worker.id}`);
  // The channel to the primary would keep it.
  process.disconnect();
} else {
  await send('primary');
  const forked = fork(fileURLToPath(import.meta.url), [options, 'forked']);
  const children = [forked, cluster.fork().process, cluster.fork().process];
  await Promise.all(children.map((child) => once(child, 'exit')));
}
