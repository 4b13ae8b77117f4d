// The page's drawings: outlines in a square of 24.

import { shape } from './dom.js';

const OUTLINES = {
  alert: 'M12 4 21 20H3zM12 10v4M12 17v.5',
  attach: 'M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3l-7.8 7.7a1.5 1.5 0 0 1-2.1-2.1L14 7.6',
  back: 'M15 5l-7 7 7 7',
  bag: 'M6 8h12l1 12H5zM9 8a3 3 0 0 1 6 0',
  calls: 'M6 4h3l1.5 4-2 1.5a11 11 0 0 0 5 5l1.5-2 4 1.5v3a2 2 0 0 1-2 2A14 14 0 0 1 4 6a2 2 0 0 1 2-2z',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l2.5 2',
  close: 'M6 6l12 12M18 6L6 18',
  code: 'M9 8l-4 4 4 4M15 8l4 4-4 4',
  copy: 'M9 9h10v11H9zM6 15H5V4h10v2',
  down: 'M6 10l6 6 6-6',
  edit: 'M5 19l1-4L16 5l3 3L9 18z',
  eye: 'M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6zM12 9.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  file: 'M7 3h7l4 4v14H7zM14 3v4h4M10 12h5M10 16h5',
  form: 'M5 4h14v16H5zM8 8h8M8 12h8M8 16h4',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-5 0-5-4-2.5-4S12 7 12 7zm0 0c5 0 5-4 2.5-4S12 7 12 7z',
  link: 'M14 5h5v5M19 5l-8 8M17 14v5H5V7h5',
  list: 'M9 7h11M9 12h11M9 17h11M4.5 7h.5M4.5 12h.5M4.5 17h.5',
  more: 'M12 6v.5M12 12v.5M12 18v.5',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4.5 20a7.5 7.5 0 0 1 15 0',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.5',
  pin: 'M12 21s-7-6.5-7-11a7 7 0 0 1 14 0c0 4.5-7 11-7 11zM12 7.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  play: 'M8 5l11 7-11 7z',
  plus: 'M12 5v14M5 12h14',
  reply: 'M10 6l-6 6 6 6M4 12h9a7 7 0 0 1 7 7',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5L20 20',
  send: 'M4 12L20 4l-5 16-4-7zM11 13l9-9',
  smile: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM9 10v.5M15 10v.5M8.5 14a4 4 0 0 0 7 0',
  sound: 'M5 10v4h3l4 4V6l-4 4zM15.5 9a4 4 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  switches:
    'M4 8h8M17 8h3M4 16h3M12 16h8M14.5 5.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM9.5 13.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  tick: 'M5 12.5l4.5 4.5L19 7',
  ticks: 'M2 12.5l4.5 4.5L16 7M11 16l1 1L21.5 7',
  trash: 'M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13',
  webhook: 'M4 12h10M10 7l5 5-5 5M15 4h5v16h-5',
};

/** A drawing, hidden from screen readers: what it means stands beside it or in its button's label. */
export function icon(name) {
  return shape(
    'svg',
    { class: `icon icon-${name}`, viewBox: '0 0 24 24', 'aria-hidden': 'true', focusable: 'false' },
    shape('path', { d: OUTLINES[name] }),
  );
}
