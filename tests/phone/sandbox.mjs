// A sandbox in a process of its own, what the business sends to it, and a receiver of its webhooks.

import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const binary = process.env.WAMID_BIN ?? fileURLToPath(new URL('../../target/debug/wamid', import.meta.url));

/** Waits until a question has an answer that is not false, null or undefined. */
export async function until(what, ask, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; ; ) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** What a test may use of a sandbox. */
export class Sandbox {
  /** What ends before it does. */
  #users = [];

  /** Starts one; it ends with the test. */
  static async start(test, address = '127.0.0.1:0') {
    const sandbox = new Sandbox();
    sandbox.process = spawn(binary, ['sandbox', '--listen', address], { stdio: ['ignore', 'pipe', 'inherit'] });
    test.after(() => sandbox.stop());
    for await (const line of createInterface(sandbox.process.stdout)) {
      const [, name, value] = /^export (\w+)=(.*)$/u.exec(line) ?? [];
      if (name) sandbox[name] = value;
      if (name === 'WAMID_APP_ID') break;
    }
    sandbox.url = sandbox.WAMID_GRAPH_URL;
    if (!sandbox.url) throw new Error(`the sandbox does not start at ${address}`);
    sandbox.process.stdout.resume();
    return sandbox;
  }

  /** Has something done before the sandbox ends. */
  before(end) {
    this.#users.push(end);
  }

  async stop() {
    const ended = await Promise.allSettled(this.#users.map((end) => end()));
    await this.kill();
    for (const { reason } of ended) if (reason) throw reason;
  }

  /** Ends the process alone, as a crash does. */
  async kill() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill();
    await once(this.process, 'exit');
  }

  get page() {
    return `${this.url}/_sandbox/phone/`;
  }

  /** A request to the Graph API: the answer's JSON. */
  async graph(path, body, headers = { 'Content-Type': 'application/json' }) {
    const sent = headers['Content-Type'] === 'application/json' ? JSON.stringify(body) : body;
    const response = await fetch(`${this.url}/v25.0/${path}`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${this.WAMID_ACCESS_TOKEN}`, ...headers },
      body: sent,
    });
    return response.json();
  }

  /** Sends a message, and gives its id; none where it was refused. */
  async send(to, message) {
    const body = { messaging_product: 'whatsapp', recipient_type: 'individual', ...message, to };
    return (await this.graph(`${this.WAMID_PHONE_NUMBER_ID}/messages`, body)).messages?.[0]?.id;
  }

  text(to, body, more = {}) {
    return this.send(to, { type: 'text', text: { body, ...more } });
  }

  /** Uploads a file as a business does, and gives its id. */
  async upload(bytes, type, name) {
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('type', type);
    form.set('file', new Blob([bytes], { type }), name);
    return (await this.graph(`${this.WAMID_PHONE_NUMBER_ID}/media`, form, {})).id;
  }

  /** Makes a template. */
  async template(definition) {
    return this.graph(`${this.WAMID_BUSINESS_ACCOUNT_ID}/message_templates`, {
      language: 'en',
      category: 'MARKETING',
      ...definition,
    });
  }

  /** Makes a Flow of this JSON, and gives its id. */
  async flow(json) {
    const { id } = await this.graph(`${this.WAMID_BUSINESS_ACCOUNT_ID}/flows`, {
      name: 'Survey',
      categories: ['SURVEY'],
    });
    const form = new FormData();
    form.set('name', 'flow.json');
    form.set('asset_type', 'FLOW_JSON');
    form.set('file', new Blob([JSON.stringify(json)], { type: 'application/json' }), 'flow.json');
    const { validation_errors: errors } = await this.graph(`${id}/assets`, form, {});
    if (errors?.length) throw new Error(JSON.stringify(errors));
    await this.graph(`${id}/publish`, {});
    return id;
  }

  /** What the page's own endpoints answer. */
  async control(path, body) {
    const response = await fetch(
      `${this.url}/_sandbox/${path}`,
      body && { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) },
    );
    return response.json();
  }

  /** Starts a receiver of this sandbox's webhooks; it ends with the test. */
  async receiver(test, { status = 200 } = {}) {
    const receiver = new Receiver(this.WAMID_APP_SECRET, status);
    await receiver.listen(test);
    await this.control('webhook', { url: receiver.url });
    return receiver;
  }
}

/** Takes webhooks whose signature is that of the app's secret, and refuses others. */
class Receiver {
  /** The messages and statuses that came, in order. */
  messages = [];
  statuses = [];
  preferences = [];
  forged = 0;

  constructor(secret, status) {
    this.secret = secret;
    this.status = status;
  }

  async listen(test) {
    this.server = createServer(async (request, response) => {
      const parts = [];
      for await (const part of request) parts.push(part);
      const body = Buffer.concat(parts);
      const signature = `sha256=${createHmac('sha256', this.secret).update(body).digest('hex')}`;
      const genuine = request.headers['x-hub-signature-256'] === signature;
      if (!genuine) this.forged += 1;
      else if (this.status === 200) this.#take(JSON.parse(body));
      response.writeHead(genuine ? this.status : 403).end();
    });
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${this.server.address().port}/webhook`;
    test.after(() => {
      this.server.closeAllConnections();
      this.server.close();
    });
  }

  #take(body) {
    for (const { value } of body.entry.flatMap((entry) => entry.changes)) {
      for (const message of value.messages ?? [])
        this.messages.push({ ...message, name: value.contacts?.[0]?.profile?.name });
      this.statuses.push(...(value.statuses ?? []));
      this.preferences.push(...(value.user_preferences ?? []));
    }
  }

  /** The next message of that type which was not asked for yet. */
  async message(type) {
    const found = await until(`a webhook of type ${type}`, () =>
      this.messages.find((message) => message.type === type && !message.given),
    );
    found.given = true;
    return found;
  }

  /** The status of that name of a message. */
  reported(id, name) {
    return until(`the status ${name} of ${id}`, () =>
      this.statuses.find((status) => status.id === id && status.status === name),
    );
  }
}
