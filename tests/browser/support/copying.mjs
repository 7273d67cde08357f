/** Where words stand, and what is copied of them. */

/** Notes what each copy gives to the clipboard. */
export const watchCopies = (page) =>
  page.addInitScript(() => {
    globalThis.copies = [];
    window.addEventListener('copy', ({ clipboardData }) =>
      copies.push(
        Object.fromEntries(
          [...clipboardData.types].map((type) => [type, clipboardData.getData(type)]),
        ),
      ),
    );
  });

/** What Ctrl+C gives. */
export async function copies(reader) {
  const before = await reader.page.evaluate(() => globalThis.copies.length);
  await reader.page.keyboard.press('Control+c');
  await reader.page.waitForFunction((count) => globalThis.copies.length > count, before);
  return reader.page.evaluate(() => globalThis.copies.at(-1));
}

/** Where `words` stand in the window: the rectangle of their letters. */
export function placeOf(reader, words, article = 0) {
  return reader.widget.evaluate(
    ({ shadowRoot }, [sought, number]) => {
      const root = shadowRoot.querySelector(`[aria-posinset='${number}']`) ?? shadowRoot;
      const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (texts.nextNode()) {
        const at = texts.currentNode.data.indexOf(sought);
        if (at < 0 || texts.currentNode.parentElement.closest('[hidden]')) continue;
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + sought.length);
        const { left, top, right, bottom } = range.getBoundingClientRect();
        return { left, right, top, bottom, middle: (top + bottom) / 2 };
      }
      return undefined;
    },
    [words, article],
  );
}

/** What is selected. */
export const selectedWords = (reader) =>
  reader.widget.evaluate(({ shadowRoot }) => {
    const [range] = getSelection().getComposedRanges({ shadowRoots: [shadowRoot] });
    if (!range) return '';
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return String(live).trim();
  });
