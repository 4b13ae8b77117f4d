import express from 'express';
import { webhook } from './noting.mjs';

const app = express();
// Before what reads bodies.
app.all('/webhook', webhook);
// Behind something that has kept the bytes.
app.all('/raw', express.raw({ type: '*/*', limit: '4mb' }), webhook);
app.use(express.json());
// Too late.
app.all('/late', webhook);
const server = app.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
