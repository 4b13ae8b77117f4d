// A text with up to three reply buttons.

import { framed, partsOf, replyAction } from '../framed.js';

export function draw(message, context) {
  const replies = (message.action?.buttons ?? []).map((button) => button.reply ?? {});
  return framed(
    partsOf(message),
    [],
    replies.map(({ title = '', id }) => replyAction(title, id, context)),
  );
}
