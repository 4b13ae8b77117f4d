// Sends so many messages and prints what memory was taken after a warm-up, and at the end. Run with --expose-gc, and with
// --max-semi-space-size: V8 lets its young generation grow by 25 MB as it sees fit, at any time, garbage or not.
import { Client } from 'wamid';

const [options, total] = [JSON.parse(process.argv[2]), Number(process.argv[3])];
const client = Client.cloud(options);
const message = { phone: '919876543210', message: 'Your order is on its way.' };

async function send(count) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await client.sendMessage(message);
  };
  await Promise.all(Array.from({ length: 64 }, worker));
}

function taken() {
  global.gc();
  return process.memoryUsage().rss / 1e6;
}

await send(20_000);
const warm = taken();
await send(total);
console.log(JSON.stringify({ warm, end: taken() }));
