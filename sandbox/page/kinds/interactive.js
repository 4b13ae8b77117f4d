// Interactive messages, by the type that Meta gives them inside: buttons, lists, forms, products, and the customer's answers to them.
// Each is a module with draw(message, context), and words(message) where its body does not say it. A new one is a module and a line here.

import * as addressMessage from './interactive/address_message.js';
import * as answer from './interactive/answer.js';
import * as button from './interactive/button.js';
import * as callPermission from './interactive/call_permission_request.js';
import * as carousel from './interactive/carousel.js';
import * as catalog from './interactive/catalog_message.js';
import * as ctaUrl from './interactive/cta_url.js';
import * as flow from './interactive/flow.js';
import * as list from './interactive/list.js';
import * as locationRequest from './interactive/location_request_message.js';
import * as formAnswer from './interactive/nfm_reply.js';
import * as orderDetails from './interactive/order_details.js';
import * as orderStatus from './interactive/order_status.js';
import * as product from './interactive/product.js';
import * as productList from './interactive/product_list.js';
import * as contactRequest from './interactive/request_contact_info.js';
import * as voiceCall from './interactive/voice_call.js';
import * as unknown from './unknown.js';

const TYPES = {
  address_message: addressMessage,
  button,
  button_reply: answer,
  call_permission_reply: answer,
  call_permission_request: callPermission,
  carousel,
  catalog_message: catalog,
  cta_url: ctaUrl,
  flow,
  list,
  list_reply: answer,
  location_request_message: locationRequest,
  nfm_reply: formAnswer,
  order_details: orderDetails,
  order_status: orderStatus,
  product,
  product_list: productList,
  request_contact_info: contactRequest,
  voice_call: voiceCall,
};

const typeOf = (message) => (Object.hasOwn(TYPES, message.type) ? TYPES[message.type] : null);

export const draw = (message, context) =>
  (typeOf(message) ?? unknown).draw(typeOf(message) ? message : context.entry.body, context);

export function words(message, entry) {
  const type = typeOf(message);
  if (!type) return unknown.words(message, entry);
  return type.words?.(message) || message.body?.text || message.header?.text || message.type.replaceAll('_', ' ');
}
