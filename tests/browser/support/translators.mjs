/** What the page translators of browsers do to a page, with a language of our own: every longer word ends in "lon". */

/** Replaces each text by an element with the translation in it, also of what comes later, and takes it back when asked. */
export function translateAsGoogle() {
  const made = new Map();
  const isOwn = (node) => node.parentElement?.closest('font');
  const translated = (text) =>
    text.replace(/\p{L}{4,}/gu, (word) => (word.endsWith('lon') ? word : `${word}lon`));
  const translate = (text) => {
    const isLeftOut = text.parentElement?.closest('[translate=no], script, style, textarea, input');
    const words = translated(text.data);
    if (isOwn(text) || isLeftOut || words === text.data) return;
    const outer = document.createElement('font');
    const inner = document.createElement('font');
    inner.append(words);
    outer.append(inner);
    text.replaceWith(outer);
    made.set(outer, text);
  };
  const walk = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const all = root instanceof Text ? [root] : [];
    while (texts.nextNode()) all.push(texts.currentNode);
    all.forEach(translate);
  };
  const observer = new MutationObserver((records) => {
    for (const { target, type, addedNodes } of records) {
      for (const node of type === 'characterData' ? [target] : addedNodes) {
        if (node.isConnected) walk(node);
      }
    }
  });
  for (const root of [
    document.body,
    ...[...document.querySelectorAll('parlance-thread')].map((element) => element.shadowRoot),
  ]) {
    walk(root);
    observer.observe(root, { childList: true, characterData: true, subtree: true });
  }
  globalThis.takeBack = () => {
    observer.disconnect();
    for (const [element, text] of made) element.replaceWith(text);
  };
}

/** Changes each text where it stands, once. */
export function translateAsFirefox() {
  for (const { shadowRoot } of document.querySelectorAll('parlance-thread')) {
    const texts = document.createTreeWalker(shadowRoot, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement?.closest('[translate=no], textarea')) continue;
      text.data = text.data.replace(/\p{L}{4,}/gu, (word) => `${word}lon`);
    }
  }
}
