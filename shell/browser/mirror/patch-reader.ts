/** Reads the patches that shell/browser/semantic_patch.h writes down. */

/** `Role` in widget/views/semantics.h, by its numbers. */
export const Role = {
  Group: 0,
  Heading: 1,
  Feed: 2,
  Article: 3,
  Text: 4,
  Time: 5,
  Link: 6,
  Button: 7,
  TextField: 8,
  TextArea: 9,
  Image: 10,
  Status: 11,
  Alert: 12,
  Quote: 13,
  List: 14,
  Item: 15,
} as const;

/** `Tristate` in widget/views/semantics.h, by its numbers. */
export const Tristate = { None: 0, No: 1, Yes: 2 } as const;

/** CSS pixels. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A font without its family's name. */
export interface Face {
  readonly size: number;
  readonly weight: number;
  readonly isMono: boolean;
  readonly isItalic: boolean;
}

/** `SpanStyle` in widget/text/markup.h, bit by bit. */
export const SpanStyle = { Strong: 1, Emphasis: 2, Strike: 4, Code: 8, Spoiler: 16 } as const;

/** A stretch of a line in one style; a link when `href` is not empty. */
export interface Piece {
  readonly text: string;
  readonly style: number;
  readonly href: string;
  /** Of a link that goes on over several lines: all of its words in the first of them, none in the others. */
  readonly linkText?: string | undefined;
}

/** One line of a text as it is drawn. */
export interface Line extends Rect {
  readonly text: string;
  /** The same text in pieces; empty when all of it is in the node's own style. */
  readonly pieces: readonly Piece[];
  readonly endsParagraph: boolean;
}

/** `SemanticNode` in widget/views/semantics.h. */
export interface SemanticNode extends Rect {
  readonly id: number;
  readonly parent: number;
  readonly role: number;
  readonly isDisabled: boolean;
  readonly isRequired: boolean;
  readonly isInvalid: boolean;
  readonly isBusy: boolean;
  readonly isVisuallyHidden: boolean;
  readonly isSaidElsewhere: boolean;
  readonly pressed: number;
  readonly expanded: number;
  readonly face: Face;
  readonly isRightToLeft: boolean;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly name: string;
  readonly text: string;
  readonly description: string;
  readonly value: string;
  readonly placeholder: string;
  readonly href: string;
  readonly autocomplete: string;
  readonly lines: readonly Line[];
}

/** Takes what a patch says, in its order. */
export interface PatchSink {
  put(node: SemanticNode): void;
  remove(id: number): void;
  order(parent: number, children: readonly number[]): void;
}

/** Tells `sink` all of `patch`. Throws a RangeError when the patch ends too early. */
export function readPatch(patch: DataView, sink: PatchSink): void {
  const reader = new Reader(patch);
  for (let left = reader.u32(); left > 0; left--) {
    switch (reader.u32()) {
      case 1:
        sink.put(readNode(reader));
        break;
      case 2:
        sink.remove(reader.u32());
        break;
      case 3: {
        const parent = reader.u32();
        const children = Array.from({ length: reader.u32() }, () => reader.u32());
        sink.order(parent, children);
        break;
      }
      default:
        throw new RangeError('not a patch');
    }
  }
}

function readNode(reader: Reader): SemanticNode {
  const id = reader.u32();
  const parent = reader.u32();
  const role = reader.u8();
  const flags = reader.u8();
  const pressed = reader.u8();
  const expanded = reader.u8();
  const rect = readRect(reader);
  const size = reader.f32();
  const weight = reader.u16();
  const family = reader.u8();
  const faceBits = reader.u8();
  const level = reader.i32();
  const position = reader.i32();
  const setSize = reader.i32();
  const name = reader.string();
  const textBytes = reader.bytes();
  return {
    ...rect,
    id,
    parent,
    role,
    isDisabled: (flags & 1) !== 0,
    isRequired: (flags & 2) !== 0,
    isInvalid: (flags & 4) !== 0,
    isBusy: (flags & 8) !== 0,
    isVisuallyHidden: (flags & 16) !== 0,
    isSaidElsewhere: (flags & 32) !== 0,
    pressed,
    expanded,
    face: { size, weight, isMono: family === 1, isItalic: (faceBits & 1) !== 0 },
    isRightToLeft: (faceBits & 2) !== 0,
    level,
    position,
    setSize,
    name,
    text: decode(textBytes),
    description: reader.string(),
    value: reader.string(),
    placeholder: reader.string(),
    href: reader.string(),
    autocomplete: reader.string(),
    lines: readLines(reader, textBytes),
  };
}

