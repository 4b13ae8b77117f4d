// Makes elements. Text becomes text nodes and attribute values; nothing here reads markup.

/**
 * An element.
 * @param {string} tag its name
 * @param {object} properties attributes; `class`; `onclick` and the like add listeners; null, undefined and false are left out
 * @param {...(Node|string|Array|null)} children what it holds; null, undefined and false are left out
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  set(node, properties);
  node.append(...held(children));
  return node;
}

/** The children without those that are not there. */
export function held(children) {
  return children.flat(2).filter((child) => child !== null && child !== undefined && child !== false);
}

function set(node, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a drawing. */
export function shape(tag, properties = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  set(node, properties);
  node.append(...held(children));
  return node;
}

/** A text in its own direction, which cannot turn what stands beside it. */
export function isolated(text, name = '') {
  return el('bdi', { class: name || null }, text);
}

/** The text, cut to `most` characters, in one line. */
export function shortened(text, most) {
  const line = String(text ?? '')
    .slice(0, most * 4)
    .replace(/\s+/gu, ' ')
    .trim();
  const characters = Array.from(line);
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : line;
}
