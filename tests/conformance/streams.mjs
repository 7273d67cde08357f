/** Event streams as a client sees them, for tests. Nothing here waits for a time: what is awaited is what comes. */
import assert from 'node:assert/strict';
import { connect } from 'node:net';

/** Opens a stream and answers it, or the answer of a server that refuses. */
export async function openStream(client, { thread = 'first', after, headers = {} } = {}) {
  const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  const leaving = new AbortController();
  const response = await fetch(`${client.server.url}${client.thread(thread)}/events${query}`, {
    headers,
    signal: leaving.signal,
  });
  const answer = { status: response.status, headers: response.headers };
  if (response.status !== 200) {
    const text = await response.text();
    return { ...answer, text, json: JSON.parse(text) };
  }
  return Object.assign(answer, new Stream(response.body, leaving).functions());
}

class Stream {
  constructor(body, leaving) {
    this.reader = body.pipeThrough(new TextDecoderStream()).getReader();
    this.leaving = leaving;
    this.text = '';
  }

  functions() {
    return {
      /** The next event: {id, event, data}. */
      next: () => this.next(),
      /** Reads until the server ends the stream; answers the events up to there. */
      rest: () => this.rest(),
      /** Leaves, as a reader who closes the page. */
      leave: () => this.leaving.abort(),
    };
  }

  async next() {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const event = parsed(this.text.slice(0, end));
        this.text = this.text.slice(end + 2);
        if (event.data !== undefined) return event;
        continue;
      }
      const { done, value } = await this.reader.read();
      if (done) return undefined;
      this.text += value;
    }
  }

  async rest() {
    const events = [];
    for (let event; (event = await this.next());) events.push(event);
    return events;
  }
}

function parsed(block) {
  const event = {};
  for (const line of block.split('\n')) {
    const [, name, value] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (name) event[name] = name === 'data' ? JSON.parse(value) : value;
  }
  return event;
}

/** A bare connection: what was written to it so far, and when something more or its end comes. */
export class RawConnection {
  static async open(server, text) {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const connection = new RawConnection(socket);
    socket.write(text);
    return connection;
  }

  constructor(socket) {
    this.socket = socket;
    this.said = '';
    this.isClosed = false;
    this.waiting = [];
    socket.on('data', (bytes) => {
      this.said += bytes;
      this.look();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.isClosed = true;
      this.look();
    });
  }

  /** Waits until what was said matches. */
  hears(pattern) {
    return this.until(() => pattern.test(this.said));
  }

  closes() {
    return this.until(() => this.isClosed);
  }

  end() {
    this.socket.destroy();
  }

  until(isTrue) {
    if (isTrue()) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ isTrue, resolve, reject }));
  }

  look() {
    this.waiting = this.waiting.filter(({ isTrue, resolve, reject }) => {
      if (isTrue()) return resolve();
      if (this.isClosed) return reject(new Error(`closed after ${this.said.slice(-500)}`));
      return true;
    });
  }
}

/** The request for a thread's events. */
export function streamRequest(client, { thread = 'first', version = '1.1', headers = '' } = {}) {
  return `GET ${client.thread(thread)}/events HTTP/${version}\r\nHost: localhost\r\n${headers}\r\n`;
}

/** The memory that the process holds, in bytes. */
export async function residentBytes(process) {
  const { readFile } = await import('node:fs/promises');
  const status = await readFile(`/proc/${process.pid}/status`, 'utf8');
  const found = /^VmRSS:\s+(\d+) kB$/m.exec(status);
  assert.ok(found, status);
  return Number(found[1]) * 1024;
}
