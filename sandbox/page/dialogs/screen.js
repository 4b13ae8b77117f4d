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
  const fields = el('div', { class: 'form' }, ...children(screen.layout?.children, scope));
  if (!fields.querySelector('button[type=submit], button:not([type])'))
    fields.append(el('div', { class: 'form-end' }, el('button', { class: 'primary' }, 'Send')));
  const submit = async (event) => {
    event.preventDefault();
    Object.assign(values, filledIn(fields));
    const action = scope.wanted ?? {};
    const payload = resolved(action.payload ?? {}, scope);
    try {
      if (action.name === 'navigate' && action.next?.name) go.next(action.next.name, payload);
      else await go.send(Object.keys(payload).length > 0 ? payload : { ...values });
    } catch (error) {
      wrong.textContent = error.message;
    }
  };
  // The Flow's author names the fields, and a form's fields stand before its own members of the same name: nothing is asked of the form.
  return el(
    'form',
    { class: 'form', onsubmit: submit },
    screen.title && el('h3', { dir: 'auto' }, screen.title),
    scope.asksEndpoint && el('p', { class: 'note' }, ENDPOINT),
    fields,
    wrong,
  );
}

const ENDPOINT =
  'Here this Flow asks its endpoint (data_exchange), which the sandbox does not do: the Flow ends with this screen, and what was filled in is sent.';

/** What each component becomes; `c` is the component, its texts filled in. */
const COMPONENTS = {
  Form: (c, scope) => children(c.children, scope),
  // Of conditions, those that are a value alone are followed; of others the first branch is shown.
  If: (c, scope) => children(c.condition === false ? c.else : c.then, scope),
  Switch: (c, scope) => children(c.cases?.[c.value] ?? Object.values(c.cases ?? {})[0], scope),
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
  Footer: (c, scope) =>
    el(
      'div',
      { class: 'form-end' },
      el('button', { class: 'primary', onclick: wants(c, scope) }, text(c.label) || 'Continue'),
    ),
};

const INPUTS = { number: 'number', email: 'email', phone: 'tel', password: 'password', passcode: 'text' };

function children(list, scope) {
  return (Array.isArray(list) ? list : []).flatMap((component) => {
    const draw = Object.hasOwn(COMPONENTS, component?.type) ? COMPONENTS[component.type] : null;
    if (!draw || resolved(component.visible, scope) === false) return [];
    // What these hold is filled in where it is drawn, or sent.
    const { children: inner, then, else: otherwise, cases, 'on-click-action': action, ...plain } = component;
    const later = { children: inner, then, else: otherwise, cases, 'on-click-action': action };
    if (action?.name === 'data_exchange') scope.asksEndpoint = true;
    return draw({ ...resolved(plain, scope), ...later }, scope);
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
const wants = (c, scope) => () => {
  scope.wanted = c['on-click-action'];
};

/** What a screen's fields hold, as a Flow has it: a list for boxes, true or false for a consent. */
function filledIn(fields) {
  const values = {};
  for (const input of fields.querySelectorAll('input, select, textarea')) {
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
