import type { Passage } from '../contracts';
import { isKerned } from '../kerning';
import { isCode, setAttributes, timeElementAttributes } from './attributes';
import { px, type Faces } from './faces';
import type { LineFitter } from './line-fitter';
import { appendPieces, isSameStyle } from './pieces';
import { Role, type Line, type Piece, type SemanticNode } from './patch-reader';

/** The elements of all nodes: what else stands in one of them is its text. */
const elements = new WeakSet<Node>();

/**
 * The text of one node as DOM. A text of several lines is a block for each paragraph, laid over its
 * pixels, and in it an inline box for each line: so find-in-page, copying and assistive technology
 * see words in their order, and every line still ends where the drawn one ends (see styles.ts).
 */
export class TextContent {
  private parts: ChildNode[] = [];
  private said: SemanticNode | undefined;
  private isRewritten = false;
  private readonly element: HTMLElement;
  private readonly faces: Faces;
  private readonly fitter: LineFitter;

  constructor(element: HTMLElement, faces: Faces, fitter: LineFitter) {
    elements.add(element);
    this.element = element;
    this.faces = faces;
    this.fitter = fitter;
  }

  /** Brings the element's own text from `before` into line with `node`. Its child nodes are left alone. */
  update(node: SemanticNode, before: SemanticNode | undefined): void {
    this.said = node;
    if (before && (saysTheSame(node, before) || this.isAlready(node))) {
      if (looksTheSame(node, before)) return;
      if (node.lines.length > 0) this.placeParagraphs(node);
      else this.fitAlone(node);
      return;
    }
    // What has no words holds others: the comments of a feed, whose name changes with their order.
    if (node.text === '' && this.parts.length === 0) return;
    const isChange = this.parts.length === 1 && node.lines.length === 0 && !isNamedText(node);
    const only = this.parts[0];
    if (isChange && only instanceof Text && node.text !== '') only.data = node.text;
    else this.replace(node);
    if (node.lines.length === 0) this.fitAlone(node);
  }

  /** What is said and what stands there, paragraph by paragraph; nothing where that cannot be told. */
  passages(): readonly Passage[] {
    const { said: node, parts } = this;
    if (!node || node.text === '' || isCode(node)) return [];
    const areThere = parts.every((part) => part.parentNode === this.element);
    if (!isParagraphs(node)) {
      const isOne = parts[0] instanceof Element && areThere;
      return [{ said: node.text, shown: isOne ? parts.slice(0, 1) : this.own() }];
    }
    const said = paragraphsOf(node).map((lines) => lines.map(({ text }) => text).join(''));
    if (areThere && said.length === parts.length) {
      return said.map((text, index) => ({ said: text, shown: parts.slice(index, index + 1) }));
    }
    return said.length === 1 ? [{ said: node.text, shown: this.own() }] : [];
  }

  /** Somebody else has written here, and it stays for as long as the widget says the same. */
  leave(): void {
    this.isRewritten = true;
  }

  private isAlready(node: SemanticNode): boolean {
    if (!this.isRewritten) return false;
    const said = isParagraphs(node) ? paragraphsOf(node).length : 1;
    const shown = this.passages().flatMap((passage) => passage.shown);
    this.isRewritten = said === shown.length && isSameText(node.text, textOf(shown));
    return this.isRewritten;
  }

  private own(): ChildNode[] {
    return [...this.element.childNodes].filter((child) => !elements.has(child));
  }

  private replace(node: SemanticNode): void {
    // Where there was no text, nobody has rewritten it: what stands there is others', as the feed's comments are.
    if (this.parts.length > 0) for (const part of this.own()) part.remove();
    this.isRewritten = false;
    this.parts = this.make(node);
    this.element.prepend(...this.parts);
    if (node.lines.length > 0) this.placeParagraphs(node);
  }

  private make(node: SemanticNode): ChildNode[] {
    if (node.role === Role.Time) return [makeTime(node)];
    if (isParagraphs(node)) return makeParagraphs(node);
    if (node.text === '') return [];
    if (isInner(node)) return [makeSpan('line alone', node.text)];
    if (!isNamedText(node)) return [document.createTextNode(node.text)];
    const seen = makeSpan('', node.text);
    seen.setAttribute('aria-hidden', 'true');
    return [seen, makeSpan('said', node.name)];
  }

  private fitAlone(node: SemanticNode): void {
    if (node.text === '' || node.role === Role.Button || node.isVisuallyHidden) return;
    const first = isInner(node) ? this.parts[0] : this.element;
    if (first instanceof HTMLElement) this.fitter.fit(first, node.width);
  }

  private placeParagraphs(node: SemanticNode): void {
    let bottom: number | undefined;
    for (const [index, lines] of paragraphsOf(node).entries()) {
      const paragraph = this.parts[index];
      const first = lines[0];
      if (!(paragraph instanceof HTMLElement) || !first) continue;
      const step = lines[1] ? lines[1].y - first.y : first.height;
      const inset = this.placeParagraph(node, paragraph, lines, step);
      if (bottom !== undefined) paragraph.style.setProperty('--gap', px(first.y - bottom));
      bottom = first.y + step * lines.length;
      if (this.isRewritten) continue;
      paragraph.querySelectorAll<HTMLElement>('.line').forEach((span, index) => {
        const line = lines[index];
        if (line && line.width > 0) this.fitter.fit(span, line.width);
        const isAgainst = line && insetOf(line, node) > inset + 0.5;
        span.style.direction = isAgainst ? (node.isRightToLeft ? 'ltr' : 'rtl') : '';
      });
    }
  }

