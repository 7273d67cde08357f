import { retryAfter } from '../shared';
import { EventParser, type ServerEvent } from './event-parser';
import { enterRoom, leaveRoom, type Listener } from './stream-room';

/** What a stream tells. */
export interface StreamListener {
  event(event: ServerEvent): void;
  /** The server has no such stream, and is not asked again. */
  ended(): void;
}

/** So long a widget has to be near the window before its stream is opened. Milliseconds, as all below. */
const settleTime = 1_000;
/** The server says every 25 seconds that it is there. */
const silence = 75_000;
/** Who was connected for this long has not been turned away. */
const lasting = 30_000;
const usualRetry = 5_000;
const longestPause = 5 * 60_000;
/** Answers that another attempt may better; all others but a stream are final. */
const passing: readonly number[] = [408, 429, 500, 502, 503, 504];

/**
 * The events at one address, read with `fetch`, so that they are under the same policies as every other request. Comes back
 * as EventSource does, from the last event on; is open only while the page is seen and `setNear` says so.
 */
export class LiveStream implements Listener {
  private readonly ended = new AbortController();
  private connection: AbortController | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isNear = false;
  private isLeft = false;
  private isAdmitted = false;
  private retry = usualRetry;
  private failures = 0;
  /** When something was last heard. */
  private heard = 0;
  private after: string;

  constructor(
    private readonly address: string,
    after: string,
    private readonly listener: StreamListener,
  ) {
    this.after = after;
    const { signal } = this.ended;
    const look = (): void => this.look();
    const leave = (isLeft: boolean) => (): void => {
      this.isLeft = isLeft;
      look();
    };
    document.addEventListener('visibilitychange', look, { signal });
    // A page with an open connection is not kept for the way back.
    window.addEventListener('pagehide', leave(true), { signal });
    window.addEventListener('pageshow', leave(false), { signal });
    document.addEventListener('freeze', leave(true), { signal });
    document.addEventListener('resume', leave(false), { signal });
    window.addEventListener('online', () => this.wentOnline(), { signal });
  }

  /** Whether the widget is near the window. */
  setNear(isNear: boolean): void {
    this.isNear = isNear;
    this.look();
  }

  admit(isAdmitted: boolean): void {
    this.isAdmitted = isAdmitted;
    this.close();
    if (isAdmitted) this.openIn(settleTime);
  }

  destroy(): void {
    this.ended.abort();
    leaveRoom(this);
    this.close();
  }

  private look(): void {
    if (this.ended.signal.aborted) return;
    const isSeen = this.isNear && !this.isLeft && document.visibilityState === 'visible';
    if (isSeen) enterRoom(this);
    else leaveRoom(this);
  }

  private wentOnline(): void {
    if (!this.isAdmitted) return;
    // What was open went by another network.
    this.close();
    this.failures = 0;
    this.openIn(this.pause());
  }

  private close(): void {
    clearTimeout(this.timer);
    this.connection?.abort();
    this.connection = undefined;
  }

  private openIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.open(), milliseconds);
  }

  /** Longer each time, and by chance up to half as long again: readers must not come back all at once. */
  private pause(least = 0): number {
    const wait = Math.max(this.retry, least) * 2 ** this.failures;
    return Math.min(wait, longestPause) * (1 + Math.random() / 2);
  }

  private async open(): Promise<void> {
    // The browser says when there is a network again.
    if (!navigator.onLine) return;
    const connection = new AbortController();
    this.connection = connection;
    const opened = Date.now();
    this.heard = opened;
    this.watch();
    let least = 0;
    try {
      const response = await this.ask(connection.signal);
      if (passing.includes(response.status)) least = retryAfter(response) ?? lasting;
      else if (isStream(response)) await this.read(response.body, connection.signal);
      else this.giveUp();
    } catch {
      // Broken off, by us or by somebody else.
    }
    if (this.connection !== connection) return;
    this.close();
    if (Date.now() - opened >= lasting) this.failures = 0;
    this.openIn(this.pause(least));
    this.failures = Math.min(this.failures + 1, 10);
  }

  private ask(signal: AbortSignal): Promise<Response> {
    // As a parameter: a header of another origin's script has to be asked for first.
    const after = `?after=${encodeURIComponent(this.after)}`;
    return fetch(this.address + after, {
      headers: { Accept: 'text/event-stream' },
      cache: 'no-store',
      credentials: 'omit',
      signal,
    });
  }

  private async read(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser(this.after, (event) => {
      // Told before it counts as heard: what is broken off here comes again.
      if (!signal.aborted) this.listener.event(event);
    });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || signal.aborted) return;
      this.heard = Date.now();
      parser.push(decoder.decode(value, { stream: true }));
      this.after = parser.lastId;
      this.retry = Math.max(parser.retry ?? this.retry, 1_000);
    }
  }

  private giveUp(): void {
    this.destroy();
    this.listener.ended();
  }

  /** A connection can end without a word: a network is left, a phone sleeps. */
  private watch(): void {
    this.timer = setTimeout(() => {
      if (Date.now() - this.heard > silence - 5_000) this.connection?.abort();
      else this.watch();
    }, silence);
  }
}

function isStream(response: Response): response is Response & { body: ReadableStream<Uint8Array> } {
  const type = response.headers.get('Content-Type') ?? '';
  return response.status === 200 && type.startsWith('text/event-stream') && response.body !== null;
}
