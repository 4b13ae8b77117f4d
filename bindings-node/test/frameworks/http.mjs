import { createServer } from 'node:http';
import { webhook } from './noting.mjs';

const server = createServer(webhook).listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
