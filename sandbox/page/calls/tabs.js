// The calls of a message in tabs, a language each. The language that was chosen is kept.

import { el } from '../dom.js';
import { callsOf } from './calls.js';

const KEPT = 'wamid.language';

/** Storage may be forbidden, and is not needed. */
function chosen(language) {
  try {
    if (language) localStorage.setItem(KEPT, language);
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}

/**
 * Tabs with the calls that send a message, and a button that copies the one that is seen.
 * @param {object} body Meta's request body
 * @param {{graphUrl: string, phoneNumberId: string, path?: string}} target where curl sends it
 * @returns {Element}
 */
export function callTabs(body, target) {
  const calls = callsOf(body, target);
  const code = el('code');
  const panel = el('pre', { role: 'tabpanel', id: 'wire-call', dir: 'ltr', tabindex: '0', 'data-key': 'call' }, code);
  const said = el('span', { class: 'note', role: 'status' });
  const copy = el('button', { type: 'button', class: 'wire-button', 'data-key': 'copy' }, 'Copy');
  const tabs = calls.map(({ language }, at) =>
    el(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `wire-call-${at}`,
        'data-key': `call-${at}`,
        'aria-controls': 'wire-call',
        onclick: () => show(at),
      },
      language,
    ),
  );
  const list = el('div', { role: 'tablist', class: 'wire-tabs', 'aria-label': 'Language' }, tabs);

  function show(at, isChoice = true) {
    for (const [index, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(index === at));
      tab.tabIndex = index === at ? 0 : -1;
    }
    panel.setAttribute('aria-labelledby', `wire-call-${at}`);
    code.textContent = calls[at].text;
    said.textContent = '';
    if (isChoice) chosen(calls[at].language);
  }

  list.addEventListener('keydown', (event) => {
    const at = tabs.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    show(next);
    tabs[next].focus();
  });
  copy.addEventListener('click', async () => {
    const isCopied = await copied(code.textContent, copy);
    said.textContent = isCopied ? 'Copied' : 'Select the text and copy it.';
  });
  show(
    Math.max(
      0,
      calls.findIndex(({ language }) => language === chosen()),
    ),
    false,
  );
  return el('div', { class: 'wire-calls' }, list, panel, el('p', {}, copy, ' ', said));
}

/** Whether the text is in the clipboard. A page may have no right to write there; then a selection is copied. */
async function copied(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = el('textarea', { class: 'hidden', 'aria-hidden': 'true', tabindex: '-1' });
    field.value = text;
    // Beside the button: a dialog takes the focus from what is outside.
    button.after(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    button.focus();
    return isCopied;
  }
}
