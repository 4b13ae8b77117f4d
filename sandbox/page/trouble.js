// What can be set of a customer: the trouble that they have, as a group of switches, and their name.

import { el } from './dom.js';
import { isNamed } from './words.js';

const SWITCHES = [
  ['offline', 'Offline', 'Messages wait until the phone is back'],
  ['deleted', 'Account deleted', 'Messages fail with 131026'],
  ['opted_out', 'No marketing', 'Marketing templates fail with 131050'],
  ['window_closed', '24 hours over', 'All but templates fail with 131047'],
  ['blocked', 'Business blocked', 'Messages stay sent, and no answer comes'],
  ['reads', 'Reads at once', 'Off: messages stay delivered until they are read'],
];

/** The names of the trouble that a chat has. */
export function troubles(chat) {
  const wrong = SWITCHES.filter(([name]) => (name === 'reads' ? chat.reads === false : chat.trouble?.[name]));
  return wrong.map(([name, title]) => (name === 'reads' ? 'Does not read' : title));
}

/**
 * The group of switches of a chat.
 * @param {object} chat
 * @param {function(object): Promise} act does an act of the customer
 */
export function troubleGroup(chat, act) {
  const one = ([name, title, note]) => {
    const on = name === 'reads' ? chat.reads !== false : chat.trouble?.[name] === true;
    const input = el('input', {
      type: 'checkbox',
      role: 'switch',
      name,
      checked: on,
      'aria-describedby': `about-${name}`,
    });
    input.addEventListener('change', async () => {
      if (!(await act({ act: 'set', [name]: input.checked }))) input.checked = !input.checked;
    });
    return el(
      'label',
      { class: 'switch' },
      input,
      el('span', {}, el('b', {}, title), el('span', { class: 'note', id: `about-${name}` }, note)),
    );
  };
  return el('fieldset', { class: 'trouble' }, el('legend', {}, 'What goes wrong on this phone'), ...SWITCHES.map(one));
}

/** The form of a customer's name. */
export function nameForm(chat, act) {
  const input = el('input', {
    maxlength: 512,
    required: true,
    dir: 'auto',
    value: isNamed(chat) ? chat.name : null,
    'aria-label': 'Name of the customer',
    placeholder: 'Name of the customer',
  });
  const form = el('form', { class: 'inline' }, input, el('button', { class: 'quiet' }, 'Rename'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act({ act: 'set', name: input.value.trim() });
  });
  return form;
}
