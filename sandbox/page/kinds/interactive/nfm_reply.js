// The customer's answers to a form.

import { el } from '../../dom.js';
import { icon } from '../../icons.js';
import { listed } from '../unknown.js';

export function draw(message) {
  return el(
    'div',
    { class: 'wide' },
    el('p', { class: 'form-head' }, icon('form'), el('b', {}, 'Form sent')),
    listed(answers(message)),
  );
}

export const words = () => 'Form sent';

function answers(message) {
  try {
    const { flow_token: _, ...answers } = JSON.parse(message.nfm_reply?.response_json ?? '{}');
    return answers;
  } catch {
    return { answers: message.nfm_reply?.response_json };
  }
}
