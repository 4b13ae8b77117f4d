// What WhatsApp itself says of a customer, such as a new number.

import { el } from '../dom.js';

export const draw = (system) => el('p', { class: 'note', dir: 'auto' }, words(system));

export const words = (system) => system.body || system.type || 'WhatsApp says something';
