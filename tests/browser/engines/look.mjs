/**
 * Finds what a reader would: by role, name and words, in the widget's shadow root.
 *
 * Runs in the page, so it stands on nothing that is around it. What is hidden from everybody is not found.
 *
 * @param {object} query
 * @param {string} [query.role] 'button', 'link', 'textbox', 'heading', 'article' or 'status'
 * @param {string | {pattern: string}} [query.name] the whole name, or what it has to match
 * @param {string} [query.text] words that it holds
 * @param {object} [query.within] another query: what it finds first is looked into
 * @param {boolean} [query.isFocused]
 * @returns {Element[]}
 */
export function look({ role, name, text, within, isFocused, selector }) {
  const thread = document.querySelector('parlance-thread');
  const root = within ? look(within)[0] : thread?.shadowRoot;
  if (!root) return [];

  const selectors = {
    button: 'button',
    link: 'a[href]',
    textbox: 'input, textarea',
    heading: 'h1, h2, h3',
    article: 'article',
    status: '[role=status]',
  };
  const wordsOf = (node) => {
    if (node instanceof Text) return node.data;
    if (node instanceof Element && node.getAttribute('aria-hidden') === 'true') return '';
    return Array.from(node.childNodes, wordsOf).join('');
  };
  const nameOf = (element) => (element.ariaLabel ?? wordsOf(element)).trim();
  const isNamed = (element) => {
    if (name === undefined) return true;
    return name.pattern ? new RegExp(name.pattern).test(nameOf(element)) : nameOf(element) === name;
  };
  const isThere = (element) =>
    !element.closest('[hidden]') && (role !== undefined || element.checkVisibility());

  const holds = (element) => text === undefined || element.textContent.includes(text);
  // Words alone mean the innermost elements that hold them.
  const isInnermost = (element) =>
    role !== undefined || selector !== undefined || ![...element.children].some(holds);

  return [...root.querySelectorAll(selector ?? selectors[role] ?? '*')].filter(
    (element) =>
      isThere(element) &&
      isNamed(element) &&
      holds(element) &&
      isInnermost(element) &&
      (!isFocused || element.getRootNode().activeElement === element),
  );
}
