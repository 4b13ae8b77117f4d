// A text with a button that sends a contact.

import { sendContact } from '../../dialogs/contact.js';
import { action, framed, partsOf } from '../framed.js';

export const draw = (message, context) =>
  framed(partsOf(message), [], [action('Share contact', 'person', context, () => sendContact(context))]);