  /** Answers how far from the node's edge the paragraph's lines begin. */
  private placeParagraph(
    node: SemanticNode,
    paragraph: HTMLElement,
    lines: readonly Line[],
    step: number,
  ): number {
    const own = this.isRewritten ? ' rewritten' : '';
    paragraph.className = `paragraph ${this.faces.className(node.face, step)}${own}`;
    const [first, second = first] = lines;
    if (!first || !second) return 0;
    // Only the first line may begin elsewhere than the others: before them, with an item's bullet. What follows a line feed
    // may run the other way, from the other edge.
    const isLineAlone = node.role !== Role.Item && first.text.endsWith('\n');
    const inset = insetOf(isLineAlone ? first : second, node);
    const style = paragraph.style;
    style.left = px(node.x);
    style.top = px(first.y);
    style.width = px(node.width);
    style.height = px(step * lines.length);
    const hang = insetOf(first, node) - inset;
    style.paddingInlineStart = inset === 0 ? '' : px(inset);
    style.textIndent = hang === 0 ? '' : px(hang);
    return inset;
  }
}

function isParagraphs(node: SemanticNode): boolean {
  return node.lines.length > 0 && node.role !== Role.Button;
}

function paragraphsOf(node: SemanticNode): Line[][] {
  const paragraphs: Line[][] = [];
  let isNew = true;
  for (const line of node.lines) {
    if (isNew) paragraphs.push([]);
    paragraphs.at(-1)?.push(line);
    isNew = line.endsParagraph;
  }
  return paragraphs;
}

function textOf(nodes: readonly Node[]): string {
  return nodes.map((node) => node.textContent).join('');
}

/** Lines are broken anew again and again, so white space does not count. */
export function isSameText(one: string, other: string): boolean {
  return one.replace(/\s+/g, '') === other.replace(/\s+/g, '');
}

/** How far from the node's own edge a line begins. */
function insetOf(line: Line, node: SemanticNode): number {
  return node.isRightToLeft ? node.x + node.width - line.x - line.width : line.x - node.x;
}

function isInner(node: SemanticNode): boolean {
  return node.role === Role.Heading || node.role === Role.Link || node.role === Role.Time;
}

/** A text that is called something else, e.g. "12" that is "12 points". */
function isNamedText(node: SemanticNode): boolean {
  const isText = node.role === Role.Text || node.role === Role.Status || node.role === Role.Alert;
  return isText && node.text !== '' && node.name !== '' && node.name !== node.text;
}

function saysTheSame(node: SemanticNode, before: SemanticNode): boolean {
  return (
    node.text === before.text &&
    node.name === before.name &&
    node.value === before.value &&
    node.lines.length === before.lines.length &&
    node.lines.every((line, index) => {
      const other = before.lines[index];
      return (
        other?.text === line.text &&
        other.endsParagraph === line.endsParagraph &&
        isSameStyle(line.pieces, other.pieces)
      );
    })
  );
}

function looksTheSame(node: SemanticNode, before: SemanticNode): boolean {
  return (
    isSameFace(node, before) &&
    node.isRightToLeft === before.isRightToLeft &&
    node.width === before.width &&
    node.lines.every((line, index) => {
      const other = before.lines[index];
      return other?.x === line.x && other.y === line.y && other.width === line.width;
    })
  );
}

function isSameFace({ face }: SemanticNode, { face: other }: SemanticNode): boolean {
  return (
    face.size === other.size &&
    face.weight === other.weight &&
    face.isMono === other.isMono &&
    face.isItalic === other.isItalic
  );
}

function makeTime(node: SemanticNode): HTMLElement {
  const time = document.createElement('time');
  time.className = 'line alone';
  time.textContent = node.text;
  setAttributes(time, timeElementAttributes(node));
  return time;
}

function makeSpan(className: string, text: string): HTMLElement {
  const span = document.createElement('span');
  if (className) span.className = className;
  span.textContent = text;
  return span;
}

/** Only phrases may stand in a heading or a link; items and code are no paragraphs to those who listen. */
function makeParagraphs(node: SemanticNode): HTMLElement[] {
  const isOther = node.role === Role.Item || isCode(node);
  const tag = isInner(node) ? 'span' : isOther ? 'div' : 'p';
  return paragraphsOf(node).map((lines) => {
    const paragraph = document.createElement(tag);
    for (const line of lines) appendLine(paragraph, line, isCode(node) ? [] : line.pieces);
    return paragraph;
  });
}

function appendLine(paragraph: HTMLElement, line: Line, pieces: readonly Piece[]): void {
  const text = line.text.replace(/[ \t\n]+$/, '');
  const end = line.text.slice(text.length);
  const span = makeSpan(isKerned(text) ? 'line' : 'line unkerned', pieces.length > 0 ? '' : text);
  appendPieces(span, pieces, text);
  paragraph.append(span);
  if (line.endsParagraph) return;
  // Between two lines there is a break that the author made, the space between two words, or else a
  // place to break a word.
  if (end.includes('\n')) paragraph.append(document.createElement('br'));
  else if (end !== '') paragraph.append(' ');
  else paragraph.append(document.createElement('wbr'));
}
