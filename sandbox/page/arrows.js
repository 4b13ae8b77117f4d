// Arrow keys in a list.

/**
 * The item to which a key leads: null or undefined at the end of the list.
 * @param {KeyboardEvent} event whose use as a scrolling key is prevented, where it leads somewhere
 * @param {Element|null} item which has the focus
 * @param {Element} list of the items
 */
export function ledTo(event, item, list) {
  const to = {
    ArrowDown: item?.nextElementSibling,
    ArrowUp: item?.previousElementSibling,
    Home: list.firstElementChild,
    End: list.lastElementChild,
  };
  if (to[event.key] !== undefined) event.preventDefault();
  return to[event.key];
}
