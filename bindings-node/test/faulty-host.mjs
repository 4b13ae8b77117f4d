// A host that plays Meta badly: it holds what is sent to it at a chosen stage, and counts what really arrived.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, createServer as listen } from 'node:net';
import { Worker } from 'node:worker_threads';

/** What becomes of a message goes by its recipient. */
const RECIPIENTS = ['15550000000', '15550000001', '15550000002', '15550000003'];
export const [QUICK, SILENT, BUSY, SOON] = RECIPIENTS;

/** What a download and an upload take far longer over than any test waits. */
const SIZE = 100_000_000;

/** Listens on loopback until it is closed. Each caller has a name, which is the first part of its `graphUrl`'s path. */
export class FaultyHost {
  /** The texts that arrived, by name, in order; one that comes again is there again. */
  arrived = new Map();
  #connections = new Map();
  #held = [];
  #released = new Set();
  #server = createServer((request, response) => this.#request(request, response));
  /** Takes connections and says nothing, so that a TLS handshake waits. */
  #mute = listen((connection) => {
    this.#silent.add(connection.on('error', () => {}).resume());
    connection.once('close', () => this.#silent.delete(connection));
  });
  #silent = new Set();

  static async start() {
    const host = new FaultyHost();
    for (const server of [host.#server, host.#mute]) await once(server.listen(0, '127.0.0.1'), 'listening');
    return host;
  }

  get addresses() {
    const url = (scheme, server) => `${scheme}://127.0.0.1:${server.address().port}`;
    return { host: url('http', this.#server), tls: url('https', this.#mute) };
  }

  /** The connections of that name that are open at this moment. */
  open(name) {
    return [...this.#connections.values()].filter((of) => of === name).length;
  }

  /** Calls `then` once something of that name is here. */
  whenArrived(name, then) {
    if (this.arrived.has(name)) then();
    else setTimeout(() => this.whenArrived(name, then), 10);
  }

  /** Answers what is held of that name. */
  release(name) {
    this.#released.add(name);
    for (const { name: of, answer } of this.#held) if (of === name) answer();
  }

  close() {
    this.#server.closeAllConnections();
    for (const connection of this.#silent) connection.destroy();
    for (const server of [this.#server, this.#mute]) server.close();
  }

  #request(request, response) {
    const [name, last] = [request.url.split('/')[1], request.url.split('/').at(-1)];
    if (!this.#connections.has(request.socket)) {
      this.#connections.set(request.socket, name);
      request.socket.once('close', () => this.#connections.delete(request.socket));
    }
    request.on('error', () => {});
    if (last === 'pieces') {
      response.writeHead(200, { 'content-length': SIZE });
      const piece = setInterval(() => response.write(Buffer.alloc(1000)), 20);
      response.once('close', () => clearInterval(piece));
    } else if (last === 'media') {
      // It takes its time until the connection is full, and never answers.
      setTimeout(() => request.resume(), 300);
    } else if (request.method === 'GET') {
      const url = `${this.addresses.host}/${name}/pieces`;
      json(response, { id: name, url, mime_type: 'image/png', sha256: '0'.repeat(64), file_size: SIZE });
    } else {
      const pieces = [];
      request.on('data', (piece) => pieces.push(piece));
      request.on('end', () => this.#message(name, JSON.parse(Buffer.concat(pieces)), response));
    }
  }

  #message(name, { to, text }, response) {
    const arrived = this.arrived.get(name) ?? [];
    this.arrived.set(name, [...arrived, text.body]);
    const answer = () => json(response, { messages: [{ id: `wamid.${name}.${arrived.length}` }] });
    const recipient = to.replace('+', '');
    if (recipient === BUSY) json(response, {}, 429, { 'retry-after': '1' });
    else if (recipient === SOON) setTimeout(answer, 2);
    else if (recipient === SILENT && !this.#released.has(name)) this.#held.push({ name, answer });
    else answer();
  }
}

function json(response, body, status = 200, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A thread that listens, and then no longer looks. */
const ASLEEP = `
  const { parentPort } = require('node:worker_threads');
  const server = require('node:net').createServer();
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** An address that takes no further connection: its queue is full. What connects there waits. */
export class Blackhole {
  #asleep = new Worker(ASLEEP, { eval: true });
  #filling = [];

  static async start() {
    const hole = new Blackhole();
    const [port] = await once(hole.#asleep, 'message');
    hole.url = `http://127.0.0.1:${port}`;
    for (let waits = false; !waits; ) {
      const connection = connect(port, '127.0.0.1').on('error', () => {});
      hole.#filling.push(connection);
      waits = await new Promise((resolve) => {
        connection.once('connect', () => resolve(false));
        setTimeout(() => resolve(true), 500);
      });
    }
    return hole;
  }

  async close() {
    for (const connection of this.#filling) connection.destroy();
    await this.#asleep.terminate();
  }
}
