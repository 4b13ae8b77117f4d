// Meta's request body, read back into a content and its options.

import { elementOf, fieldsOf, isObject, recordOf } from './fields.js';
import { KINDS, RECORDS, TEXT_OR } from './kinds.js';
import { templateOf } from './template.js';

/** What the SDK writes around a content: nothing else of a body may have these names. */
const ENVELOPE = [
  'messaging_product',
  'recipient_type',
  'to',
  'recipient',
  'type',
  'context',
  'biz_opaque_callback_data',
];

/**
 * The message that the SDK sends as this body: `{kind, content, options}`, with the names of the fields as JSON has them; null of a
 * body that it would not write.
 */
export function messageOf(body) {
  const type = body.type ?? 'text';
  const options = optionsOf(body, type);
  if (!options || typeof type !== 'string' || !Object.hasOwn(body, type)) return null;
  const meta = { type, [type]: body[type] };
  for (const [kind, declared] of Object.entries(KINDS)) {
    const content = declared.meta && {};
    if (content && matches(declared.meta, meta, declared, content) && isWhole(declared, content)) {
      withoutImplied[kind]?.(content);
      return { kind, content, options };
    }
  }
  const template = type === 'template' && templateOf(body.template);
  if (template) return { kind: 'template', content: template, options };
  return /^[a-z_]+$/.test(type) ? { kind: 'raw', content: { message_type: type, object: body[type] }, options } : null;
}

function optionsOf(body, type) {
  const { context, recipient_type: to = 'individual', biz_opaque_callback_data: reference } = body;
  const answers =
    context === undefined ||
    (isObject(context) && typeof context.message_id === 'string' && Object.keys(context).length === 1);
  if (
    to !== 'individual' ||
    !answers ||
    !['string', 'undefined'].includes(typeof reference) ||
    'status' in body ||
    'typing_indicator' in body
  )
    return null;
  if (typeof (body.to ?? body.recipient) !== 'string') return null;
  const extra = Object.entries(body).filter(([name]) => !ENVELOPE.includes(name) && name !== type);
  const options = {};
  if (context) options.reply_to = context.message_id;
  if (reference !== undefined) options.reference = reference;
  if (extra.length) options.extra = Object.fromEntries(extra);
  return options;
}

/** What core writes by itself: a call does not say it. */
const withoutImplied = {
  text: (content) => content.preview_url === false && delete content.preview_url,
  flow: (content) => content.screen && content.flow_action === 'navigate' && delete content.flow_action,
  contacts({ contacts }) {
    const others = ['last_name', 'middle_name', 'prefix', 'suffix'];
    for (const card of contacts) {
      if (card.first_name === card.formatted_name && !others.some((name) => name in card)) delete card.first_name;
    }
  },
};

/** Whether a value is as the pattern of `meta` says; puts what stands in the place of its fields into `found`. */
function matches(pattern, value, declared, found) {
  if (Array.isArray(pattern)) return matchesList(pattern, value, declared, found);
  if (isObject(pattern)) {
    if (!isObject(value) || Object.keys(value).some((name) => !Object.hasOwn(pattern, name))) return false;
    return Object.entries(pattern).every(([name, part]) =>
      Object.hasOwn(value, name) ? matches(part, value[name], declared, found) : isOptional(part, declared),
    );
  }
  if (typeof pattern !== 'string' || !pattern.startsWith('$')) return pattern === value;
  const name = pattern.slice(1);
  // Alone it stands for an element that is a text.
  const held = valueIn(name ? fieldNamed(declared, name).shape : 'text', value);
  found[name] = held;
  return held !== undefined;
}

function matchesList([field, element], list, declared, found) {
  if (!Array.isArray(list)) return false;
  const name = field.slice(1);
  const record = RECORDS[elementOf(fieldNamed(declared, name).shape)];
  const elements = list.map((item) => {
    const parts = {};
    const fits = matches(element, item, record ?? declared, parts) && (!record || isWhole(record, parts));
    return fits ? (record ? parts : parts['']) : undefined;
  });
  found[name] = elements;
  return !elements.includes(undefined);
}

const fieldNamed = (declared, name) => fieldsOf(declared).find((field) => field.name === name);

/** Whether what a pattern holds may be absent: it has fields, and none that is needed. */
function isOptional(pattern, declared) {
  if (Array.isArray(pattern)) return isOptional(pattern[0], declared);
  if (isObject(pattern)) {
    const parts = Object.values(pattern).filter((part) => typeof part !== 'string' || part.startsWith('$'));
    return parts.length > 0 && parts.every((part) => isOptional(part, declared));
  }
  return /^\$./.test(pattern) && !fieldNamed(declared, pattern.slice(1)).needed;
}

/** Whether it has what it needs, and exactly one of a choice. */
function isWhole(declared, content) {
  const fields = fieldsOf(declared);
  const choices = fields.filter((field) => field.choice);
  return (
    fields.every((field) => !field.needed || field.name in content) &&
    (choices.length === 0 || choices.filter((field) => field.name in content).length === 1)
  );
}

/** The value of a field, as JSON of the SDK has it; nothing where it cannot hold this one. */
function valueIn(shape, value) {
  if (shape in TEXT_OR) return textOr(shape, value);
  if (shape === 'json') return value;
  return typeof value === (shape === 'text' ? 'string' : shape) ? value : undefined;
}

/** `{type: 'text', text}`, or `{type, [type]: {…}}`. */
function textOr(shape, value) {
  if (!isObject(value) || Object.keys(value).length !== 2 || !(value.type in value)) return undefined;
  const { type, [type]: held } = value;
  if (type === 'text') return typeof held === 'string' ? held : undefined;
  const record = recordOf(shape);
  const names = fieldsOf(record).map((field) => field.name);
  const isKnown =
    isObject(held) && Object.entries(held).every(([name, text]) => names.includes(name) && typeof text === 'string');
  return isKnown && isWhole(record, { type, ...held }) ? { type, ...held } : undefined;
}
