// Sends every kind that whatsapp-api-js has, or makes its other calls, each as its documentation shows it. The argument is
// `messages` or `calls`. Packages are looked for in the working folder.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const from = createRequire(`${process.cwd()}/x.js`);
const load = (name) => import(pathToFileURL(from.resolve(name)));
const { WhatsAppAPI } = await load('whatsapp-api-js');
const m = await load('whatsapp-api-js/messages');

const { WAMID_GRAPH_URL, WAMID_ACCESS_TOKEN, WAMID_PHONE_NUMBER_ID } = process.env;
const TO = '919876543210';
// Its address is fixed; the `fetch` that it takes is Node's own, sent elsewhere. Some of its addresses have no version.
const elsewhere = (to, how) => fetch(to.replace(/^https:\/\/graph\.facebook\.com(\/v26\.0)?/, `${WAMID_GRAPH_URL}/v26.0`), how);
const api = new WhatsAppAPI({ token: WAMID_ACCESS_TOKEN, v: 'v26.0', secure: false, ponyfill: { fetch: elsewhere } });

const page = 'https://example.com';
const action = (how, body, header, footer) =>
  new m.Interactive(how, new m.Body(body), header && new m.Header(header), footer && new m.Footer(footer));
const body = (...params) => new m.BodyComponent(...params.map((param) => new m.BodyParameter(param)));
const header = (param) => new m.HeaderComponent(new m.HeaderParameter(param));
const template = (name, ...components) => new m.Template(name, 'en_US', ...components);
const card = (name) =>
  new m.CarouselCard(new m.Image(`${page}/${name.toLowerCase()}.jpg`), body(name), new m.PayloadComponent(name.toLowerCase()));

