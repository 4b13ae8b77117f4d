// What became of an order.

import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { framed, partsOf } from '../framed.js';

export function draw(message) {
  const { reference_id: reference, order = {} } = message.action?.parameters ?? {};
  const words = `Order ${reference ?? ''}: ${String(order.status ?? '').replaceAll(/[_-]/gu, ' ')}`;
  return framed(partsOf(message), [
    el('p', { class: 'card counted' }, icon('bag'), words),
    order.description && el('p', { class: 'note', dir: 'auto' }, order.description),
  ]);
}
