// Products of the catalog, in sections.

import { order } from '../../dialogs/order.js';
import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { action, framed, partsOf } from '../framed.js';

export function draw(message, context) {
  const sections = (message.action?.sections ?? []).map((section) => ({
    title: section.title ?? '',
    ids: (section.product_items ?? []).map((item) => item.product_retailer_id),
  }));
  const count = sections.reduce((sum, section) => sum + section.ids.length, 0);
  const card = el('p', { class: 'card counted' }, icon('bag'), count === 1 ? '1 item' : `${count} items`);
  const open = () => order(message.header?.text ?? 'Items', sections, context);
  return framed(partsOf(message), [card], [action('View items', 'list', context, open)]);
}
