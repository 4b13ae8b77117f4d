// A template, with its variables filled in.

import { fillFlow } from '../dialogs/flow.js';
import { order } from '../dialogs/order.js';
import { el } from '../dom.js';
import { icon } from '../icons.js';
import { action, framed, linkAction, productRow, replyAction } from './framed.js';
import { listed } from './unknown.js';

export function draw(sent, context) {
  const definition = context.entry.template;
  if (!definition) return unknownTemplate(sent);
  return el('div', { class: 'wide' }, component(definition.components ?? [], sent.components ?? [], context));
}

export function words(sent, entry) {
  const known = part(entry?.template?.components ?? [], 'BODY');
  return known?.text ? filled(known.text, parameters(sent.components ?? [], 'body')) : `Template ${sent.name ?? ''}`;
}

/** A template that the sandbox does not know, such as one that it refused. */
const unknownTemplate = (sent) =>
  el(
    'div',
    { class: 'wide' },
    el('p', { class: 'unknown-head' }, icon('file'), el('b', { dir: 'auto' }, `Template ${sent.name ?? ''}`)),
    listed(sent.components ?? []),
  );

const part = (components, type) => components.find((component) => String(component.type).toUpperCase() === type);

const parameters = (components, type) => part(components, type.toUpperCase())?.parameters ?? [];

/** The components of a template, or of a card of it, with what the message fills in. */
function component(components, sent, context) {
  const head = part(components, 'HEADER');
  const body = part(components, 'BODY');
  const foot = part(components, 'FOOTER');
  const cards = part(components, 'CAROUSEL')?.cards;
  const offer = part(components, 'LIMITED_TIME_OFFER');
  const buttons = part(components, 'BUTTONS')?.buttons ?? [];
  const given = sent.filter((component) => String(component.type).toLowerCase() === 'button');
  const product = parameters(sent, 'header').find((parameter) => parameter.type === 'product')?.product;
  return [
    framed(
      { header: header(head, parameters(sent, 'header')), body: bodyText(body, sent), footer: footText(foot) },
      [product && productRow(product.product_retailer_id, context.store), offer && offered(offer, sent)],
      buttons.map((button, at) => buttonOf(button, at, given, context)),
    ),
    cards &&
      el(
        'ul',
        { class: 'carousel', 'aria-label': 'Cards', tabindex: '0' },
        ...cards.map((card, at) => el('li', {}, component(card.components ?? [], cardSent(sent, at), context))),
      ),
  ];
}

function cardSent(sent, at) {
  const cards = part(sent, 'CAROUSEL')?.cards ?? [];
  return (cards.find((card) => Number(card.card_index) === at) ?? cards[at])?.components ?? [];
}

function header(head, given) {
  if (!head) return null;
  if (!head.format || head.format === 'TEXT') return { type: 'text', text: filled(head.text ?? '', given) };
  if (head.format === 'PRODUCT') return null;
  const type = head.format === 'GIF' ? 'video' : head.format.toLowerCase();
  const value = given.find((parameter) => parameter[type])?.[type];
  return { type, [type]: value ?? {} };
}

function bodyText(body, sent) {
  if (!body) return null;
  const given = parameters(sent, 'body');
  if (body.text) return filled(body.text, given);
  // Meta writes the text of an authentication template itself.
  const safe = body.add_security_recommendation ? ' For your security, do not share this code.' : '';
  return `*${given[0]?.text ?? '••••••'}* is your verification code.${safe}`;
}

const footText = (foot) =>
  foot?.text ??
  (foot?.code_expiration_minutes ? `This code expires in ${foot.code_expiration_minutes} minutes.` : null);

/** A text with its variables: by name where they have names, else by place. */
function filled(text, given) {
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/gu, (whole, name) => {
    const value = given.find((parameter) => parameter.parameter_name === name) ?? given[Number(name) - 1];
    return value ? (value.text ?? value.currency?.fallback_value ?? value.date_time?.fallback_value ?? whole) : whole;
  });
}

function offered(offer, sent) {
  const ends = parameters(sent, 'limited_time_offer')[0]?.limited_time_offer?.expiration_time_ms;
  const until =
    ends && `Ends ${new Date(Number(ends)).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })}`;
  const text = offer.limited_time_offer?.text ?? 'Limited-time offer';
  return el(
    'p',
    { class: 'card offer' },
    icon('gift'),
    el('span', {}, el('b', { dir: 'auto' }, text), until && el('span', { class: 'note' }, until)),
  );
}

/** What a button of each type becomes. */
const BUTTONS = {
  QUICK_REPLY: (title, _button, given, context) => replyAction(title, given[0]?.payload ?? title, context),
  URL: (title, button, given, context) => linkAction(title, filled(button.url ?? '', given), context),
  FLOW: (title, button, given, context) => flowButton(title, button, given, context),
  COPY_CODE: (title, _button, given, context) =>
    copyButton(title, given[0]?.coupon_code ?? given[0]?.text ?? '', context),
  OTP: (title, _button, given, context) => copyButton(title, given[0]?.text ?? '', context),
  CATALOG: (title, _button, _given, context) =>
    orderButton(
      title,
      [{ title: '', ids: context.store.state.products.map((product) => product.retailer_id) }],
      context,
    ),
  MPM: (title, _button, given, context) =>
    orderButton(
      title,
      (given[0]?.action?.sections ?? []).map((section) => ({
        title: section.title,
        ids: section.product_items.map((item) => item.product_retailer_id),
      })),
      context,
    ),
};

const TITLES = {
  OTP: 'Copy code',
  COPY_CODE: 'Copy offer code',
  CATALOG: 'View catalog',
  MPM: 'View items',
  SPM: 'View',
  VOICE_CALL: 'Call now',
};

function buttonOf(button, at, sent, context) {
  const type = String(button.type).toUpperCase();
  const given = sent.find((component) => Number(component.index ?? 0) === at)?.parameters ?? [];
  const title = button.text ?? TITLES[type] ?? type.toLowerCase();
  if (BUTTONS[type]) return BUTTONS[type](title, button, given, context);
  const drawing = type === 'PHONE_NUMBER' || type === 'VOICE_CALL' ? 'calls' : 'list';
  return el('span', { class: 'action unfollowed', title: button.phone_number }, icon(drawing), el('bdi', {}, title));
}

function flowButton(title, button, given, context) {
  const { flow_token, flow_action_data: data } = given[0]?.action ?? {};
  const done = { ...context, answered: () => context.answered('flow') };
  const opening = { flow_token, flow_action_payload: { screen: button.navigate_screen, data } };
  return action(title, 'form', done, () => fillFlow(title, opening, context));
}

const orderButton = (title, sections, context) => action(title, 'bag', context, () => order(title, sections, context));

function copyButton(title, code, context) {
  const button = action(title, 'copy', context, async () => {
    await navigator.clipboard?.writeText(code).catch(() => null);
    button.replaceChildren(icon('tick'), el('bdi', {}, `Copied ${code}`));
  });
  return button;
}
