// An order to be paid: its items and the total.

import { el } from '../../dom.js';
import { framed, partsOf } from '../framed.js';
import { listed } from '../unknown.js';

export function draw(message) {
  const { order = {}, total_amount: total, currency, reference_id: reference } = message.action?.parameters ?? {};
  const items = (order.items ?? []).map((item) =>
    el(
      'li',
      {},
      `${item.quantity} × ${item.name ?? item.retailer_id} `,
      el('span', { class: 'note' }, money(item.amount, currency)),
    ),
  );
  const sums = ['subtotal', 'tax', 'shipping', 'discount']
    .filter((name) => order[name])
    .map((name) => [el('dt', {}, name), el('dd', {}, money(order[name], currency))]);
  const card = el(
    'div',
    { class: 'card order' },
    el('b', {}, `Order ${reference ?? ''}`),
    el('ul', {}, ...items),
    el('dl', {}, ...sums, total && [el('dt', {}, 'total'), el('dd', {}, el('b', {}, money(total, currency)))]),
    items.length === 0 && listed(order),
  );
  return framed(partsOf(message), [card]);
}

function money(amount, currency) {
  const value = Number(amount?.value) / (Number(amount?.offset) || 100);
  return Number.isFinite(value) ? `${currency ?? ''} ${value.toFixed(2)}` : '';
}
