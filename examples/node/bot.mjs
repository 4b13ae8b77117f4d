// A bookshop that answers by itself: an order by list, a payment by button, a form, and a picture for a picture.
//
//     WAMID_ACCESS_TOKEN=… WAMID_PHONE_NUMBER_ID=… WAMID_APP_SECRET=… WAMID_VERIFY_TOKEN=… FLOW_ID=… node examples/node/bot.mjs
//
// FLOW_ID is the id of a Flow at Meta that asks for an address.
import { createServer } from 'node:http';
import { Client, reply, webhookHandler } from 'wamid';

const BOOKS = { guide: ['The Guide', 450], malgudi: ['Malgudi Days', 399] };
const flowId = process.env.FLOW_ID ?? '1037543291543636';
const client = Client.fromEnv();

// Answers whoever writes. Where this fails, Meta delivers the event again.
async function handle(event) {
  if (event.event === 'message' && event.address) await reply(client, event, await answer(event));
}

async function answer({ type, reply: pressed, flow, media }) {
  if (pressed?.id) return after(pressed.id);
  if (flow?.response) return { type: 'text', message: `${flow.token} goes to ${flow.response.address}.` };
  if (type === 'image' && media?.id) {
    const { data, mimeType } = await client.downloadMedia({ mediaId: media.id });
    return { type: 'image', data, mimeType, caption: 'What a fine shelf!' };
  }
  const rows = Object.entries(BOOKS).map(([book, [title]]) => ({ id: `book:${book}`, title }));
  return { type: 'list', body: 'Which book would you like?', button: 'Books', sections: [{ rows }] };
}

// What follows a row or a button.
function after(pressed) {
  const [step, book] = pressed.split(':');
  if (!Object.hasOwn(BOOKS, book ?? '')) return { type: 'text', message: 'Another time, then.' };
  const [name, price] = BOOKS[book];
  if (step === 'book') {
    const buttons = [
      { id: `pay:${book}`, title: `Pay ${price}` },
      { id: 'no', title: 'Not now' },
    ];
    return { type: 'reply_buttons', body: `${name} is ${price} rupees.`, buttons };
  }
  const body = 'Thank you! Where shall it go?';
  return { type: 'flow', body, button: 'Address', flowId, flowToken: name, screen: 'ADDRESS' };
}

const server = createServer(webhookHandler(client, handle)).listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}/webhook`);
});
