// Sets where the sandbox's webhooks go.

import { setWebhook } from '../backend.js';
import { el } from '../dom.js';
import { field, openForm, textOf } from './modal.js';

/** Opens the form of the webhook's address. */
export function chooseWebhook(store) {
  const note = 'On this machine, such as http://127.0.0.1:8000/whatsapp/webhook/. Leave it empty and nobody is told.';
  const input = el('input', {
    name: 'url',
    type: 'url',
    value: store.state.webhook ?? '',
    placeholder: 'http://127.0.0.1:8000/webhook',
  });
  openForm('Webhooks', 'Set', [field('Address', input, note)], (form) => setWebhook(textOf(form, 'url') || null));
}
