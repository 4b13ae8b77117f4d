// Products, of which the customer orders some.

import { el } from '../dom.js';
import { productRow } from '../kinds/framed.js';
import { field, openForm, textOf } from './modal.js';

/**
 * Opens products with their quantities.
 * @param {string} title the heading
 * @param {Array<{title: string, ids: Array<string>}>} sections by retailer id
 * @param {object} context of the message that offers them
 */
export function order(title, sections, context) {
  const only = sections.length === 1 && sections[0].ids.length === 1;
  const row = (id) => {
    const quantity = el('input', {
      type: 'number',
      min: 0,
      max: 999,
      value: only ? 1 : 0,
      'aria-label': `Quantity of ${context.store.product(id)?.name ?? id}`,
    });
    quantity.dataset.product = id;
    return el('li', { class: 'order-row' }, productRow(id, context.store), quantity);
  };
  const lists = sections.map((section) => [
    section.title && el('h3', { dir: 'auto' }, section.title),
    el('ul', { class: 'rows' }, ...section.ids.map(row)),
  ]);
  const note = field('Note (optional)', el('input', { name: 'note', maxlength: 1000 }));
  openForm(title, 'Send the order', [...lists.flat().filter(Boolean), note], (form) => {
    const items = [...form.querySelectorAll('[data-product]')]
      .map((input) => ({ product_retailer_id: input.dataset.product, quantity: Number(input.value) }))
      .filter((item) => item.quantity > 0);
    if (items.length === 0) throw new Error('Give at least one item a quantity.');
    const text = textOf(form, 'note');
    return context.tell({ act: 'order', items, message: context.entry.id, ...(text && { text }) });
  });
}
