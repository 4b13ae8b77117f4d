// What must compile, and what must not: a line that should not compile and does fails the build of this file.
import { type Button, Client, type Parameter, type Send } from 'wamid';

declare const client: Client;
const phone = '919876543210';

client.sendMessage({ phone, message: 'x', previewUrl: true, accountId: 1, replyTo: 'x', reference: 'x' });
client.sendMessage({ phone, message: 'x' }, { signal: AbortSignal.timeout(10) });
declare const perhaps: string | undefined;
client.sendMessage({ phone, message: 'x', replyTo: perhaps });
// @ts-expect-error: the message is missing
client.sendMessage({ phone });
// @ts-expect-error: a phone number is a text
client.sendMessage({ phone: 919876543210, message: 'x' });
// @ts-expect-error: misspelt
client.sendMessage({ phone, message: 'x', previewURL: true });
// @ts-expect-error: no signal
client.sendMessage({ phone, message: 'x' }, { signal: 'stop' });
// @ts-expect-error: coordinates are numbers
client.sendLocation({ phone, latitude: '28.6', longitude: 77.2 });

client.markRead({ messageId: 'wamid.A', typing: true }, { signal: AbortSignal.timeout(10) });
client.templates();
client.request({ method: 'POST', path: '1066/register', json: { pin: '123456' } });
// @ts-expect-error: the id is missing
client.markRead({ typing: true });
// @ts-expect-error: not by position
client.markRead('wamid.A');
// @ts-expect-error: no such method
client.request({ method: 'PATCH', path: '1066' });

const parameters: Parameter[] = [
  'text',
  5,
  { name: 'first_name', text: 'Asha' },
  { type: 'currency', fallbackValue: '₹5', code: 'INR', amount1000: 5000 },
  { type: 'date_time', fallbackValue: 'tomorrow' },
  { type: 'image', link: 'https://example.com/a.jpg' },
  { type: 'document', id: '1', filename: 'a.pdf' },
  { type: 'image', file: new URL('file:///a.jpg') },
  { type: 'video', data: new Uint8Array(), mimeType: 'video/mp4' },
  { type: 'location', latitude: 1, longitude: 2 },
  { type: 'product', productRetailerId: 'a', catalogId: 'b' },
];
const buttons: Button[] = [
  { payload: 'STOP' },
  { subType: 'quick_reply', payload: 'STOP', index: 2 },
  { subType: 'url', text: 'A-1042' },
  { subType: 'copy_code', couponCode: 'SPRING' },
  { subType: 'flow', flowToken: 'x', flowActionData: { sub_type: 1, subType: [null] } },
  { subType: 'catalog', thumbnailProductRetailerId: 'a' },
  { subType: 'mpm', thumbnailProductRetailerId: 'a', sections: [{ title: 'Novels', productRetailerIds: ['a'] }] },
];
client.sendTemplate({ phone, templateName: 'order_update', headerParams: parameters, buttons, language: 'en_US' });
client.sendTemplate({ phone, templateName: 'x', components: [{ type: 'body', parameters: [] }] });

const [template] = await client.templates();
if (template) client.checkTemplate({ content: { type: 'template', templateName: 'x', buttons }, template });
// @ts-expect-error: a text has no template
client.checkTemplate({ content: { type: 'text', message: 'x' }, template });

export const wrong: (Button | Parameter)[] = [
  // @ts-expect-error: a file or an id, not both
  { type: 'image', file: 'a.jpg', id: '1' } satisfies Parameter,
  // @ts-expect-error: products stand in sections
  { subType: 'mpm', thumbnailProductRetailerId: 'a' } satisfies Button,
  // @ts-expect-error: a url button has a text
  { subType: 'url', payload: 'A-1042' } satisfies Button,
  // @ts-expect-error: a copy_code button has a coupon code
  { subType: 'copy_code', text: 'SPRING' } satisfies Button,
  // @ts-expect-error: a quick reply needs its payload
  { subType: 'quick_reply' } satisfies Button,
  // @ts-expect-error: no such button
  { subType: 'call', payload: 'x' } satisfies Button,
  // @ts-expect-error: snake_case is not JavaScript's
  { sub_type: 'url', text: 'x' } satisfies Button,
  // @ts-expect-error: a boolean is no parameter
  true satisfies Parameter,
  // @ts-expect-error: an id or a link, not both
  { type: 'image', id: '1', link: 'https://example.com/a.jpg' } satisfies Parameter,
  // @ts-expect-error: a currency has a code
  { type: 'currency', fallbackValue: '₹5', amount1000: 5000 } satisfies Parameter,
  // @ts-expect-error: a file name is a document's
  { type: 'image', id: '1', filename: 'a.jpg' } satisfies Parameter,
];

const sends: Send[] = [
  { phone, content: { type: 'text', message: 'x', previewUrl: true }, replyTo: 'wamid.A' },
  { phone, content: { type: 'location', latitude: 1, longitude: 2 } },
  { phone, content: { type: 'template', templateName: 'x', bodyParams: parameters, buttons } },
  // @ts-expect-error: a location has no message
  { phone, content: { type: 'location', message: 'x' } },
  // @ts-expect-error: there is no such kind
  { phone, content: { type: 'poem', message: 'x' } },
  // @ts-expect-error: snake_case is not JavaScript's
  { phone, content: { type: 'text', message: 'x', preview_url: true } },
  // @ts-expect-error: what is sent stands in its content
  { phone, type: 'text', message: 'x' },
];
client.send({ phone, content: { type: 'text', message: 'x' }, reference: 'r' }, { signal: AbortSignal.timeout(1000) });
// @ts-expect-error: without a content there is nothing to send
client.send({ phone });
client.sendMany(sends, { concurrency: 5, progress: ({ left }) => left.toFixed() });
client.sendEach(sends, { concurrency: 5, signal: AbortSignal.timeout(1000) });
client.sendEach(
  (async function* () {
    yield* sends;
  })(),
);

Client.cloud({ accessToken: 'x', phoneNumberId: '1', timeoutMs: 5, store: 'sqlite:x' });
Client.gateway({ baseUrl: 'x', apiKey: 'x', maxPerSecond: 5 });
// @ts-expect-error: a store is a cloud client's
Client.gateway({ baseUrl: 'x', apiKey: 'x', store: 'sqlite:x' });
// @ts-expect-error: the token is missing
Client.cloud({ phoneNumberId: '1' });
// @ts-expect-error: clients come from their hosts
new Client();
