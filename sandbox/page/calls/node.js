// Node: an object with a `type`, names in camelCase.

import { camel, json, quoted } from './escape.js';
import { isObject } from './fields.js';
import { group } from './layout.js';
import { language, optionsIn } from './typed.js';

const STEP = '  ';

/** Single quotes where the text has none. */
const text = (value) =>
  value.includes("'") && !value.includes('"') ? quoted(value) : quoted(value, { quote: "'", special: /['\\]/g });

const list = (items) => group('[', items, ']', { step: STEP });
const members = (items) => group('{', items, '}', { space: ' ', step: STEP });

/** A name that needs no quotes. `__proto__` in an object would not be a member. */
function key(name) {
  if (name === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : text(name);
}

/** A value as it is; with `rename`, names of its own members too. */
function object(value, rename = (name) => name) {
  if (Array.isArray(value)) return list(value.map((item) => object(item, rename)));
  if (typeof value === 'string') return text(value);
  if (!isObject(value)) return json(value);
  const written = Object.entries(value).map(([name, member]) => {
    // What the caller's own endpoint gets is not renamed.
    const inner = name === 'flow_action_data' ? object(member) : object(member, rename);
    return `${key(rename(name))}: ${inner}`;
  });
  return members(written);
}

const argument = (value) => object(value, camel);
const named = (name, written) => `${camel(name)}: ${written}`;
const fields = (given) => given.map((field) => named(field.name, field.written));

export const node = language({
  text,
  list,
  texts: list,
  json: (value) => object(value),
  parameter: argument,
  button: argument,
  components: (value) => object(value),
  record: (_, given) => members(fields(given)),
  content: (kind, _, given) => members([`type: '${kind}'`, ...fields(given)]),
  call(content, options) {
    return `await client.send(${members(['phone', `content: ${content}`, ...optionsIn(node, options, named)])});`;
  },
});
