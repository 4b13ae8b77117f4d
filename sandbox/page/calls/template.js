// Meta's template object, read back into the fields of the kind `template`.

import { isObject } from './fields.js';

/** What a parameter is by Meta's type, as the SDK's JSON has it: what stands in Meta's member of that name. */
const PARAMETERS = {
  currency: ['fallback_value', 'code', 'amount_1000'],
  date_time: ['fallback_value'],
  image: ['id', 'link'],
  video: ['id', 'link'],
  document: ['id', 'link', 'filename'],
  location: ['latitude', 'longitude', 'name', 'address'],
  product: ['product_retailer_id', 'catalog_id'],
};

/** Those of them that are no texts. */
const NUMBERS = ['amount_1000', 'latitude', 'longitude'];

/** What a button has in Meta's one parameter, by its `sub_type`: the type of that parameter, and the field. */
const BUTTONS = {
  url: ['text', 'text'],
  quick_reply: ['payload', 'payload'],
  copy_code: ['coupon_code', 'coupon_code'],
};

/** The last moment that a date can hold, in milliseconds. */
const LAST_INSTANT = 8.64e15;

/** What a button has in Meta's `action`. */
const ACTIONS = {
  flow: ['flow_token', 'flow_action_data'],
  catalog: ['thumbnail_product_retailer_id'],
  mpm: ['thumbnail_product_retailer_id', 'sections'],
};

/** The fields of the kind `template`; with Meta's own components where they have no form of the SDK's, null where the rest has none. */
export function templateOf(template) {
  if (!isObject(template)) return null;
  const { name, language, components = [], ...others } = template;
  const isKnown = only(language, 'code') && typeof language.code === 'string' && Array.isArray(components);
  if (!isKnown || Object.keys(others).length || typeof name !== 'string') return null;
  const content = { template_name: name, language: language.code };
  if (components.length === 0) return content;
  return { ...content, ...(codeOf(components) ?? filled(components) ?? { components }) };
}

/** The code of an authentication template: its text and its button say the same. */
function codeOf(components) {
  const { body_params: body, buttons, ...others } = filled(components) ?? {};
  const isCode = body?.length === 1 && buttons?.length === 1 && !Object.keys(others).length;
  const [code] = body ?? [];
  const [button] = buttons ?? [];
  if (!isCode || button.sub_type !== 'url' || button.text !== code || 'index' in button || code.length > 15)
    return null;
  return { one_time_code: code };
}

/** The fields that fill a template or a card of one; null where Meta has something else, or in another order. */
function filled(components) {
  const fields = {};
  let last = -1;
  for (const component of components) {
    const order = ['header', 'body', 'limited_time_offer', 'carousel', 'button'].indexOf(component?.type);
    if (
      order < Math.max(last, 0) ||
      (order === last && component.type !== 'button') ||
      !read[component.type]?.(component, fields)
    )
      return null;
    last = order;
  }
  return fields;
}

const only = (object, ...names) => isObject(object) && Object.keys(object).every((name) => names.includes(name));

const read = {
  header: (component, fields) => parameters(component, fields, 'header_params'),
  body: (component, fields) => parameters(component, fields, 'body_params'),
  limited_time_offer({ parameters }, fields) {
    const at = parameters?.[0]?.limited_time_offer?.expiration_time_ms;
    if (parameters?.length !== 1 || !Number.isInteger(at) || Math.abs(at) > LAST_INSTANT) return false;
    fields.limited_time_offer_expires_at = new Date(at).toISOString().replace('.000Z', 'Z');
    return true;
  },
  carousel({ cards }, fields) {
    if (!Array.isArray(cards) || cards.length < 2) return false;
    fields.carousel = cards.map(
      (card, at) => card?.card_index === at && Array.isArray(card.components) && cardOf(filled(card.components)),
    );
    return fields.carousel.every(Boolean);
  },
  button(component, fields) {
    fields.buttons ??= [];
    const button = buttonOf(component, fields.buttons.length);
    fields.buttons.push(button);
    return button !== null;
  },
};

/** A card has no cards and no offer. */
const cardOf = (fields) => only(fields, 'header_params', 'body_params', 'buttons') && fields;

function parameters(component, fields, name) {
  const isList = only(component, 'type', 'parameters') && Array.isArray(component.parameters);
  if (!isList || component.parameters.length === 0) return false;
  fields[name] = component.parameters.map(parameterOf);
  return !fields[name].includes(null);
}

function parameterOf(parameter) {
  const { type } = parameter ?? {};
  if (type === 'text' && only(parameter, 'type', 'text', 'parameter_name') && typeof parameter.text === 'string') {
    const { parameter_name: name, text } = parameter;
    if (name === undefined) return text;
    return typeof name === 'string' ? { name, text } : null;
  }
  if (!Object.hasOwn(PARAMETERS, type) || !only(parameter, 'type', type) || !only(parameter[type], ...PARAMETERS[type]))
    return null;
  const isTyped = Object.entries(parameter[type]).every(
    ([name, value]) => typeof value === (NUMBERS.includes(name) ? 'number' : 'string'),
  );
  return isTyped ? { type, ...parameter[type] } : null;
}

/** A button says its index where that is not its place in the list. */
function buttonOf(component, place) {
  if (!only(component, 'type', 'sub_type', 'index', 'parameters')) return null;
  const { sub_type, index, parameters = [] } = component;
  if (!Array.isArray(parameters) || parameters.length > 1 || !parameters.every(isObject)) return null;
  if (!/^[0-9]$/.test(index)) return null;
  const [parameter] = parameters;
  const button = Number(index) === place ? { sub_type } : { sub_type, index: Number(index) };
  if (Object.hasOwn(BUTTONS, sub_type)) {
    const [type, field] = BUTTONS[sub_type];
    const fits = only(parameter, 'type', field) && parameter.type === type && typeof parameter[field] === 'string';
    return fits ? { ...button, [field]: parameter[field] } : null;
  }
  if (!Object.hasOwn(ACTIONS, sub_type)) return null;
  const action = parameter === undefined ? {} : parameter.action;
  if (!only(parameter ?? {}, 'type', 'action') || !only(action, ...ACTIONS[sub_type])) return null;
  const { sections: given, ...others } = action;
  if (given === undefined) return sub_type === 'mpm' ? null : { ...button, ...others };
  const sections = Array.isArray(given) ? given.map(sectionOf) : [null];
  return sections.includes(null) ? null : { ...button, ...others, sections };
}

function sectionOf(section) {
  const { title, product_items: items } = section ?? {};
  if (
    !only(section, 'title', 'product_items') ||
    !Array.isArray(items) ||
    !['string', 'undefined'].includes(typeof title)
  )
    return null;
  if (!items.every((item) => only(item, 'product_retailer_id') && typeof item.product_retailer_id === 'string'))
    return null;
  return { ...(title && { title }), product_retailer_ids: items.map((item) => item.product_retailer_id) };
}
