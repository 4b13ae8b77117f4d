// A document for tests without a browser: as much of one as the page's modules need to make elements.

class Node {
  constructor(name) {
    this.localName = name;
    this.childNodes = [];
    this.dataset = {};
    this.listeners = {};
    this.classList = { toggle() {}, add() {}, remove() {} };
  }
  append(...nodes) {
    this.childNodes.push(...nodes.map((node) => (node instanceof Node ? node : new Text(String(node)))));
  }
  replaceChildren(...nodes) {
    this.childNodes = [];
    this.append(...nodes);
  }
  setAttribute() {}
  focus() {}
  addEventListener(event, listener) {
    this.listeners[event] = listener;
  }
  querySelectorAll() {
    return [];
  }
  get textContent() {
    return this.childNodes.map((node) => node.textContent).join('');
  }
}
class Text extends Node {
  constructor(text) {
    super('#text');
    this.text = text;
  }
  get textContent() {
    return this.text;
  }
}
const make = (name) => new Node(name);
globalThis.document = {
  createElement: make,
  createElementNS: (_space, name) => make(name),
  createDocumentFragment: () => make('#fragment'),
};
