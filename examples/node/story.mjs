// The same story as in every other language: a text, a location, a template, the chats, and an error.
//
// Start a gateway first, then give its address and key:
//
//     cargo run -- demo --keep          # prints the two exports
//     cargo xtask test node             # builds the module, once
//     node examples/node/story.mjs      # after `npm ci` in this folder
import { Client, InvalidInputError, UnsupportedError } from 'wamid';

const client = Client.fromEnv();
const phone = '+91 98765-43210';

const { id } = await client.sendMessage({ phone, message: 'Your order A-1042 is on its way.' });
console.log(`text      ${id}`);

const office = { phone, latitude: 28.6139, longitude: 77.209, name: 'Our Office', address: 'Connaught Place, New Delhi' };
console.log(`location  ${(await client.sendLocation(office)).id}`);

const update = { phone, templateName: 'order_update', bodyParams: ['Asha', 'A-1042'] };
console.log(`template  ${(await client.sendTemplate(update)).id}`);
const content = { type: 'text', message: 'A content of any kind' };
console.log(`any kind  ${(await client.send({ phone: update.phone, content })).id}`);

try {
  for (const chat of await client.chats()) {
    console.log(`chat      ${chat.phoneNumber} (${chat.unreadCount} unread)`);
  }
} catch (error) {
  // Meta itself has no list: a client of the Cloud API reads its store.
  if (!(error instanceof UnsupportedError)) throw error;
  console.log('chats     need a gateway, or export WAMID_STORE=sqlite:wamid.db');
}

try {
  await client.sendMessage({ phone: 'not a number', message: 'Hello' });
} catch (error) {
  if (!(error instanceof InvalidInputError)) throw error;
  console.log(`error     ${error.message}`);
}
