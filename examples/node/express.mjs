// A service that answers whoever writes to the business: Meta's webhooks come in, and messages go out.
//
//     WAMID_ACCESS_TOKEN=… WAMID_PHONE_NUMBER_ID=… WAMID_APP_SECRET=… VERIFY_TOKEN=… node examples/node/express.mjs
import express from 'express';
import { Client, InvalidInputError, WamidError } from 'wamid';

const client = Client.fromEnv();
const app = express();

// Meta asks once, when the webhook is set up in its dashboard.
app.get('/webhook', (request, response) => {
  const { 'hub.verify_token': token, 'hub.challenge': challenge } = request.query;
  if (token !== process.env.VERIFY_TOKEN) return response.sendStatus(403);
  response.type('text').send(challenge);
});

// The raw body: a signature is over the bytes that came, so nothing may have parsed them before.
app.post('/webhook', express.raw({ type: '*/*', limit: '1mb' }), async (request, response) => {
  let events;
  try {
    events = await client.receiveWebhook(request.body, request.get('x-hub-signature-256'));
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    return response.sendStatus(error.field === 'signature' ? 401 : 400);
  }
  // Answer first: Meta sends again what is not answered in time.
  response.sendStatus(200);
  for (const event of events) {
    // What came before was answered then.
    if (event.event !== 'message' || event.redelivered || event.address === undefined) continue;
    try {
      await client.sendMessage({ phone: event.address, message: `You wrote: ${event.text ?? event.type}`, replyTo: event.id });
    } catch (error) {
      if (!(error instanceof WamidError)) throw error;
      console.error(`no answer to ${event.id}: ${error.message}`);
    }
  }
});

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/webhook`);
});
