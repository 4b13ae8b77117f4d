// The form of a Flow: its screens where the sandbox has its JSON, else rows of names and values.

import { el } from '../dom.js';
import { icon } from '../icons.js';
import { open, openForm } from './modal.js';
import { drawScreen } from './screen.js';

/**
 * Opens a Flow.
 * @param {string} title what its button says
 * @param {object} parameters Meta's of the message: `flow_action_payload` has the first screen and its data
 * @param {object} context of the message
 */
export function fillFlow(title, parameters, context) {
  const screens = context.entry.flow?.screens;
  if (!Array.isArray(screens) || screens.length === 0) {
    fillNamed(title, [{ name: '', value: '' }], context);
    return;
  }
  const first = parameters.flow_action_payload ?? {};
  const values = {};
  const place = el('div', { class: 'flow' });
  const { close } = open(title, {}, place);
  const show = (id, data, focus) => {
    const screen = screens.find((screen) => screen.id === id) ?? screens[0];
    const drawn = drawScreen(screen, data, values, {
      next: (name, payload) => show(name, payload, true),
      send: async (answers) => {
        await context.tell({ act: 'flow', answers, message: context.entry.id });
        close();
      },
    });
    place.replaceChildren(drawn);
    if (focus) place.querySelector('input, select, textarea, button')?.focus();
  };
  show(first.screen, first.data ?? {}, false);
}

/**
 * Opens a form of named fields, to which rows can be added.
 * @param {string} title the heading
 * @param {Array<{name: string, value: string}>} rows what it begins with
 * @param {object} context of the message
 */
export function fillNamed(title, rows, context) {
  const list = el('div', { class: 'named-rows' });
  const add = ({ name, value }) => {
    const at = list.childElementCount + 1;
    const text = (label, value) => el('input', { 'aria-label': `${label} ${at}`, placeholder: label, value });
    list.append(el('div', { class: 'pair' }, text('Name', name), text('Value', value)));
  };
  rows.forEach(add);
  const more = el(
    'button',
    { type: 'button', class: 'quiet', onclick: () => add({ name: '', value: '' }) },
    icon('plus'),
    'Another field',
  );
  const note = el(
    'p',
    { class: 'note' },
    'The answers as they are sent: each a name and a value. Empty ones are left out.',
  );
  openForm(title, 'Send the form', [note, list, more], () => {
    const pairs = [...list.children].map((row) => [...row.querySelectorAll('input')].map((input) => input.value));
    return context.tell({
      act: 'flow',
      answers: Object.fromEntries(pairs.filter(([name, value]) => name && value)),
      message: context.entry.id,
    });
  });
}
