// The line above the composer: to whom the webhook of the last act went, and what it answered.

import * as backend from './backend.js';
import { el } from './dom.js';
import { icon } from './icons.js';

/** Shows what becomes of an act. */
export class Delivery {
  #store;
  #id = null;

  constructor(store) {
    this.#store = store;
    this.line = el('div', { class: 'delivery-line', role: 'status' });
    this.place = el('div', { class: 'delivery-more' });
    this.element = el('div', { class: 'delivery', hidden: true }, this.line, this.place);
  }

  clear() {
    this.#id = null;
    this.#show('', '', []);
    this.element.hidden = true;
  }

  failed(error) {
    this.#id = null;
    this.#show('bad', 'alert', [error.message]);
  }

  /** An act was done. */
  done({ id, webhook_sent: sent }) {
    this.#id = sent ? id : null;
    if (sent) {
      if (!id) this.#show('', 'webhook', ['Sent to ', this.#address()]);
      else this.follow(id);
    } else if (id && !this.#store.state.webhook) {
      this.#show('', 'webhook', ['No webhook is set: nobody was told.']);
      this.place.replaceChildren(this.#form());
    } else {
      this.clear();
    }
  }

  /** The wire of an entry has changed. */
  async follow(id) {
    if (id !== this.#id) return;
    const wire = await backend.wire(id).catch(() => null);
    if (id !== this.#id) return;
    const hook = wire?.webhooks?.at(-1);
    const last = hook?.tries?.at(-1);
    const to = hook ? el('bdi', { class: 'address' }, hook.url) : this.#address();
    if (!last) this.#show('', 'clock', ['Waiting for ', to]);
    else if (last.status === 200) this.#show('good', 'tick', [to, ' answered 200']);
    else {
      const count = hook.tries.length > 1 ? `, tried ${hook.tries.length} times` : '';
      this.#show('bad', 'alert', [
        to,
        last.status
          ? ` answered ${last.status}, Meta wants 200${count}`
          : ` did not answer: ${last.error ?? 'no connection'}${count}`,
      ]);
    }
  }

  #address() {
    return el('bdi', { class: 'address' }, this.#store.state.webhook ?? '');
  }

  #show(look, drawing, words) {
    this.element.hidden = false;
    this.element.className = `delivery ${look}`;
    this.line.replaceChildren(...(drawing ? [icon(drawing)] : []), el('span', {}, ...words));
    this.place.replaceChildren();
  }

  #form() {
    const input = el('input', {
      type: 'url',
      required: true,
      'aria-label': 'Address of your webhook',
      placeholder: 'http://127.0.0.1:8000/webhook',
    });
    const form = el('form', { class: 'inline' }, input, el('button', { class: 'quiet' }, 'Set webhook'));
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await backend.setWebhook(input.value.trim());
        this.#show('good', 'tick', ['Webhooks go to ', el('bdi', { class: 'address' }, input.value.trim())]);
      } catch (error) {
        this.failed(error);
        this.place.replaceChildren(form);
      }
    });
    return form;
  }
}
