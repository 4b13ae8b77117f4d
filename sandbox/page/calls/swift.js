// Swift: a case a kind, with labels; JSON is text.

import { camel, hashes, hex, json, quoted } from './escape.js';
import { group } from './layout.js';
import { called, language, optionsIn } from './typed.js';

const text = (value) => quoted(value, { numbered: (letter) => `\\u{${hex(letter)}}` });

/** JSON in a string of so many `#` that neither a quote in it ends it nor a backslash means anything. */
function raw(value) {
  const inner = json(value);
  const around = `${hashes(inner, /(?<=["\\])#+/g, 0)}#`;
  return `${around}"${inner}"${around}`;
}

const named = (name, written) => `${camel(name)}: ${written}`;

/** Each field of an object by its label. */
const fields = (value) =>
  Object.entries(value).map(([name, held]) => named(name, typeof held === 'string' ? text(held) : String(held)));

function parameter(value) {
  if (typeof value === 'string') return `.text(text: ${text(value)})`;
  const { type, ...held } = value;
  if (!type) return group('.named(', fields(held), ')');
  if (!['image', 'video', 'document'].includes(type)) return `.fromJson(${raw(value)})`;
  return `.${type}(media: ${group('Media(', fields(held), ')')})`;
}

function button(value) {
  const { sub_type: type, index, ...held } = value;
  if (!['url', 'quick_reply', 'copy_code'].includes(type)) return `.fromJson(${raw(value)})`;
  return group(`.${camel(type)}(`, fields(index === undefined ? held : { ...held, index }), ')');
}

const record = ({ class: name }, given) => called(`Content.${name}`, given, named);

export const swift = language({
  text,
  json: raw,
  components: raw,
  parameter,
  button,
  record,
  textOr: (_, written, isText) => (isText ? written : `.part(${written})`),
  content: (kind, _, given) => called(`.${camel(kind)}`, given, named),
  call: (content, options) =>
    group('try await client.send(', ['to: phone', content, ...optionsIn(swift, options, named)], ')'),
});
