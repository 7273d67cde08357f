import { setAttributes } from './attributes';
import { linkAttributes } from './links';
import { SpanStyle, type Piece } from './patch-reader';

/**
 * Appends a line's pieces to `line`, up to the end of `text` (the line without white space at its
 * end). Tags come from this closed list; what a stranger wrote is text and a checked address.
 */
export function appendPieces(line: HTMLElement, pieces: readonly Piece[], text: string): void {
  if (rightToLeft.test(text)) line.classList.add('bidi');
  let left = text.length;
  for (const piece of pieces) {
    const shown = piece.text.slice(0, left);
    left -= shown.length;
    if (shown !== '') line.append(makePiece(piece, shown));
  }
}

/** Whether the pieces would make the same elements. Their texts are compared elsewhere. */
export function isSameStyle(pieces: readonly Piece[], others: readonly Piece[]): boolean {
  return (
    pieces.length === others.length &&
    pieces.every((piece, index) => {
      const other = others[index];
      return other?.style === piece.style && other.href === piece.href && other.text === piece.text;
    })
  );
}

/** Lines with such letters are drawn in one style; their links show through the mirror. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

const tags = [
  [SpanStyle.Code, 'code'],
  [SpanStyle.Strong, 'strong'],
  [SpanStyle.Emphasis, 'em'],
  [SpanStyle.Strike, 's'],
] as const;

function makePiece({ style, href }: Piece, text: string): Node {
  let made: Node = document.createTextNode(text);
  for (const [bit, tag] of tags) {
    if ((style & bit) !== 0) made = wrap(document.createElement(tag), made);
  }
  const attributes = linkAttributes(href);
  if (!attributes['href']) return made;
  const link = wrap(document.createElement('a'), made);
  setAttributes(link, attributes);
  return link;
}

function wrap(element: HTMLElement, inner: Node): HTMLElement {
  element.append(inner);
  return element;
}
