// The page: the chats beside the open one, live.

import { Chat } from './chat.js';
import { Chats } from './chats.js';
import { chooseWebhook } from './dialogs/webhook.js';
import { el, shortened } from './dom.js';
import { icon } from './icons.js';
import { Store } from './store.js';
import { named, phoneOf, words } from './words.js';

const store = new Store();
const chats = new Chats(store, (phone) => {
  location.hash = encodeURIComponent(phone);
  // Whoever opens a chat wants to write there; on a touch screen the keyboard would cover it.
  if (matchMedia('(hover: hover)').matches) writing = true;
  if (open?.phone === phone) open.composer.text.focus();
});
const webhook = el('button', { type: 'button', class: 'webhook', onclick: () => chooseWebhook(store) });
const lost = el('p', { class: 'disconnected', role: 'alert' });
const said = el('div', { class: 'hidden', 'aria-live': 'polite', 'aria-atomic': 'false' });
const business = el('h2', { dir: 'auto' }, 'Phone');
const side = el(
  'nav',
  { class: 'side', 'aria-label': 'Chats' },
  el('header', { class: 'side-head' }, business, el('p', {}, 'What your customers see')),
  chats.element,
  webhook,
);
const place = el('div', { class: 'place' });
let open = null;
let writing = false;

document.getElementById('phone').append(el('h1', { class: 'hidden' }, 'Phone'), lost, side, place, said);

/** The phone that the address names, whichever way its number is written; empty where it names none. */
function wanted() {
  try {
    const text = decodeURIComponent(location.hash.slice(1));
    return store.chats.has(text) ? text : phoneOf(text);
  } catch {
    return '';
  }
}

async function show() {
  const phone = wanted();
  const isSame = Boolean(phone) && open?.phone === phone;
  if (!isSame) {
    open?.close();
    open = null;
  }
  document.body.classList.toggle('in-chat', Boolean(phone));
  chats.mark(phone || null);
  drawTitle();
  if (!phone) {
    place.replaceChildren(nothing());
    return;
  }
  if (!store.chats.has(phone)) store.begin(phone);
  const chat = open ?? new Chat(store, phone, leave);
  open = chat;
  // What is being written, and where somebody reads, outlives a restart of the sandbox.
  const reading = isSame ? chat.conversation.place() : null;
  if (isSame) chat.draw();
  else place.replaceChildren(chat.element);
  if (writing) chat.composer.text.focus();
  writing = false;
  try {
    await store.open(phone);
    if (open === chat) await chat.conversation.show(reading);
  } catch (error) {
    chat.delivery.failed(error);
  }
}

/** Back to the list of chats. */
function leave() {
  history.pushState(null, '', location.pathname);
  show();
  chats.focus();
}

function nothing() {
  const { graph_url: url } = store.state;
  return el(
    'div',
    { class: 'nothing-open' },
    icon('send'),
    el('h2', {}, store.chats.size > 0 ? 'Choose a chat' : 'Nothing was sent yet'),
    el(
      'p',
      {},
      'Messages that are sent to the sandbox appear here as a customer sees them. Answer them, and your webhook is told.',
    ),
    url && el('p', {}, 'The sandbox is at ', el('code', {}, url)),
  );
}

function drawTitle() {
  const chat = store.chats.get(wanted());
  document.title = `${chat ? named(chat) : 'Phone'} – wamid sandbox`;
}

function drawSide() {
  business.textContent = store.state.business || 'Phone';
  const { webhook: url } = store.state;
  webhook.replaceChildren(
    icon('webhook'),
    el(
      'span',
      {},
      el('b', {}, url ? 'Webhooks go to' : 'No webhook is set'),
      el('span', { class: 'address' }, url ?? 'Set where answers go'),
    ),
  );
}

/** Reads new messages out, those of the open chat and of others. */
function announce(phone, added) {
  const entries = added.map((id) => store.entry(phone, id)).filter((entry) => entry?.side === 'business');
  if (entries.length === 0) return;
  const text = entries.length > 3 ? `${entries.length} new messages` : entries.map((entry) => words(entry)).join('. ');
  said.replaceChildren(el('p', {}, shortened(`To ${named(store.chats.get(phone))}: ${text}`, 400)));
}

store.addEventListener('all', () => {
  drawSide();
  show();
});
store.addEventListener('chats', () => {
  chats.draw();
  open?.draw();
  drawTitle();
});
store.addEventListener('webhook', drawSide);
store.addEventListener('connection', () => {
  lost.textContent = store.connected ? '' : 'The sandbox does not answer. Trying again.';
});
store.addEventListener('entries', ({ detail: { phone, added, changed } }) => {
  announce(phone, added);
  if (open?.phone === phone) open.conversation.take(added, changed);
});
store.addEventListener('wire', ({ detail: { id } }) => open?.delivery.follow(id));
addEventListener('hashchange', show);
addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open], [popover]')) return;
  if (open) chats.focus();
});

function start() {
  store.start().catch((error) => {
    // Where nothing answers, the browser's words say less.
    const what = error instanceof TypeError ? 'The sandbox does not answer.' : error.message;
    lost.textContent = `${what} Trying again.`;
    setTimeout(start, 1000);
  });
}
start();
