// A question whether the business may call.

import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { framed, partsOf, replyAction } from '../framed.js';

/** The answers, by their ids. The sandbox knows the same (sandbox/src/customer/buttons.rs). */
const ANSWERS = { always: 'Always allow', accept: 'Allow for 7 days', reject: "Don't allow" };

export const draw = (message, context) =>
  framed(
    partsOf(message),
    [el('p', { class: 'card counted' }, icon('calls'), 'Allow this business to call you?')],
    Object.entries(ANSWERS).map(([id, title]) => replyAction(title, id, context)),
  );

export const words = (message) => message.body?.text || 'May we call you?';
