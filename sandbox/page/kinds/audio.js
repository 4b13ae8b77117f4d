// A sound, or a voice message.

import { el } from '../dom.js';
import { fileBox } from '../files.js';

export const draw = (media) =>
  el('div', { class: 'wide' }, fileBox('audio', media), media.voice && el('p', { class: 'note' }, 'Voice message'));

export const words = (media) => (media.voice ? 'Voice message' : 'Sound');
