// A text with up to three reply buttons.

import { action, framed, partsOf } from '../framed.js';

export function draw(message, context) {
  const titles = (message.action?.buttons ?? []).map((button) => button.reply?.title ?? '');
  const press = (title) => () => context.act({ act: 'press', title, message: context.entry.id });
  return framed(
    partsOf(message),
    [],
    titles.map((title) => action(title, 'reply', context, press(title))),
  );
}