const noLines: readonly Line[] = [];
const noPieces: readonly Piece[] = [];

interface Span {
  readonly begin: number;
  readonly end: number;
  readonly style: number;
  readonly href: string;
  /** Where the link begins and ends that the span is in: a link may have several styles. */
  readonly link: { readonly begin: number; end: number };
}

function readLines(reader: Reader, text: Uint8Array): readonly Line[] {
  const drawn = Array.from({ length: reader.u32() }, () => {
    const bytes = reader.u32();
    return { bytes, endsParagraph: (reader.u32() & 1) !== 0, rect: readRect(reader) };
  });
  const spans: Span[] = [];
  for (let left = reader.u32(); left > 0; left--) spans.push(readSpan(reader, spans.at(-1)));
  if (drawn.length === 0) return noLines;
  let begin = 0;
  return drawn.map(({ bytes, endsParagraph, rect }) => {
    const end = begin + bytes;
    const pieces = piecesWithin(text, begin, end, spans);
    const line = { ...rect, text: decode(text.subarray(begin, end)), pieces, endsParagraph };
    begin = end;
    return line;
  });
}

function readSpan(reader: Reader, before: Span | undefined): Span {
  const span = {
    begin: reader.u32(),
    end: reader.u32(),
    style: reader.u8(),
    href: reader.string(),
  };
  const goesOn = before && before.href === span.href && before.end === span.begin;
  const link = goesOn ? before.link : { begin: span.begin, end: 0 };
  link.end = span.end;
  return { ...span, link };
}

function piecesWithin(
  text: Uint8Array,
  begin: number,
  end: number,
  spans: readonly Span[],
): readonly Piece[] {
  const within = spans.filter((span) => span.begin < end && span.end > begin);
  if (within.length === 0) return noPieces;
  const pieces: Piece[] = [];
  let at = begin;
  const add = (until: number, style: number, href: string, linkText?: string) => {
    if (until > at) pieces.push({ text: decode(text.subarray(at, until)), style, href, linkText });
    at = Math.max(at, until);
  };
  for (const { begin: from, end: to, style, href, link } of within) {
    add(from, 0, '');
    const isBroken = href !== '' && (link.begin < begin || link.end > end);
    const words = link.begin < begin ? '' : decode(text.subarray(link.begin, link.end));
    add(Math.min(to, end), style, href, isBroken ? words : undefined);
  }
  add(end, 0, '');
  return pieces;
}

function readRect(reader: Reader): Rect {
  return { x: reader.f32(), y: reader.f64(), width: reader.f32(), height: reader.f32() };
}

const decoder = new TextDecoder();

function decode(bytes: Uint8Array): string {
  return bytes.length === 0 ? '' : decoder.decode(bytes);
}

class Reader {
  private readonly view: DataView;
  private at = 0;

  constructor(view: DataView) {
    this.view = view;
  }

  u8(): number {
    return this.view.getUint8(this.advance(1));
  }
  u16(): number {
    return this.view.getUint16(this.advance(2), true);
  }
  u32(): number {
    return this.view.getUint32(this.advance(4), true);
  }
  i32(): number {
    return this.view.getInt32(this.advance(4), true);
  }
  f32(): number {
    return this.view.getFloat32(this.advance(4), true);
  }
  f64(): number {
    return this.view.getFloat64(this.advance(8), true);
  }
  bytes(): Uint8Array {
    const size = this.u32();
    return new Uint8Array(this.view.buffer, this.view.byteOffset + this.advance(size), size);
  }
  string(): string {
    return decode(this.bytes());
  }

  private advance(size: number): number {
    const from = this.at;
    this.at += size;
    return from;
  }
}
