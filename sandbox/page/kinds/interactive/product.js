// One product of the catalog.

import { order } from '../../dialogs/order.js';
import { action, framed, partsOf, productRow } from '../framed.js';

export function draw(message, context) {
  const id = message.action?.product_retailer_id ?? '';
  const open = () => order('Order', [{ title: '', ids: [id] }], context);
  return framed(partsOf(message), [productRow(id, context.store)], [action('View', 'bag', context, open)]);
}

export const words = (message) => message.body?.text || 'Product';
