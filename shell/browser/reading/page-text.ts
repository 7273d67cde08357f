/**
 * The words of the page around threads, for a selection that begins or ends outside of one. What is selected as a whole is told by the
 * browser itself (innerText).
 *
 * @param threads the elements of the threads that `range` goes over, and what is selected in each
 */
export function pageText(range: Range, threads: ReadonlyMap<Element, () => string>): string {
  const text = wordsOf(range.commonAncestorContainer, range, threads);
  return text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function wordsOf(node: Node, range: Range, threads: ReadonlyMap<Element, () => string>): string {
  if (!range.intersectsNode(node)) return '';
  if (node instanceof Text) return partWithin(node, range).replace(/\s+/g, ' ');
  if (!(node instanceof Element || node instanceof Document)) return '';
  const within = () => Array.from(node.childNodes, (child) => wordsOf(child, range, threads));
  if (!(node instanceof HTMLElement)) return within().join('');

  const thread = threads.get(node);
  if (thread) return `\n\n${thread()}\n\n`;
  const { display } = getComputedStyle(node);
  if (display === 'none') return '';
  const isWhole = isWithin(node, range) && ![...threads.keys()].some((one) => node.contains(one));
  const words = isWhole ? node.innerText : within().join('');
  if (/^(inline|contents)/.test(display)) return words;
  const gap = /^(P|H\d|BLOCKQUOTE|UL|OL|PRE|FIGURE)$/.test(node.tagName) ? '\n\n' : '\n';
  return gap + words.trim() + gap;
}

function isWithin(node: Node, range: Range): boolean {
  const whole = document.createRange();
  whole.selectNode(node);
  return (
    range.compareBoundaryPoints(Range.START_TO_START, whole) <= 0 &&
    range.compareBoundaryPoints(Range.END_TO_END, whole) >= 0
  );
}

/** What of `node` lies in `range`. */
export function partWithin(node: Text, range: AbstractRange): string {
  const from = node === range.startContainer ? range.startOffset : 0;
  const to = node === range.endContainer ? range.endOffset : node.length;
  return node.data.slice(from, to);
}
