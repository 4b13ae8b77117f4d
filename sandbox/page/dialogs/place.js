// Sends a location.

import { el } from '../dom.js';
import { field, openForm, textOf } from './modal.js';

/** Opens the form of a location; `context.entry` is what it answers, where there is one. */
export function sendPlace(context) {
  const degrees = (name, value, most) =>
    el('input', { name, type: 'number', step: 'any', min: -most, max: most, required: true, value });
  const fields = [
    el(
      'div',
      { class: 'pair' },
      field('Latitude', degrees('latitude', '52.51627', 90)),
      field('Longitude', degrees('longitude', '13.37770', 180)),
    ),
    field('Name (optional)', el('input', { name: 'name', maxlength: 200 })),
    field('Address (optional)', el('input', { name: 'address', maxlength: 300 })),
  ];
  openForm('Send a location', 'Send', fields, (form) => {
    const what = {
      act: 'location',
      latitude: Number(textOf(form, 'latitude')),
      longitude: Number(textOf(form, 'longitude')),
    };
    for (const name of ['name', 'address']) if (textOf(form, name)) what[name] = textOf(form, name);
    if (context.entry) what.reply_to = context.entry.id;
    return context.tell(what);
  });
}
