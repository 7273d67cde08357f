/** Chromium through Playwright, as the other browser tests use it, with the words of the other engines. */
import { launchChromium, watchErrors } from '../support/world.mjs';

/** @param {{isDark?: boolean, hasForcedColours?: boolean}} [options] of the system that it runs on */
export async function openChromium({ isDark = false, hasForcedColours = false } = {}) {
  const browser = await launchChromium();
  return {
    name: 'Chromium',
    version: browser.version(),
    async open({ width, height, scale }) {
      const context = await browser.newContext({
        viewport: { width, height },
        deviceScaleFactor: scale,
        colorScheme: isDark ? 'dark' : 'light',
        forcedColors: hasForcedColours ? 'active' : 'none',
        reducedMotion: 'reduce',
        locale: 'en-GB',
        timezoneId: 'UTC',
      });
      return new ChromiumPage(context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

class ChromiumPage {
  #context;
  #page;
  #errors;

  constructor(context, page) {
    this.#context = context;
    this.#page = page;
    this.#errors = watchErrors(page);
  }

  errors() {
    return this.#errors;
  }

  async goto(url) {
    await this.#page.goto(url, { waitUntil: 'domcontentloaded' });
  }

  async reload() {
    await this.#page.reload({ waitUntil: 'domcontentloaded' });
  }

  evaluate(what, ...args) {
    return this.#page.evaluate(`(${what})(...${JSON.stringify(args)})`);
  }

  /** Prints the page into the void. */
  print() {
    return this.#page.pdf();
  }

  screenshot() {
    return this.#page.screenshot();
  }

  hover(x, y) {
    return this.#page.mouse.move(x, y);
  }

  click(x, y, { button = 'left', count = 1 } = {}) {
    return this.#page.mouse.click(x, y, { button, clickCount: count });
  }

  async drag([[x, y], ...others]) {
    const { mouse } = this.#page;
    await mouse.move(x, y);
    await mouse.down();
    for (const [toX, toY] of others) await mouse.move(toX, toY);
    await mouse.up();
  }

  async wheel(x, y, deltaY) {
    await this.#page.mouse.move(x, y);
    await this.#page.mouse.wheel(0, deltaY);
  }

  press(chord) {
    return this.#page.keyboard.press(chord);
  }

  type(text) {
    return this.#page.keyboard.type(text);
  }

  async close() {
    this.#page.removeAllListeners();
    await this.#context.close();
  }
}
