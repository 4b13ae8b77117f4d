// A text with a button that opens the form of a delivery address (India).

import { fillNamed } from '../../dialogs/flow.js';
import { action, framed, partsOf } from '../framed.js';

const FIELDS = [
  'name',
  'phone_number',
  'in_pin_code',
  'house_number',
  'floor_number',
  'tower_number',
  'building_name',
  'address',
  'landmark_area',
  'city',
  'state',
];

export function draw(message, context) {
  const known = message.action?.parameters?.values ?? {};
  const done = { ...context, answered: () => context.answered('flow') };
  const open = () =>
    fillNamed(
      'Delivery address',
      FIELDS.map((name) => ({ name, value: known[name] ?? '' })),
      context,
    );
  return framed(partsOf(message), [], [action('Provide address', 'pin', done, open)]);
}
