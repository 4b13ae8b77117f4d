// What the sandbox is asked, and what it is told. Its own addresses alone.

const ROOT = '/_sandbox/phone';

async function answered(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

async function ask(path) {
  return answered(await fetch(ROOT + path));
}

async function tell(path, body, type = 'application/json') {
  const sent = type === 'application/json' ? JSON.stringify(body) : body;
  return answered(await fetch(path, { method: 'POST', headers: { 'Content-Type': type }, body: sent }));
}

const chat = (phone) => `/chats/${encodeURIComponent(phone)}`;

/** Everything but the entries of the chats. */
export const state = () => ask('/state');

/** The newest entries of a chat, or those before one: `{entries, more}`. */
export function entries(phone, before, limit = 100) {
  const query = new URLSearchParams({ limit: String(limit) });
  if (before) query.set('before', before);
  return ask(`${chat(phone)}?${query}`);
}

/** The exchange of an entry, and the webhooks that followed. */
export const wire = (id) => ask(`/wire/${encodeURIComponent(id)}`);

/** What the customer does: `{id, webhook_sent}`. Fails with the sandbox's sentence. */
export const act = (phone, what) => tell(ROOT + chat(phone), what);

/** Sets where webhooks go; null: nowhere. */
export const setWebhook = (url) => tell('/_sandbox/webhook', { url });

/** Uploads a file: `{id}`. */
export const upload = (file) => tell(`${ROOT}/files`, file, file.type || 'application/octet-stream');

/** The address of a file that the sandbox has. */
export const fileAddress = (id) => `${ROOT}/files/${encodeURIComponent(id)}`;

/**
 * The changes since `seq`, as they come. While nobody sees the page there is no stream: a browser gives one server few connections.
 * @param {number} seq after which change
 * @param {object} handlers by event name, each with the event's JSON; `connection` with true or false
 * @returns {{close: function(): void}}
 */
export function events(seq, handlers) {
  let last = seq;
  let source = null;
  let retry = 0;
  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const open = () => {
    close();
    source = new EventSource(`${ROOT}/events?after=${last}`);
    source.addEventListener('open', () => handlers.connection(true));
    source.addEventListener('error', () => {
      handlers.connection(false);
      if (source?.readyState === EventSource.CLOSED) retry = setTimeout(open, 1000);
    });
    for (const name of ['entry', 'chat', 'wire', 'webhook', 'reset']) {
      source.addEventListener(name, (event) => {
        last = event.lastEventId || last;
        handlers[name](event.data ? JSON.parse(event.data) : null);
      });
    }
  };
  const seen = () => (document.hidden ? close() : source || open());
  document.addEventListener('visibilitychange', seen);
  seen();
  return {
    close: () => {
      document.removeEventListener('visibilitychange', seen);
      close();
    },
  };
}
