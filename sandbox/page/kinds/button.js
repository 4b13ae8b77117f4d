// A pressed quick reply of a template.

import { prose } from '../formatting.js';

export const draw = (button) => prose(button.text);

export const words = (button) => button.text;
