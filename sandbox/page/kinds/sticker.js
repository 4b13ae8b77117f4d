// A sticker, which stands without a bubble.

import { fileBox } from '../files.js';

export const draw = (media) => fileBox('sticker', media);

export const words = () => 'Sticker';
