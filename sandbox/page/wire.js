// What went over the wire for an entry: the call that sends it, the request and the answer, what was checked, the webhooks.

import { wire as exchangeOf } from './backend.js';
import { json } from './calls/escape.js';
import { callTabs } from './calls/tabs.js';
import { el } from './dom.js';

/** Of each container the newest entry that it was asked to show, and which texts it shows as they were sent. */
const shown = new WeakMap();

/**
 * Fills `container` with the wire of an entry. Asked again for the same entry, when its wire has changed, it keeps the focus.
 * @param {Element} container what it fills
 * @param {object} entry the entry
 * @param {{graphUrl?: string}} options where curl sends the message: the sandbox itself where absent
 * @returns {Promise<void>} when it is there
 */
export async function showWire(container, entry, { graphUrl = location.origin } = {}) {
  const known = shown.get(container);
  const view = known?.id === entry.id ? known : { id: entry.id, asSent: new Set() };
  shown.set(container, view);
  // Without it there is still the call.
  const exchange = await exchangeOf(entry.id).catch((error) => ({ wrong: error.message }));
  // Another entry, or a later state of this one, may have come meanwhile.
  if (shown.get(container) !== view) return;
  view.calls ??=
    entry.side === 'business' &&
    callTabs(entry.body, { graphUrl, phoneNumberId: entry.phone_number_id, path: exchange.request?.path });
  const draw = () => {
    const focused = container.contains(document.activeElement) && document.activeElement.dataset.key;
    container.replaceChildren(...parts(exchange, view, draw));
    if (focused) container.querySelector(`[data-key="${focused}"]`)?.focus();
  };
  draw();
}

function parts({ wrong, request, answer, checks = [], refused, webhooks = [] }, view, draw) {
  const text = (key, name, body) => body && textBlock(key, name, body, view, draw);
  return [
    view.calls && section('As a call', view.calls),
    wrong && el('p', { class: 'wrong', role: 'alert' }, wrong),
    request &&
      section(
        'Request',
        line(`${request.method} ${request.path}`),
        headers(request.headers),
        text('request', 'Request', request.body),
      ),
    (checks.length > 0 || refused) && section('Checks', checkList(checks, refused)),
    answer && section('Answer', ...answered(answer), text('answer', 'Answer', answer.body)),
    !wrong &&
      section(
        'Webhooks',
        webhooks.length === 0 && el('p', { class: 'note' }, 'None has followed.'),
        webhooks.map((webhook, at) =>
          el(
            'article',
            { class: 'wire-webhook', 'aria-label': `Webhook ${at + 1}: ${webhook.event}` },
            el('h4', {}, webhook.event),
            line(`POST ${webhook.url}`),
            headers(webhook.headers),
            text(`webhook-${at}`, `Webhook ${at + 1}`, webhook.body),
            el('ol', { class: 'wire-tries', 'aria-label': 'Tries' }, webhook.tries.map(attempt)),
          ),
        ),
      ),
  ].filter(Boolean);
}

const section = (title, ...children) =>
  el('section', { class: 'wire', 'aria-label': title }, el('h3', {}, title), ...children);

const line = (text) => el('p', { class: 'wire-line', dir: 'ltr' }, text);

const headers = (pairs) =>
  pairs?.length > 0 &&
  el(
    'dl',
    { class: 'wire-headers', dir: 'ltr' },
    pairs.map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))),
  );

const answered = ({ fault, status, headers: pairs }) =>
  fault ? [line(`The connection was ${fault}, without an answer.`)] : [line(`Status ${status}`), headers(pairs)];

/** What held, and what did not. */
function checkList(checks, refused) {
  const item = (name, sign, words, text) =>
    el('li', { class: name }, el('span', { role: 'img', 'aria-label': words }, sign), ' ', text);
  return el(
    'ul',
    { class: 'wire-checks' },
    checks.map((check) => item('held', '✓', 'held', check)),
    refused && item('refused', '✗', 'did not hold', refused),
  );
}

function attempt({ time, status, error }) {
  // As Meta does: any other answer than 200 means that the webhook did not come.
  const isTaken = status === 200;
  const wanted = isTaken ? '' : ', Meta wants 200';
  const what = status === null ? (error ?? 'no answer') : `answered ${status}${error ? `: ${error}` : ''}${wanted}`;
  return el(
    'li',
    { class: isTaken ? 'held' : 'refused' },
    el('time', { datetime: time }, new Date(time).toLocaleTimeString()),
    ' ',
    what,
  );
}

/** A body: JSON on many lines, and on demand as it went. */
function textBlock(key, name, body, view, draw) {
  const pretty = prettyOf(body);
  const isRaw = pretty === null || view.asSent.has(key);
  const turn = () => {
    if (!view.asSent.delete(key)) view.asSent.add(key);
    draw();
  };
  return el(
    'div',
    { class: 'wire-body' },
    pretty !== null &&
      el(
        'button',
        {
          type: 'button',
          class: 'wire-button',
          'data-key': key,
          'aria-pressed': String(isRaw),
          'aria-label': `${name} as sent`,
          onclick: turn,
        },
        'As sent',
      ),
    el(
      'pre',
      { class: isRaw && 'as-sent', dir: 'ltr', tabindex: '0', role: 'group', 'aria-label': `${name}, body` },
      isRaw ? body : pretty,
    ),
  );
}

/** Null of what is no JSON. */
function prettyOf(body) {
  try {
    return json(JSON.parse(body), 2);
  } catch {
    return null;
  }
}
