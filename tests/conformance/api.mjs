/** The API as a client sees it, for tests: one function for each request, and answers with their bodies read. */
import assert from 'node:assert/strict';

/** A site of one thread with two roots and a reply, and one that holds comments back. */
export const SMALL_SEED = {
  site: { id: 'gazette', name: 'Gazette', origins: ['https://gazette.example'] },
  threads: [
    {
      key: 'first',
      url: 'https://gazette.example/first',
      title: 'First',
      comments: [
        {
          key: 'a',
          parent: null,
          author: 'Ada',
          minutes_ago: 30,
          up: 3,
          down: 1,
          text: 'Root one',
        },
        { key: 'b', parent: null, author: 'Bo', minutes_ago: 20, up: 9, down: 0, text: 'Root two' },
        { key: 'c', parent: 'a', author: 'Cy', minutes_ago: 10, up: 0, down: 0, text: 'Reply' },
      ],
    },
  ],
};

/** Settings with a second site on which comments wait for approval. */
export const STRICT_SITE = {
  sites: [{ id: 'strict', name: 'Strict', origins: ['*'], approval: 'first' }],
};

/** Settings with which mail is kept to be looked at. */
export const CAPTURED_MAIL = {
  mail: { url: 'capture', from: 'comments@gazette.example', collect_seconds: 0 },
};

export class Client {
  /**
   * @param {{url: string}} server
   * @param {string} [site]
   */
  constructor(server, site = 'gazette') {
    this.server = server;
    this.site = site;
    this.token = '';
  }

  /** Becomes a guest. */
  async sign_in() {
    const answer = await this.send('POST', `/v1/sites/${this.site}/guests`);
    assert.equal(answer.status, 201);
    this.token = answer.json.token;
    return this;
  }

  page(thread = 'first', query = '', headers = {}) {
    return this.send('GET', `${this.thread(thread)}/comments${query}`, { headers });
  }

  post(body, { thread = 'first', headers = {} } = {}) {
    return this.send('POST', `${this.thread(thread)}/comments`, { body, headers });
  }

  edit(id, text, thread = 'first') {
    return this.send('PATCH', `${this.thread(thread)}/comments/${id}`, { body: { text } });
  }

  erase(id, thread = 'first') {
    return this.send('DELETE', `${this.thread(thread)}/comments/${id}`);
  }

  vote(id, vote, thread = 'first') {
    const path = `${this.thread(thread)}/comments/${id}/vote`;
    return this.send('PUT', path, { body: { vote } });
  }

  counts(...threads) {
    const query = threads.map((key) => `thread=${encodeURIComponent(key)}`).join('&');
    return this.send('GET', `/v1/sites/${this.site}/counts?${query}`);
  }

  thread(key) {
    return `/v1/sites/${this.site}/threads/${encodeURIComponent(key)}`;
  }

  /** A body that is a string or bytes goes as it is. */
  async send(method, path, { body, headers = {} } = {}) {
    const all = { ...headers };
    if (this.token && !('authorization' in all)) all.authorization = `Bearer ${this.token}`;
    const is_raw = typeof body === 'string' || body instanceof Uint8Array;
    if (body !== undefined && !('content-type' in all)) all['content-type'] = 'application/json';
    const response = await fetch(this.server.url + path, {
      method,
      headers: all,
      body: body === undefined || is_raw ? body : JSON.stringify(body),
    });
    // A stream has no end to wait for.
    const is_stream = response.headers.get('content-type') === 'text/event-stream';
    if (is_stream) await response.body?.cancel();
    const text = is_stream ? '' : await response.text();
    return { status: response.status, headers: response.headers, text, json: to_json(text) };
  }
}

function to_json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asserts that the answer is a failure with this status and code, in the shape the wire has for it. */
export function assert_failure(answer, status, code) {
  assert.equal(answer.json?.error?.code, code, `${answer.status} ${answer.text}`);
  assert.equal(answer.status, status);
  assert.equal(answer.headers.get('content-type'), 'application/json');
  assert.equal(typeof answer.json.error.message, 'string');
}
