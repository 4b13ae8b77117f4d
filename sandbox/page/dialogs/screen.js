// One screen of a Flow: its texts, fields and buttons. (Meta: "Flow JSON" reference, components.)

import { el } from '../dom.js';
import { prose } from '../formatting.js';
import { field } from './modal.js';

/**
 * Draws a screen.
 * @param {object} screen of the Flow's JSON
 * @param {object} data what the screen was opened with
 * @param {object} values all that was filled in so far, by name; the screen adds its own
 * @param {{next: function(string, object), send: function(object): Promise}} go on to another screen, or send the answers
 */
export function drawScreen(screen, data, values, go) {
  const examples = Object.fromEntries(
    Object.entries(screen.data ?? {}).map(([name, schema]) => [name, schema?.__example__]),
  );
  const scope = { data: { ...examples, ...data }, form: values };
  const wrong = el('p', { class: 'wrong', role: 'alert' });
  const form = el(
    'form',
    { class: 'form' },
    screen.title && el('h3', { dir: 'auto' }, screen.title),
    ...children(screen.layout?.children, scope),
    wrong,
  );
  if (!form.querySelector('button[type=submit], button:not([type])'))
    form.append(el('div', { class: 'form-end' }, el('button', { class: 'primary' }, 'Send')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    Object.assign(values, filledIn(form));
    const action = form.wanted ?? {};
    const payload = resolved(action.payload ?? {}, scope);
    try {
      if (action.name === 'navigate' && action.next?.name) go.next(action.next.name, payload);
      else await go.send(Object.keys(payload).length > 0 ? payload : { ...values });
    } catch (error) {
      wrong.textContent = error.message;
    }
  });
  return form;
}

/** What each component becomes; `c` is the component, its texts filled in. */
const COMPONENTS = {
  Form: (c, scope) => children(c.children, scope),
  If: (c, scope) => children(c.then, scope),
  Switch: (c, scope) => children(Object.values(c.cases ?? {})[0], scope),
  TextHeading: (c) => el('h4', { dir: 'auto' }, text(c.text)),
  TextSubheading: (c) => el('h4', { dir: 'auto' }, text(c.text)),
  TextBody: (c) => prose(text(c.text)),
  RichText: (c) => prose(text(c.text)),
  TextCaption: (c) => el('p', { class: 'note', dir: 'auto' }, text(c.text)),
  EmbeddedLink: (c) => el('p', { class: 'note', dir: 'auto' }, text(c.text)),
  TextInput: (c) =>
    labelled(
      c,
      el('input', {
        type: INPUTS[c['input-type']] ?? 'text',
        maxlength: c['max-chars'],
        value: c['init-value'],
        ...named(c),
      }),
    ),
  TextArea: (c) =>
    labelled(c, el('textarea', { rows: 3, maxlength: c['max-length'], ...named(c) }, c['init-value'] ?? '')),
  DatePicker: (c) => labelled(c, el('input', { type: 'date', ...named(c) })),
  CalendarPicker: (c) => labelled(c, el('input', { type: 'date', ...named(c) })),
  Dropdown: (c) =>
    labelled(
      c,
      el(
        'select',
        named(c),
        el('option', { value: '' }, 'Choose'),
        ...options(c).map((o) => el('option', { value: o.id }, o.title)),
      ),
    ),
  RadioButtonsGroup: (c) => choices(c, 'radio'),
  CheckboxGroup: (c) => choices(c, 'checkbox'),
  ChipsSelector: (c) => choices(c, 'checkbox'),
  OptIn: (c) =>
    el('label', { class: 'check' }, el('input', { type: 'checkbox', 'data-holds': 'yes', ...named(c) }), text(c.label)),
  Footer: (c) =>
    el(
      'div',
      { class: 'form-end' },
      el('button', { class: 'primary', onclick: wants(c) }, text(c.label) || 'Continue'),
    ),
};

const INPUTS = { number: 'number', email: 'email', phone: 'tel', password: 'password', passcode: 'text' };

function children(list, scope) {
  return (Array.isArray(list) ? list : []).flatMap((component) => {
    const draw = Object.hasOwn(COMPONENTS, component?.type) ? COMPONENTS[component.type] : null;
    if (!draw || component.visible === false) return [];
    const { children: inner, then, cases, 'on-click-action': action, ...plain } = component;
    return draw({ ...resolved(plain, scope), children: inner, then, cases, 'on-click-action': action }, scope);
  });
}

const text = (value) => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));

const named = (c) => ({ name: c.name, required: c.required === true });

const labelled = (c, input) => field(text(c.label), input, c['helper-text'] && text(c['helper-text']));

const options = (c) => (Array.isArray(c['data-source']) ? c['data-source'] : []);

function choices(c, type) {
  const one = (option) =>
    el(
      'label',
      { class: 'check' },
      el('input', {
        type,
        name: c.name,
        value: option.id,
        required: type === 'radio' && c.required === true,
        'data-holds': type === 'checkbox' ? 'list' : null,
      }),
      text(option.title),
    );
  return el('fieldset', { class: 'choices' }, el('legend', { dir: 'auto' }, text(c.label)), ...options(c).map(one));
}

/** The button that was pressed says what follows. */
const wants = (c) => (event) => {
  event.currentTarget.form.wanted = c['on-click-action'];
};

/** What a screen's fields hold, as a Flow has it: a list for boxes, true or false for a consent. */
function filledIn(form) {
  const values = {};
  for (const input of form.elements) {
    if (!input.name) continue;
    if (input.dataset.holds === 'yes') values[input.name] = input.checked;
    else if (input.dataset.holds === 'list')
      values[input.name] = [...(values[input.name] ?? []), ...(input.checked ? [input.value] : [])];
    else if (input.type === 'radio') values[input.name] = input.checked ? input.value : (values[input.name] ?? '');
    else values[input.name] = input.value;
  }
  return values;
}

/** A value in which `${data.x}` and `${form.x}` are what they stand for. */
function resolved(value, scope) {
  if (Array.isArray(value)) return value.map((item) => resolved(item, scope));
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, resolved(held, scope)]));
  const path = typeof value === 'string' && /^\$\{(?:screen\.\w+\.)?(data|form)\.(\w+)\}$/u.exec(value);
  return path ? (scope[path[1]]?.[path[2]] ?? '') : value;
}
