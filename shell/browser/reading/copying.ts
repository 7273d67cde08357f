import type { Mirror } from '../contracts';
import { selectedRange } from '../shared';
import type { WasmInstance } from '../wasm-instance';
import { pageText, partWithin } from './page-text';

interface Thread {
  readonly mirror: Mirror;
  readonly wasm: WasmInstance;
}

/** A stretch of a comment that stands by itself: `prefix` goes before each of its lines. */
interface Block {
  readonly prefix: string;
  readonly text: string;
  /** Close to the block above: the next item of a list. */
  readonly isTight: boolean;
}

const threads = new Map<ShadowRoot, Thread>();
let listening: AbortController | undefined;

/**
 * Makes copying, and dragging, give the words of the comments that are selected, drawn or not, with their authors and without the
 * controls between them. It is plain text only: what strangers have written becomes HTML nowhere.
 */
export function listenToCopying(mirror: Mirror, wasm: WasmInstance, signal: AbortSignal): void {
  const root = mirror.element.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  threads.set(root, { mirror, wasm });
  if (!listening) listen((listening = new AbortController()).signal);
  signal.addEventListener('abort', () => {
    threads.delete(root);
    if (threads.size > 0) return;
    listening?.abort();
    listening = undefined;
  });
}

/** One listener for all threads: a selection can go over several. */
function listen(signal: AbortSignal): void {
  const give = (event: Event, data: DataTransfer | null): void => {
    if (event.defaultPrevented || !data) return;
    const text = selectedText();
    if (!text) return;
    data.clearData();
    data.setData('text/plain', text);
    if (event.type === 'copy') event.preventDefault();
  };
  document.addEventListener('copy', (event) => give(event, event.clipboardData), { signal });
  const dragged = (event: DragEvent) => {
    const [target] = event.composedPath();
    const isOther = target instanceof Element && target.closest('a, img, [draggable=true]');
    if (!isOther) give(event, event.dataTransfer);
  };
  document.addEventListener('dragstart', dragged, { signal });
}

/** What is selected as text; nothing when no comment is a part of it. */
function selectedText(): string | undefined {
  const range = selectedRange([...threads.keys()]);
  if (!range || range.collapsed) return undefined;
  const [start, end] = [range.startContainer, range.endContainer].map(threadOf);
  if (start && start === end) return threadText(start, range);

  const whole = document.createRange();
  if (start) whole.setStartBefore(hostOf(start));
  else whole.setStart(range.startContainer, range.startOffset);
  if (end) whole.setEndAfter(hostOf(end));
  else whole.setEnd(range.endContainer, range.endOffset);
  const inside = [...threads.values()].filter((thread) => whole.intersectsNode(hostOf(thread)));
  if (inside.length === 0) return undefined;
  return pageText(
    whole,
    new Map(inside.map((thread) => [hostOf(thread), () => threadText(thread, range)])),
  );
}

function threadOf(node: Node): Thread | undefined {
  const root = node.getRootNode();
  return root instanceof ShadowRoot ? threads.get(root) : undefined;
}

function hostOf({ mirror }: Thread): Element {
  return (mirror.element.getRootNode() as ShadowRoot).host;
}

/** The part of `thread` that lies in `selected`, which may begin and end elsewhere. */
function threadText(thread: Thread, selected: AbstractRange): string {
  const { element } = thread.mirror;
  const range = document.createRange();
  range.selectNodeContents(element);
  const { startContainer, startOffset, endContainer, endOffset } = selected;
  const [beginsHere, endsHere] = [startContainer, endContainer].map((one) => element.contains(one));
  if (beginsHere) range.setStart(startContainer, startOffset);
  if (endsHere) range.setEnd(endContainer, endOffset);

  const articles = [...element.querySelectorAll('article')];
  const touched = articles.filter((article) => range.intersectsNode(article));
  const ends = [touched[0], touched.at(-1)];
  const [first, last] = ends.map((one) => (one ? thread.mirror.articleOf(one) : 0));
  const order = [...thread.wasm.readingOrder()];
  // Not all comments need have an element by now.
  const from = beginsHere ? order.indexOf(first ?? 0) : 0;
  const to = endsHere ? order.indexOf(last ?? 0) : order.length - 1;
  const texts = order.slice(Math.max(from, 0), to + 1).map((id) => {
    const article = id === first ? ends[0] : id === last ? ends[1] : undefined;
    const isPart = article && [startContainer, endContainer].some((node) => article.contains(node));
    return isPart ? partOf(article, range) : wholeComment(thread, id);
  });
  const heading = element.querySelector(':scope > h2');
  if (heading) texts.unshift(textWithin(heading, range));
  return texts.filter((text) => text !== '').join('\n\n');
}

function wholeComment(thread: Thread, id: number): string {
  const said = thread.wasm.readingEntry(id, 1);
  return said ? [said.author, shown(readBlocks(said.text))].filter(Boolean).join('\n') : '';
}

/** U+001E, or U+001D where the block is tight; the prefix; U+001F; the text. As copied_blocks in widget/views/comment_parts.cpp writes it. */
function readBlocks(blocks: string): Block[] {
  return Array.from(blocks.matchAll(/([\x1d\x1e])([^\x1f]*)\x1f([^\x1d\x1e]*)/g), (match) => {
    const [, mark, prefix = '', text = ''] = match;
    return { prefix, text, isTight: mark === '\x1d' };
  });
}

/** A comment in which the selection begins or ends: what is selected of it as it stands in the document. */
function partOf(article: Element, range: Range): string {
  const author = article.querySelector(':scope > .heading');
  const blocks: Block[] = [];
  for (const element of article.querySelectorAll('.block:not(.heading, .alert, .status)')) {
    const text = textWithin(element, range);
    const isTight = isItem(element) && isItem(element.previousElementSibling);
    if (text !== '') blocks.push({ prefix: prefixOf(element), text, isTight });
  }
  return [author ? textWithin(author, range) : '', shown(blocks)].filter(Boolean).join('\n');
}

function isItem(element: Element | null): boolean {
  return element?.getAttribute('role') === 'listitem';
}

function prefixOf(element: Element): string {
  let quotes = '';
  let quote = element.closest('.quote');
  while (quote) {
    quotes += '> ';
    quote = quote.parentElement?.closest('.quote') ?? null;
  }
  return quotes + '  '.repeat(Number(element.getAttribute('aria-level') ?? 1) - 1);
}

function shown(blocks: readonly Block[]): string {
  let all = '';
  for (const { prefix, text, isTight } of blocks) {
    if (all !== '') all += isTight ? '\n' : '\n\n';
    all += text.replace(/^/gm, prefix);
  }
  return all;
}

/** The words of `element` that lie in `range`. */
function textWithin(element: Element, range: Range): string {
  let text = '';
  const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (nodes.nextNode()) {
    const node = nodes.currentNode;
    if (!range.intersectsNode(node)) continue;
    if (node.nodeName === 'BR') text += '\n';
    else if (node.nodeName === 'P' || node.nodeName === 'DIV') text += text === '' ? '' : '\n\n';
    else if (node instanceof Text) text += partWithin(node, range);
  }
  return text.trim();
}