const kinds = {
  text: () => new m.Text('Hello'),
  text_preview: () => new m.Text(page, true),
  text_reply: () => new m.Text('Hello'),
  image: () => new m.Image(`${page}/a.jpg`, false, 'Look'),
  image_id: () => new m.Image('1234567890', true),
  video: () => new m.Video(`${page}/a.mp4`, false, 'Look'),
  audio: () => new m.Audio(`${page}/a.mp3`),
  voice: () => new m.Audio('1234567890', true, true),
  document: () => new m.Document(`${page}/a.pdf`, false, 'Bill', 'bill.pdf'),
  sticker: () => new m.Sticker('1234567890', true),
  location: () => new m.Location(77.209, 28.6139, 'Our Office', 'New Delhi'),
  location_bare: () => new m.Location(77.209, 28.6139),
  contacts: () =>
    new m.Contacts([
      new m.Name('Asha Rao', 'Asha', 'Rao'),
      new m.Birthday('1990', '01', '31'),
      new m.Organization('Example', undefined, 'Manager'),
      new m.Phone('+919876543210', 'WORK', '919876543210'),
      new m.Email('asha@example.com', 'WORK'),
      new m.Url(page, 'WORK'),
      new m.Address('India', 'in', undefined, 'New Delhi', '1 Road', '110001', 'WORK'),
    ]),
  reaction: () => new m.Reaction('wamid.X', '\u{1f44d}'),
  reaction_removed: () => new m.Reaction('wamid.X'),
  reply_buttons: () =>
    action(new m.ActionButtons(new m.Button('yes', 'Yes'), new m.Button('no', 'No')), 'Shall we?', 'Question', 'Footer'),
  reply_buttons_image: () =>
    action(new m.ActionButtons(new m.Button('yes', 'Yes')), 'Shall we?', new m.Image(`${page}/a.jpg`)),
  list: () =>
    action(
      new m.ActionList(
        'Open',
        new m.ListSection('One', new m.Row('a', 'A', 'The first')),
        new m.ListSection('Two', new m.Row('b', 'B')),
      ),
      'Choose',
      'Header',
      'Footer',
    ),
  cta_url: () => action(new m.ActionCTA('Open', page), 'Look', 'Header', 'Footer'),
  location_request: () => action(new m.ActionLocation(), 'Where are you?'),
  contact_request: () => action(new m.ActionContactRequest(), 'Your number?'),
  flow: () =>
    action(
      new m.ActionNavigateFlow('token', '123', 'Open', 'FIRST', { a: 'b' }, 'draft'),
      'Fill in',
      'Header',
      'Footer',
    ),
  flow_data_exchange: () =>
    action(
      new m.ActionFlow({
        flow_name: 'survey', flow_token: 'token', flow_cta: 'Open', flow_action: 'data_exchange', mode: 'published',
        flow_message_version: '3',
      }),
      'Fill in',
    ),
  product: () => action(new m.ActionProduct(new m.CatalogProduct('SKU-1', '1')), 'Look', undefined, 'Footer'),
  product_list: () =>
    action(
      new m.ActionProductList(
        '1',
        new m.ProductSection('One', new m.Product('SKU-1'), new m.Product('SKU-2')),
        new m.ProductSection('Two', new m.Product('SKU-3')),
      ),
      'Look',
      'Ours',
      'Footer',
    ),
  catalog: () => action(new m.ActionCatalog(new m.Product('SKU-1')), 'Look', undefined, 'Footer'),
  call_permission: () => action(new m.ActionCallPermission(), 'May we call?'),
  template: () => template('peers_body', body('Asha', 'A-1042')),
  template_named: () =>
    template('peers_named', new m.BodyComponent(new m.BodyParameter('Asha', 'name'), new m.BodyParameter('A-1042', 'order'))),
  template_typed: () => template('peers_body', body(new m.Currency(10500, 'USD', '$10.50'), new m.DateTime('Friday'))),
  template_header: () => template('peers_text', header('A-1042'), body('Asha')),
  template_image: () => template('peers_image', header(new m.Image(`${page}/a.jpg`)), body('Asha')),
  template_video: () => template('peers_video', header(new m.Video(`${page}/a.mp4`)), body('Asha')),
  template_document: () =>
    template('peers_document', header(new m.Document(`${page}/a.pdf`, false, undefined, 'bill.pdf')), body('Asha')),
  template_location: () =>
    template('peers_location', header(new m.Location(77.209, 28.6139, 'Our Office', 'New Delhi')), body('Asha')),
  template_product: () => template('peers_product', header(new m.CatalogProduct('SKU-1', '1')), body('Asha')),
  template_buttons: () =>
    template(
      'peers_buttons',
      body('Asha'),
      new m.PayloadComponent('stop'),
      new m.URLComponent('A-1042'),
      new m.CopyComponent('TEN'),
    ),
  template_flow: () => template('peers_flow', body('Asha'), new m.FlowComponent('token', { a: 'b' })),
  template_catalog: () => template('peers_catalog', body('Asha'), new m.CatalogComponent(new m.Product('SKU-1'))),
  template_products: () =>
    template(
      'peers_products',
      body('Asha'),
      new m.MPMComponent(
        new m.Product('SKU-1'),
        new m.ProductSection('One', new m.Product('SKU-1'), new m.Product('SKU-2')),
      ),
    ),
  template_code: () => m.Template.OTP('peers_code', 'en_US', '123456'),
  template_offer: () =>
    template(
      'peers_offer',
      body('Asha'),
      new m.LTOComponent(Date.UTC(2030, 11, 24, 18)),
      new m.CopyComponent('TEN'),
      new m.URLComponent('A-1042'),
    ),
  template_carousel: () => template('peers_carousel', body('Asha'), new m.CarouselComponent(card('A'), card('B'))),
};

const file = () => {
  const form = new FormData();
  form.set('file', new File([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)], 'a.png', { type: 'image/png' }));
  return form;
};
const calls = {
  mark_read: () => api.markAsRead(WAMID_PHONE_NUMBER_ID, 'wamid.X'),
  typing: () => api.markAsRead(WAMID_PHONE_NUMBER_ID, 'wamid.X', 'text'),
  upload: () => api.uploadMedia(WAMID_PHONE_NUMBER_ID, file()),
  block: () => api.blockUser(WAMID_PHONE_NUMBER_ID, '+919876543210'),
  unblock: () => api.unblockUser(WAMID_PHONE_NUMBER_ID, '+919876543210'),
};
for (const [name, message] of Object.entries(kinds)) {
  const context = name === 'text_reply' ? 'wamid.X' : undefined;
  kinds[name] = () => api.sendMessage(WAMID_PHONE_NUMBER_ID, TO, message(), context);
}

for (const [name, make] of Object.entries(process.argv[2] === 'messages' ? kinds : calls)) {
  let failed = null;
  try {
    const answer = await make();
    if (answer.error) failed = JSON.stringify(answer.error);
  } catch (error) {
    failed = String(error);
  }
  console.log(JSON.stringify({ name, failed }));
}
