/** A page with a thread on it, in the words of the person who reads it. */
import assert from 'node:assert/strict';

import { expectSoon } from './soon.mjs';

export class Reader {
  /**
   * @param {import('playwright-core').Page} page
   * @param {{url: string}} server
   * @param {import('playwright-core').Locator} [widget] which of the page's widgets, when it has several
   */
  constructor(page, server, widget = page.locator('parlance-thread')) {
    this.page = page;
    this.server = server;
    this.widget = widget;
  }

  /** The same reader, looking at the widget number `index` of the page. */
  at(index) {
    return new Reader(this.page, this.server, this.page.locator('parlance-thread').nth(index));
  }

  button(name) {
    return this.widget.getByRole('button', { name, exact: typeof name === 'string' });
  }

  field(name) {
    return this.widget.getByRole('textbox', { name, exact: typeof name === 'string' });
  }

  heading() {
    return this.widget.getByRole('heading', { level: 2 });
  }

  /** The comments that are drawn, or those among them that hold `text`. */
  comments(text) {
    const all = this.widget.getByRole('article');
    return text === undefined ? all : all.filter({ hasText: text });
  }

  says(text) {
    return this.widget.getByText(text);
  }

  /** Goes down to the widget, which loads when it comes near. */
  async goToComments() {
    await this.widget.waitFor({ state: 'attached' });
    await this.widget.evaluate((element) => element.scrollIntoView({ block: 'start' }));
  }

  /** Waits until what is seen is drawn: that comes after the first comment. */
  async isDrawn() {
    await this.widget.locator('.mirror:not(.bare)').waitFor({ state: 'attached' });
  }

  /** Waits until the thread is there, and drawn. */
  async readsThread() {
    await this.goToComments();
    await this.heading().waitFor();
    await this.comments().first().waitFor();
    await this.isDrawn();
    await this.goToComments();
  }

  /** Waits until the page stands still: no frame drawn and nothing written for several turns. */
  async standsStill() {
    await this.page.evaluate(async () => {
      const turn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const state = () =>
        [...document.querySelectorAll('parlance-thread')]
          .map(
            ({ parlance }) => `${parlance?.frames} ${parlance?.drawnFrames} ${parlance?.patches}`,
          )
          .join() + ` ${scrollY}`;
      let before = '';
      for (let quiet = 0; quiet < 5;) {
        await turn();
        const now = state();
        quiet = now === before ? quiet + 1 : 0;
        before = now;
      }
    });
  }

  /** What the widget counts about itself. */
  counters() {
    return this.widget.evaluate(({ parlance }) => ({
      frames: parlance.frames,
      drawnFrames: parlance.drawnFrames,
      patches: parlance.patches,
      atlasBytes: parlance.atlasBytes,
      wasmBytes: parlance.wasmBytes,
    }));
  }

  /** Goes down the thread a window at a time and answers all of its comments' names in their order. */
  async readsToTheEnd() {
    const names = new Map();
    for (;;) {
      await this.standsStill();
      const drawn = await this.comments().evaluateAll((articles) =>
        articles.map((article) => [Number(article.ariaPosInSet), article.ariaLabel]),
      );
      for (const [position, name] of drawn) names.set(position, name);
      const isAtEnd = await this.page.evaluate(() => {
        const before = scrollY;
        scrollBy({ top: innerHeight, behavior: 'instant' });
        return scrollY === before;
      });
      if (isAtEnd) break;
    }
    return [...names].sort(([one], [other]) => one - other).map(([, name]) => name);
  }

  /** Writes the reader's name into the composer that is open. */
  async writes(field, text, name) {
    await this.field(field).fill(text);
    if (name !== undefined) await this.field('Your name').first().fill(name);
  }

  /** Waits until `read` answers `expected`. */
  soon(read, expected, what) {
    return expectSoon(this.page, read, expected, what);
  }

  /** Asserts that nothing in the widget reaches out of the window sideways. */
  async fitsTheWindow() {
    const [scroll, client] = await this.page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.equal(scroll, client, 'the page does not scroll sideways');
  }
}
