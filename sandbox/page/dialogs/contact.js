// Sends a contact.

import { el } from '../dom.js';
import { field, openForm, textOf } from './modal.js';

/** Opens the form of a contact; at first it is the customer's own. */
export function sendContact(context) {
  const own = /^\d+$/u.test(context.chat.phone) ? `+${context.chat.phone}` : '';
  const fields = [
    field('Name', el('input', { name: 'name', required: true, maxlength: 200, value: context.chat.name })),
    field('Phone', el('input', { name: 'phone', type: 'tel', required: true, maxlength: 40, value: own })),
  ];
  openForm('Send a contact', 'Send', fields, (form) =>
    context.tell({ act: 'contact', name: textOf(form, 'name'), phone: textOf(form, 'phone') }),
  );
}
