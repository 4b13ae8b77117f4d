// Python: a class a kind, with keywords.

import { json, quoted } from './escape.js';
import { isObject } from './fields.js';
import { group } from './layout.js';
import { called, language, optionsIn } from './typed.js';

const WORDS = { true: 'True', false: 'False', null: 'None' };

function object(value) {
  if (Array.isArray(value)) return group('[', value.map(object), ']');
  if (typeof value === 'string') return quoted(value);
  if (!isObject(value)) return WORDS[value] ?? json(value);
  return group(
    '{',
    Object.entries(value).map(([name, member]) => `${quoted(name)}: ${object(member)}`),
    '}',
  );
}

const named = (name, written) => `${name}=${written}`;

export const python = language({
  text: quoted,
  boolean: object,
  json: object,
  parameter: object,
  button: object,
  components: object,
  record: (record, given) => called(record.class, given, named),
  content: (_, declared, given) => called(declared.class, given, named),
  call: (content, options) => group('client.send(', ['phone', content, ...optionsIn(python, options, named)], ')'),
});
