// The command line, as `cli/src/declared` reads it, and curl.

import { HIDDEN, json } from './escape.js';
import { elementOf, fieldsOf, recordOf } from './fields.js';
import { KINDS, TEXT_OR } from './kinds.js';
import { size } from './layout.js';

/** More than this in a line is broken. */
const WIDTH = 110;

/** Names that are not those of their kind or field. */
const COMMANDS = { text: 'message', reply_buttons: 'buttons' };
const OPTIONS = { contacts: 'name', product_retailer_ids: 'product' };

/** What a command line cannot say by arguments. */
class Unwritable extends Error {}

/** The command that sends a message. */
export function command({ kind, content, options }, phone) {
  try {
    const common = Object.entries(options).map(([name, value]) => option(dashed(name), written(value)));
    return lines([...arguments_(kind, content, phone), ...common]);
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    return `wamid send json ${quoted(json({ phone, content: { type: kind, ...content }, ...options }))}`;
  }
}

function arguments_(kind, content, phone) {
  let line = `wamid send ${COMMANDS[kind] ?? dashed(kind)} ${quoted(phone)}`;
  const options = [];
  for (const field of fieldsOf(KINDS[kind])) {
    if (!(field.name in content)) continue;
    const value = content[field.name];
    if (field.needed && !elementOf(field.shape)) line += ` ${quoted(positional(field, value))}`;
    else options.push(...optionsOf(field, value));
  }
  return [line, ...options];
}

function lines([line, ...options]) {
  const whole = [line, ...options].join(' ');
  return size(whole) <= WIDTH ? whole : [line, ...options].join(' \\\n    ');
}

/** The options that a field is, each with its value. */
function optionsOf(field, value) {
  const name = optionName(field);
  const element = elementOf(field.shape);
  if (value === false) throw new Unwritable();
  if (value === true) return [`--${name}`];
  if (!element)
    return [option(name, field.shape === 'text' ? value : field.shape in TEXT_OR ? textOrJson(value) : json(value))];
  const record = recordOf(element);
  if (!record) return value.map((item) => option(name, element === 'text' ? item : textOrJson(item)));
  const isGroup = fieldsOf(record).some(({ shape }) => elementOf(shape)) && firstText(record);
  return value.flatMap((item) => (isGroup ? elementOptions(name, record, item) : [option(name, parts(record, item))]));
}

const firstText = (record) => fieldsOf(record).find(({ shape }) => shape === 'text');

/** The options that an element of a list is which holds lists itself. */
function elementOptions(name, record, item) {
  const first = firstText(record);
  const begins = first.name in item ? [option(name, item[first.name])] : [];
  const others = fieldsOf(record).filter((field) => field.name !== first.name && field.name in item);
  return [...begins, ...others.flatMap((field) => optionsOf(field, item[field.name]))];
}

/** `ID=TITLE`, or JSON where that would be read otherwise. */
function parts(record, item) {
  const fields = fieldsOf(record);
  const texts = fields.map(({ name }) => item[name]);
  const given = texts.slice(0, Object.keys(item).length);
  const isPlain = given.every((text) => typeof text === 'string' && !text.includes('='));
  return fields[0].needed && isPlain && !given[0].trimStart().startsWith('{') ? given.join('=') : json(item);
}

/** What begins as an object does would be read as one. */
function textOrJson(value) {
  if (typeof value === 'string' && value.trimStart().startsWith('{')) throw new Unwritable();
  return written(value);
}

/** A text as it is, anything else as JSON. */
const written = (value) => (typeof value === 'string' ? value : json(value));

/** A text that begins with a dash would be read as an option. */
function positional({ shape }, value) {
  if (shape !== 'text') return json(value);
  if (value.startsWith('-')) throw new Unwritable();
  return value;
}

const option = (name, value) => (value.startsWith('-') ? `--${name}=${quoted(value)}` : `--${name} ${quoted(value)}`);

function optionName({ name, shape }) {
  if (name in OPTIONS) return OPTIONS[name];
  const singular = name.endsWith('sses') ? name.slice(0, -2) : name.replace(/s$/, '');
  return dashed(elementOf(shape) ? singular : name);
}

const dashed = (name) => name.replaceAll('_', '-');

/** As a shell reads it. */
function quoted(text) {
  // Quotes leave them as they are.
  if (text.replace(/[\n\t]/g, '').search(HIDDEN) >= 0) throw new Unwritable();
  if (/^[\w\-./:@=+,]+$/.test(text)) return text;
  if (text.includes("'") && !/["$`\\!]/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The request itself. */
export function curl(body, url) {
  return [
    `curl ${quoted(url)}`,
    '-H "Authorization: Bearer $WAMID_ACCESS_TOKEN"',
    "-H 'Content-Type: application/json'",
    `-d ${quoted(json(body, 2))}`,
  ].join(' \\\n    ');
}
