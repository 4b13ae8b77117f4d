// What went over the wire for a message, beside the chat.

import { el } from '../dom.js';
import { showWire } from '../wire.js';
import { open } from './modal.js';

/** Opens the wire of an entry, and follows it while it is open. */
export function openWire(entry, store) {
  const place = el('div', { class: 'wire-place' });
  const show = () => showWire(place, entry, { graphUrl: store.state.graph_url });
  const follow = ({ detail: { id } }) => id === entry.id && show();
  const { dialog } = open('Over the wire', {}, place);
  store.addEventListener('wire', follow);
  dialog.addEventListener('close', () => store.removeEventListener('wire', follow));
  show();
}
