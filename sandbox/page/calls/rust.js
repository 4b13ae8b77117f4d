// Rust: a constructor with what is needed, a setter for the rest.

import { hashes, hex, json, quoted } from './escape.js';
import { fieldsOf } from './fields.js';
import { group, indented, size } from './layout.js';
import { language } from './typed.js';

/** What a chain of calls may have in one line. */
const CHAIN = 80;

const text = (value) => quoted(value, { numbered: (letter) => `\\u{${hex(letter)}}` });

/** JSON as a raw string. */
function raw(value) {
  const inner = json(value);
  const marks = hashes(inner, /(?<=")#+/g, 0);
  const around = /"#/.test(inner) ? `${marks}#` : '#';
  return `r${around}"${inner}"${around}`;
}

const isText = (value) => typeof value === 'string';

function parameter(value) {
  if (isText(value)) return `Parameter::from(${text(value)})`;
  const { type, name, id, link, filename } = value;
  if (!type) return `Parameter::named(${text(name)}, ${text(value.text)})`;
  if (!['image', 'video', 'document'].includes(type)) return `Parameter::from_json(${raw(value)})?`;
  const media = id ? `Media::id(${text(id)})` : `Media::link(${text(link ?? '')})`;
  const named = filename === undefined ? media : `${media}.filename(${text(filename)})`;
  return `Parameter::${type[0].toUpperCase()}${type.slice(1)}(${named})`;
}

const BUTTONS = { url: 'text', quick_reply: 'payload', copy_code: 'coupon_code' };

function button({ index, ...value }) {
  const field = BUTTONS[value.sub_type];
  const made = field ? `Button::${value.sub_type}(${text(value[field])})` : `Button::from_json(${raw(value)})?`;
  return index === undefined ? made : `${made}.index(${index})`;
}

/** A constructor with what is needed, or with the one of a choice, then a setter for each other field. */
function built({ class: name, ...declared }, given) {
  const fields = fieldsOf(declared);
  const hasNeeded = fields.some((field) => field.needed);
  const first = given.filter((field) => field.needed || (field.choice && !hasNeeded));
  const others = given.filter((field) => !first.includes(field));
  const isChosen = first.length === 1 && !hasNeeded && fields.some((field) => field.choice);
  const make = isChosen ? first[0].name : 'new';
  const start = first.length
    ? group(
        `${name}::${make}(`,
        first.map((field) => field.written),
        ')',
      )
    : `${name}::default()`;
  const setters = others.map((field) => group(`.${setter(field.name)}(`, [field.written], ')'));
  const line = start + setters.join('');
  if ((size(line) <= CHAIN && !line.includes('\n')) || !setters.length || start.includes('\n')) return line;
  return [start, ...setters.map((part) => indented(part))].join('\n');
}

/** A field `type` is `kind` in Rust. */
const setter = (name) => (name === 'type' ? 'kind' : name);

const object = (value, name = 'object') => `Json::parse("${name}", ${raw(value)})?`;

export const rust = language({
  text,
  json: object,
  button,
  /** A list of texts needs no type. */
  parameters: (values) => values.map(values.every(isText) ? text : parameter),
  components: (value) => `Components::from_json(${raw(value)})?`,
  texts: (items) => `${group('[', items, ']')}.map(String::from)`,
  record: built,
  content: (_, declared, given) => built(declared, given),
  call(content, { extra, ...options }) {
    const setters = Object.entries(options).map(([name, value]) => `.${name}(${text(value)})`);
    if (extra) setters.push(`.extra(${object(extra, 'extra')})`);
    return `${group('client.send(', ['phone', content], ')')}${setters.join('')}.await?;`;
  },
});
