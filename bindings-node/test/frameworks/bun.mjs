import { webhook } from './noting.mjs';

// What is read is at most 3 MiB; what Bun itself refuses is larger.
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  maxRequestBodySize: 16 * 1024 * 1024,
  fetch: webhook.fetch,
});
console.log(`listening on http://127.0.0.1:${server.port}`);
