// A small menu at a button. Arrow keys move in it, Escape and a click elsewhere close it.

import { el } from './dom.js';
import { icon } from './icons.js';

/**
 * Opens a menu.
 * @param {HTMLElement} button where; the focus goes back there
 * @param {string} label what the menu is
 * @param {Array<{title: string, drawing?: string, sign?: string, press: function}>} items those with a sign stand in a row above
 */
export function openMenu(button, label, items) {
  const drawn = ({ title, drawing, sign, press }) => {
    const choose = () => {
      menu.hidePopover();
      press();
    };
    const look = sign ? { class: 'sign', 'aria-label': title, title } : { class: 'menu-item' };
    return el(
      'button',
      { type: 'button', role: 'menuitem', tabindex: '-1', ...look, onclick: choose },
      sign ?? [icon(drawing), title],
    );
  };
  const signs = items.filter((item) => item.sign).map(drawn);
  const menu = el(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label, popover: 'auto' },
    signs.length > 0 && el('div', { class: 'signs', role: 'none' }, ...signs),
    ...items.filter((item) => !item.sign).map(drawn),
  );
  const entries = [...menu.querySelectorAll('[role=menuitem]')];
  menu.addEventListener('keydown', (event) => {
    const at = entries.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: -1 }[
      event.key
    ];
    if (event.key === 'Tab') menu.hidePopover();
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    entries.at(to % entries.length).focus();
  });
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'closed') return;
    const within = menu.contains(document.activeElement) || document.activeElement === document.body;
    menu.remove();
    button.setAttribute('aria-expanded', 'false');
    if (within) button.focus();
  });
  document.querySelector('main').append(menu);
  menu.showPopover();
  place(menu, button.getBoundingClientRect());
  button.setAttribute('aria-expanded', 'true');
  entries[0]?.focus();
}

/** Below the button, above it where there is no room, never outside the window. */
function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + height + 8 < window.innerHeight;
  menu.style.top = `${Math.max(8, below ? at.bottom + 4 : at.top - height - 4)}px`;
  menu.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - width - 8))}px`;
}
