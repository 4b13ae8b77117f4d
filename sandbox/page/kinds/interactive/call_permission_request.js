// A question whether the business may call.

import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { framed, partsOf } from '../framed.js';

export const draw = (message) =>
  framed(partsOf(message), [el('p', { class: 'card counted' }, icon('calls'), 'Allow this business to call you?')]);

export const words = (message) => message.body?.text || 'May we call you?';
