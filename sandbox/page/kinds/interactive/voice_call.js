// A text with a button that calls the business.

import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { framed, partsOf } from '../framed.js';

export function draw(message) {
  const title = message.action?.parameters?.display_text || 'Call now';
  return framed(
    partsOf(message),
    [],
    [el('span', { class: 'action unfollowed' }, icon('calls'), el('bdi', {}, title))],
  );
}
