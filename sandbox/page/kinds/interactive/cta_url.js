// A text with a button that opens an address.

import { framed, linkAction, partsOf } from '../framed.js';

export function draw(message, context) {
  const { display_text: title, url } = message.action?.parameters ?? {};
  return framed(partsOf(message), [], [linkAction(title ?? 'Open', url ?? '', context)]);
}
