// A content in a language that has types for it: as `xtask/src/generate/snippets` writes the examples of the documentation.

import { elementOf, fieldsOf, recordOf } from './fields.js';
import { KINDS, TEXT_OR } from './kinds.js';
import { group } from './layout.js';

/** The call that sends a message, in this language. */
export function callIn(language, { kind, content, options }) {
  const declared = KINDS[kind];
  return language.call(language.content(kind, declared, given(language, declared, content)), options);
}

/** The fields that a content has, in their order, each as it is written. */
function given(language, declared, content) {
  const there = fieldsOf(declared).filter(({ name }) => name in content);
  return there.map((field) => ({ ...field, written: written(language, field.shape, content[field.name]) }));
}

function written(language, shape, value) {
  const element = elementOf(shape);
  if (element) {
    if (element === 'parameter') return language.list(language.parameters(value));
    const items = value.map((item) => written(language, element, item));
    return element === 'text' ? language.texts(items) : language.list(items);
  }
  if (shape in language) return language[shape](value);
  const record = recordOf(shape);
  const object = () => language.record(record, given(language, record, value));
  if (!(shape in TEXT_OR)) return object();
  const isText = typeof value === 'string';
  return language.textOr(TEXT_OR[shape], isText ? language.text(value) : object(), isText);
}

/** What languages do alike, where they say nothing else. */
export const language = (own) => ({
  boolean: String,
  number: String,
  list: (items) => group('[', items, ']'),
  texts: (items) => group('[', items, ']'),
  parameters: (values) => values.map((value) => own.parameter(value)),
  textOr: (_, text) => text,
  ...own,
});

/** A call with what is needed by position where it is the only one that is, and with all else by its name. */
export function called(name, fields, named) {
  const alone = fields.filter((field) => field.needed).length === 1;
  return group(
    `${name}(`,
    fields.map((field) => (field.needed && alone ? field.written : named(field.name, field.written))),
    ')',
  );
}

/** The options of a message, each by its name. */
export const optionsIn = (language, options, named) =>
  Object.entries(options).map(([name, value]) =>
    named(name, name === 'extra' ? language.json(value) : language.text(value)),
  );
