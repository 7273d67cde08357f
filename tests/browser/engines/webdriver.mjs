/** The client's end of WebDriver (w3.org/TR/webdriver): commands as requests to a driver. */

export class WebDriver {
  #driver;
  #path;

  /** @param {string} driver its address; fails with the driver's words */
  static async newSession(driver, capabilities) {
    const asked = { capabilities: { alwaysMatch: capabilities } };
    const session = await command(driver, 'POST', '/session', asked);
    return new WebDriver(driver, session);
  }

  constructor(driver, { sessionId, capabilities }) {
    this.#driver = driver;
    this.#path = `/session/${sessionId}`;
    this.capabilities = capabilities;
  }

  get(path) {
    return command(this.#driver, 'GET', this.#path + path);
  }

  post(path, body = {}) {
    return command(this.#driver, 'POST', this.#path + path, body);
  }

  end() {
    return command(this.#driver, 'DELETE', this.#path);
  }
}

/** A driver that has lost its browser waits for it without an end. */
const patienceMilliseconds = 60_000;

async function command(driver, method, path, body) {
  const response = await fetch(driver + path, {
    method,
    body: body && JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(patienceMilliseconds),
  });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${path}: ${value.error}: ${value.message}`);
  return value;
}
