// A document, with its name and caption.

import { el } from '../dom.js';
import { fileBox } from '../files.js';
import { prose } from '../formatting.js';

export const draw = (media) =>
  el('div', { class: 'wide' }, fileBox('document', media), media.caption && prose(media.caption));

export const words = (media) => `Document: ${media.filename || media.caption || 'file'}`;
