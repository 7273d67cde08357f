/** The client's end of WebDriver BiDi (w3.org/TR/webdriver-bidi): commands with answers, and events. */
import { EventEmitter, once } from 'node:events';

import { WebSocket } from 'ws';

export class Bidi {
  #socket;
  #events = new EventEmitter();
  #waiting = new Map();
  #sent = 0;

  /** @param {string} address of the browser, and `/session` is below it */
  static async connect(address) {
    const socket = new WebSocket(`${address}/session`, { perMessageDeflate: false });
    await once(socket, 'open');
    return new Bidi(socket);
  }

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#hear(JSON.parse(data)));
    socket.on('close', () => {
      for (const { method, reject } of this.#waiting.values()) {
        reject(new Error(`${method}: the browser has gone`));
      }
    });
  }

  /** Fails with the browser's words. */
  send(method, params = {}) {
    const id = (this.#sent += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }

  /** Events have to be subscribed to as well (session.subscribe). Answers how to stop it. */
  on(event, listener) {
    this.#events.on(event, listener);
    return () => this.#events.off(event, listener);
  }

  close() {
    this.#socket.close();
  }

  #hear({ id, type, method, params, result, error, message }) {
    if (type === 'event') {
      this.#events.emit(method, params);
      return;
    }
    const asked = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (type === 'success') asked?.resolve(result);
    else asked?.reject(new Error(`${asked.method}: ${error}: ${message}`));
  }
}
