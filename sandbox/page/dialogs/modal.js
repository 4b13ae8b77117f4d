// A window over the page, and the fields of its form.

import { el } from '../dom.js';
import { icon } from '../icons.js';

let count = 0;

/**
 * Opens a window. Escape closes it, and the focus goes back to where it was.
 * @param {string} title its heading
 * @param {{wide?: boolean, class?: string}} look
 * @param {...Node} content what it holds
 * @returns {{dialog: HTMLDialogElement, close: function(): void}}
 */
export function open(title, look, ...content) {
  count += 1;
  const id = `dialog-${count}`;
  const close = () => dialog.close();
  const message = document.activeElement?.closest('article');
  const closed = () => {
    dialog.remove();
    // What opened the window may have been drawn anew meanwhile.
    if (document.activeElement === document.body) message?.focus();
  };
  const dialog = el(
    'dialog',
    { class: `modal ${look.class ?? ''}`, 'aria-labelledby': id, onclose: closed },
    el(
      'header',
      {},
      el('h2', { id, dir: 'auto' }, title),
      el('button', { type: 'button', class: 'plain', 'aria-label': 'Close', onclick: close }, icon('close')),
    ),
    el('div', { class: 'modal-content' }, ...content),
  );
  // A click beside the window lands on the element itself.
  dialog.addEventListener('click', (event) => event.target === dialog && close());
  document.body.append(dialog);
  dialog.showModal();
  return { dialog, close };
}

/**
 * Opens a form. What `submit` throws is shown in it, and it stays open.
 * @param {string} title its heading
 * @param {string} button what its button says
 * @param {Array<Node>} fields
 * @param {function(HTMLFormElement): Promise<*>} submit
 */
export function openForm(title, button, fields, submit) {
  const wrong = el('p', { class: 'wrong', role: 'alert' });
  const send = el('button', { class: 'primary' }, button);
  const form = el('form', { class: 'form' }, ...fields, wrong, el('div', { class: 'form-end' }, send));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    wrong.textContent = '';
    send.disabled = true;
    try {
      if ((await submit(form)) !== false) window.close();
    } catch (error) {
      wrong.textContent = error.message;
    } finally {
      send.disabled = false;
    }
  });
  const window = open(title, {}, form);
  return { form, ...window };
}

/** A labelled field. */
export function field(label, input, note) {
  return el(
    'label',
    { class: 'field' },
    el('span', { dir: 'auto' }, label),
    input,
    note && el('span', { class: 'note', dir: 'auto' }, note),
  );
}

/** The text of a form's field. */
export const textOf = (form, name) => String(new FormData(form).get(name) ?? '').trim();
