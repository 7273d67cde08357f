/**
 * The same tests in every browser.
 *
 * A browser that is not there is a failure, unless PARLANCE_LEAVE_OUT names it: "firefox", "webkit" or both.
 */
import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { startServedDemo } from '../support/world.mjs';
import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';
import { Reader } from './reader.mjs';
import { openWebkit } from './webkit.mjs';

const engines = { chromium: openChromium, firefox: openFirefox, webkit: openWebkit };

const leftOut = (process.env.PARLANCE_LEAVE_OUT ?? '').split(/[\s,]+/).filter(Boolean);

/**
 * Describes `tests` once for each browser. They get a Visitor, which visits once the tests run.
 *
 * @param {string} what
 * @param {(visitor: Visitor) => void} tests
 * @param {object} [options] for the browser (isDark, hasForcedColours), and `only`: the names of the browsers to use
 */
export function eachEngine(what, tests, { only = Object.keys(engines), ...options } = {}) {
  for (const name of only) {
    const isLeftOut = leftOut.includes(name);
    const skip = isLeftOut && `PARLANCE_LEAVE_OUT names ${name}`;
    describe(`${what} in ${name}`, { skip }, () => {
      const visitor = new Visitor(name);
      before(() => visitor.open(options));
      after(() => visitor.close());
      tests(visitor);
    });
  }
}

/** A browser and the server that it visits. */
class Visitor {
  constructor(name) {
    /** 'chromium', 'firefox' or 'webkit'. */
    this.name = name;
  }

  async open(options) {
    this.server = await startServedDemo();
    this.engine = await engines[this.name](options);
  }

  async close() {
    await this.engine?.close();
    await this.server?.stop();
  }

  /**
   * Opens a page with a storage of its own and does `what` with it. Fails when the page has an error that `expects` does not name.
   *
   * @param {string} path of the page, or its whole address
   * @param {(reader: Reader) => Promise<void>} what
   * @param {{width?: number, height?: number, scale?: number, expects?: RegExp[]}} [options]
   */
  async visit(path, what, { width = 1000, height = 800, scale = 1, expects = [] } = {}) {
    const page = await this.engine.open({ width, height, scale });
    let errors = [];
    try {
      await page.goto(new URL(path, this.server.url).href);
      await what(new Reader(page, this.server));
      errors = await page.errors();
    } catch (error) {
      error.message += `\nThe page's errors:\n${(await page.errors()).join('\n')}`;
      throw error;
    } finally {
      await page.close();
    }
    const unexpected = errors.filter((error) => !expects.some((expected) => expected.test(error)));
    assert.deepEqual(unexpected, [], 'the page has no errors');
  }
}
