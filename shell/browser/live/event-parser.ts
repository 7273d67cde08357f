/** Server-sent events (HTML, 9.2.6), read from the pieces that come. */

/** One event. Its type is "message" where the server names none. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
}

/** What one event may be, in UTF-16 code units. The server sends one a second, of changed comments. */
const largestEvent = 4 * 1024 * 1024;
const longestId = 256;

/** Parses one stream. */
export class EventParser {
  /** How long the server would have its readers wait before they come back, in milliseconds. */
  retry: number | undefined;
  /** The id of the last event that had one. */
  lastId: string;
  private id: string;
  private type = '';
  private data = '';
  private line = '';
  private endedWithReturn = false;
  private hasData = false;
  private isTooLarge = false;

  /** `tell` hears of each event with data, and of one that is too large to be kept: its type is "too-large" then. */
  constructor(
    id: string,
    private readonly tell: (event: ServerEvent) => void,
  ) {
    this.id = id;
    this.lastId = id;
  }

  /** `piece` is decoded UTF-8; it may end anywhere. */
  push(piece: string): void {
    // A return at the end of the last piece may have been half of a line's end.
    const text = this.endedWithReturn && piece.startsWith('\n') ? piece.slice(1) : piece;
    if (piece) this.endedWithReturn = piece.endsWith('\r');
    let from = 0;
    for (const { 0: end, index } of text.matchAll(/\r\n|\r|\n/g)) {
      this.extend(text.slice(from, index));
      from = index + end.length;
      const { line } = this;
      this.line = '';
      if (line) this.takeLine(line);
      else this.dispatch();
    }
    this.extend(text.slice(from));
  }

  private extend(text: string): void {
    if (!text) return;
    this.isTooLarge ||= this.line.length + this.data.length + text.length > largestEvent;
    // What is too large is passed over up to its end; its line must not pass for an empty one.
    this.line = this.isTooLarge ? ':' : this.line + text;
  }

  private takeLine(line: string): void {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.type = value;
    else if (name === 'id') this.takeId(value);
    else if (name === 'retry' && /^\d{1,9}$/.test(value)) this.retry = Number(value);
    else if (name === 'data') {
      this.data += this.hasData ? `\n${value}` : value;
      this.hasData = true;
    }
  }

  private takeId(id: string): void {
    if (!id.includes('\0') && id.length <= longestId) this.id = id;
  }

  private dispatch(): void {
    const { type, data, hasData, isTooLarge } = this;
    this.type = '';
    this.data = '';
    this.hasData = false;
    this.isTooLarge = false;
    this.lastId = this.id;
    if (isTooLarge) this.tell({ type: 'too-large', data: '' });
    else if (hasData) this.tell({ type: type || 'message', data });
  }
}
