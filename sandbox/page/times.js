// Times as a phone shows them.

import { el } from './dom.js';

const CLOCK = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: '2-digit' });

/** The time of day. */
export function clock(instant) {
  return el(
    'time',
    { datetime: instant, title: new Date(instant).toLocaleString('en-GB') },
    CLOCK.format(new Date(instant)),
  );
}

/** The day, as one text for each day. */
export function day(instant) {
  const date = new Date(instant);
  return daysAgo(date) === 0 ? 'Today' : daysAgo(date) === 1 ? 'Yesterday' : DAY.format(date);
}

/** The time of a chat's newest message: the time of day, or the day where it is another. */
export function recent(instant) {
  const date = new Date(instant);
  const ago = daysAgo(date);
  const text = ago === 0 ? CLOCK.format(date) : ago === 1 ? 'Yesterday' : SHORT_DAY.format(date);
  return el('time', { datetime: instant }, text);
}

function daysAgo(date) {
  const midnight = (of) => new Date(of.getFullYear(), of.getMonth(), of.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(date)) / 86_400_000);
}
