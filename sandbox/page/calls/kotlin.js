// Kotlin: a class a kind, with named arguments; JSON is text.

import { camel, fourDigits, json, quoted } from './escape.js';
import { KOTLIN_KEYWORDS } from './kinds.js';
import { group } from './layout.js';
import { called, language, optionsIn } from './typed.js';

const text = (value) => quoted(value, { special: /["\\$]/g, numbered: fourDigits });

/** JSON in a raw string, where `$` begins a name and cannot be escaped. */
const raw = (value) => `"""${json(value).replaceAll('$', () => "${'$'}")}"""`;

const property = (name) => (KOTLIN_KEYWORDS.includes(name) ? `\`${name}\`` : camel(name));
const named = (name, written) => `${property(name)} = ${written}`;
const own = (declared) => declared.kotlin ?? declared.class;

/** Each field of an object by its name. */
const fields = (value) =>
  Object.entries(value).map(([name, held]) => named(name, typeof held === 'string' ? text(held) : String(held)));

function parameter(value) {
  if (typeof value === 'string') return `TemplateParameter.Text(${text(value)})`;
  const { type, ...held } = value;
  if (!type) return group('TemplateParameter.Named(', fields(held), ')');
  if (!['image', 'video', 'document'].includes(type)) return `parameterFromJson(${raw(value)})`;
  return `TemplateParameter.${type[0].toUpperCase()}${type.slice(1)}(${group('Media(', fields(held), ')')})`;
}

const BUTTONS = { url: 'Url', quick_reply: 'QuickReply', copy_code: 'CopyCode' };

function button(value) {
  const { sub_type: type, index, ...held } = value;
  if (!(type in BUTTONS)) return `buttonFromJson(${raw(value)})`;
  const place = index === undefined ? [] : [`index = ${index}`];
  return group(`TemplateButton.${BUTTONS[type]}(`, [...Object.values(held).map(text), ...place], ')');
}

export const kotlin = language({
  text,
  /** A whole number is no `Double`. */
  number: (value) => (Number.isInteger(value) ? value.toFixed(1) : String(value)),
  json: raw,
  components: raw,
  parameter,
  button,
  list: (items) => group('listOf(', items, ')'),
  texts: (items) => group('listOf(', items, ')'),
  record: (record, given) => called(own(record), given, named),
  textOr: (of, written) => `${own(of)}(${written})`,
  content: (_, declared, given) => called(own(declared), given, named),
  call: (content, options) => group('client.send(', ['phone', content, ...optionsIn(kotlin, options, named)], ')'),
});
