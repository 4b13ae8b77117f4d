import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { webhook } from './noting.mjs';

const app = new Hono();
app.all('/webhook', (c) => webhook.fetch(c.req.raw));
app.all('/late', async (c) => {
  await c.req.json();
  return webhook.fetch(c.req.raw);
});
serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) =>
  console.log(`listening on http://127.0.0.1:${port}`),
);
