// What the theme makes in the browser, with names for those who hear the page, and within reach of the keyboard.
(() => {
  const name = () => {
    document.querySelectorAll('.md-typeset__scrollwrap, pre > code').forEach((part) => {
      if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
    });
    document.querySelectorAll('.md-code__nav:not([aria-label])').forEach((part, at) => {
      part.setAttribute('aria-label', `Code ${document.querySelectorAll('.md-code__nav[aria-label]').length + 1}`);
    });
  };
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
  addEventListener('resize', name);
  name();
})();
