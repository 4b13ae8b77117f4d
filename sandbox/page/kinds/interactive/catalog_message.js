// A text with a button that opens the whole catalog.

import { order } from '../../dialogs/order.js';
import { action, framed, partsOf, productRow } from '../framed.js';

export function draw(message, context) {
  const { products } = context.store.state;
  const thumbnail = message.action?.parameters?.thumbnail_product_retailer_id ?? products[0]?.retailer_id;
  const ids = products.map((product) => product.retailer_id);
  const open = () => order('Catalog', [{ title: '', ids }], context);
  return framed(
    partsOf(message),
    [thumbnail && productRow(thumbnail, context.store)],
    [action('View catalog', 'bag', context, open)],
  );
}
