// A service that answers whoever writes to the business: Meta's webhooks come in, and messages go out.
//
//     WAMID_ACCESS_TOKEN=… WAMID_PHONE_NUMBER_ID=… WAMID_APP_SECRET=… VERIFY_TOKEN=… node examples/node/express.mjs
import express from 'express';
import { Client, webhookHandler } from 'wamid';

const client = Client.fromEnv();

// Answers Meta's handshake, checks each webhook, and calls this with its events. Where it throws, Meta delivers the event again.
const webhook = webhookHandler(
  client,
  async (event) => {
    if (event.event !== 'message' || event.address === undefined) return;
    await client.sendMessage({ phone: event.address, message: `You wrote: ${event.text ?? event.type}`, replyTo: event.id });
  },
  { verifyToken: process.env.VERIFY_TOKEN },
);

const app = express();
// Before express.json(): a signature is over the bytes that came, so nothing may have parsed them.
app.all('/webhook', webhook);

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/webhook`);
});
