// Cards side by side, each with a picture and its buttons.

import { order } from '../../dialogs/order.js';
import { el } from '../../dom.js';
import { action, framed, linkAction, productRow, replyAction } from '../framed.js';

export function draw(message, context) {
  const cards = (message.action?.cards ?? []).map((card) => el('li', {}, drawn(card, context)));
  const named = { class: 'carousel', 'aria-label': 'Cards', tabindex: '0' };
  return el('div', { class: 'wide' }, framed({ body: message.body?.text }), el('ul', named, ...cards));
}

function drawn(card, context) {
  const parts = { header: card.header, body: card.body?.text };
  const { action: what = {} } = card;
  if (what.product_retailer_id) {
    const open = () => order('Order', [{ title: '', ids: [what.product_retailer_id] }], context);
    return framed(parts, [productRow(what.product_retailer_id, context.store)], [action('View', 'bag', context, open)]);
  }
  if (what.name === 'cta_url')
    return framed(
      parts,
      [],
      [linkAction(what.parameters?.display_text ?? 'Open', what.parameters?.url ?? '', context)],
    );
  const replies = (what.buttons ?? []).map((button) => button.quick_reply ?? button.reply ?? {});
  return framed(
    parts,
    [],
    replies.map(({ title = '', id }) => replyAction(title, id, context)),
  );
}
