// A text with a button that opens a list of rows.

import { chooseRow } from '../../dialogs/list.js';
import { action, framed, partsOf } from '../framed.js';

export function draw(message, context) {
  const title = message.action?.button ?? 'Options';
  const open = action(title, 'list', context, () => chooseRow(message, context));
  return framed(partsOf(message), [], [open]);
}
