import { setAttributes } from './attributes';
import { linkAttributes } from './links';
import { SpanStyle, type Piece } from './patch-reader';

/**
 * Appends a line's pieces to `line`, up to the end of `text` (the line without white space at its
 * end). Tags come from this closed list; what a stranger wrote is text and a checked address.
 */
export function appendPieces(line: HTMLElement, pieces: readonly Piece[], text: string): void {
  let left = text.length;
  let link: { readonly href: string; readonly element: HTMLElement } | undefined;
  for (const piece of pieces) {
    const shown = piece.text.slice(0, left);
    left -= shown.length;
    if (shown === '') continue;
    if (piece.href === '' || link?.href !== piece.href) {
      const element = makeLink(piece);
      link = element && { href: piece.href, element };
      if (element) line.append(element);
    }
    (link?.element ?? line).append(makePiece(piece, shown));
  }
}

/** Whether the pieces would make the same elements. Their texts are compared elsewhere. */
export function isSameStyle(pieces: readonly Piece[], others: readonly Piece[]): boolean {
  return (
    pieces.length === others.length &&
    pieces.every((piece, index) => {
      const other = others[index];
      return (
        other?.style === piece.style &&
        other.href === piece.href &&
        other.text === piece.text &&
        other.linkText === piece.linkText
      );
    })
  );
}

const tags = [
  [SpanStyle.Code, 'code'],
  [SpanStyle.Strong, 'strong'],
  [SpanStyle.Emphasis, 'em'],
  [SpanStyle.Strike, 's'],
] as const;

/** A link on several lines is one link to those who listen and to those who press Tab: its first line. */
function makeLink({ href, linkText }: Piece): HTMLElement | undefined {
  const attributes = linkAttributes(href);
  if (!attributes['href']) return undefined;
  const link = document.createElement('a');
  setAttributes(link, attributes);
  if (linkText) setAttributes(link, { 'aria-label': linkText });
  else if (linkText === '') setAttributes(link, { 'aria-hidden': 'true', tabindex: '-1' });
  return link;
}

function makePiece({ style }: Piece, text: string): Node {
  let made: Node = document.createTextNode(text);
  for (const [bit, tag] of tags) {
    if ((style & bit) === 0) continue;
    const element = document.createElement(tag);
    if (bit === SpanStyle.Code) element.translate = false;
    made = wrap(element, made);
  }
  return made;
}

function wrap(element: HTMLElement, inner: Node): HTMLElement {
  element.append(inner);
  return element;
}
