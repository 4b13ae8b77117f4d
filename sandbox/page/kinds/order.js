// The customer's order: what was put into the cart.

import { el } from '../dom.js';
import { prose } from '../formatting.js';
import { icon } from '../icons.js';

const items = (order) => (Array.isArray(order.product_items) ? order.product_items : []);

export function draw(order, { store }) {
  return el(
    'div',
    { class: 'wide' },
    el(
      'div',
      { class: 'card order' },
      el('b', { class: 'order-head' }, icon('bag'), counted(order)),
      el(
        'ul',
        {},
        ...items(order).map((item) =>
          el(
            'li',
            {},
            `${item.quantity} × `,
            store.product(item.product_retailer_id)?.name ?? item.product_retailer_id,
            price(item),
          ),
        ),
      ),
    ),
    order.text && prose(order.text),
  );
}

export const words = (order) => `Order: ${counted(order)}`;

function counted(order) {
  const count = items(order).reduce((sum, item) => sum + (Number(item.quantity) || 0), 0);
  return count === 1 ? '1 item' : `${count} items`;
}

function price(item) {
  return item.item_price === undefined
    ? null
    : el('span', { class: 'note' }, ` ${item.item_price} ${item.currency ?? ''}`);
}
