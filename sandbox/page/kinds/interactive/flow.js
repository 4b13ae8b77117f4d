// A text with a button that opens a Flow's form.

import { fillFlow } from '../../dialogs/flow.js';
import { action, framed, partsOf } from '../framed.js';

export function draw(message, context) {
  const parameters = message.action?.parameters ?? {};
  const done = { ...context, answered: () => context.answered('flow') };
  const title = parameters.flow_cta ?? 'Open';
  return framed(partsOf(message), [], [action(title, 'form', done, () => fillFlow(title, parameters, context))]);
}
