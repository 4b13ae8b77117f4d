// A text with a button that sends the customer's location.

import { sendPlace } from '../../dialogs/place.js';
import { action, framed, partsOf } from '../framed.js';

export const draw = (message, context) =>
  framed(partsOf(message), [], [action('Send location', 'pin', context, () => sendPlace(context))]);
