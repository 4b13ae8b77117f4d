// A video, with its caption.

import { el } from '../dom.js';
import { fileBox } from '../files.js';
import { prose } from '../formatting.js';

export const draw = (media) =>
  el('div', { class: 'wide' }, fileBox('video', media), media.caption && prose(media.caption));

export const words = (media) => (media.caption ? `Video: ${media.caption}` : 'Video');
