// A place: a drawn map with a pin, its name and address.

import { el, shape } from '../dom.js';

export function draw(place) {
  const coordinates = `${round(place.latitude)}, ${round(place.longitude)}`;
  return el(
    'div',
    { class: 'wide pin' },
    map(),
    el('b', { dir: 'auto' }, place.name || 'Location'),
    place.address && el('span', { dir: 'auto' }, place.address),
    el('span', { class: 'note' }, coordinates),
  );
}

export const words = (place) =>
  `Location: ${place.name || place.address || `${round(place.latitude)}, ${round(place.longitude)}`}`;

function round(degrees) {
  const number = Number(degrees);
  return Number.isFinite(number) ? String(Math.round(number * 1e5) / 1e5) : String(degrees);
}

function map() {
  return shape(
    'svg',
    { class: 'map', viewBox: '0 0 280 130', preserveAspectRatio: 'xMidYMid slice', 'aria-hidden': 'true' },
    shape('rect', { class: 'map-land', width: 280, height: 130 }),
    shape('path', { class: 'map-park', d: 'M0 0h88l-22 46L0 58zM196 86l84-22v66h-96z' }),
    shape('path', {
      class: 'map-water',
      d: 'M120 130c10-30 44-34 62-62S240 20 280 22v-22h-74c-26 20-40 44-62 60s-50 40-54 70z',
    }),
    shape('path', { class: 'map-road', d: 'M-4 92 104 46 150-4M40 134 84 54 62-4M104 46l80 40 100 10M184 86l-12 48' }),
    shape('ellipse', { class: 'map-shadow', cx: 140, cy: 84, rx: 11, ry: 4 }),
    shape('path', { class: 'map-pin', d: 'M140 84s-20-20-20-36a20 20 0 0 1 40 0c0 16-20 36-20 36z' }),
    shape('circle', { class: 'map-hole', cx: 140, cy: 48, r: 7.5 }),
  );
}
