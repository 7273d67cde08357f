/** A page with a thread on it, in the words of the person who reads it, in whichever browser. */
import assert from 'node:assert/strict';

import { decodePng } from '../support/png.mjs';
import { expectSoon } from '../support/soon.mjs';
import { look } from './look.mjs';

export class Reader {
  constructor(page, server) {
    this.page = page;
    this.server = server;
    /** The widget's element, which `evaluate` hands to a function in the page. */
    this.widget = {
      evaluate(what, ...args) {
        const whole = `(...args) => (${what})(document.querySelector('parlance-thread'), ...args)`;
        return page.evaluate(whole, ...args);
      },
    };
  }

  find(query) {
    return new Found(this, query);
  }

  button(name) {
    return this.find({ role: 'button', name: nameIn(name) });
  }

  field(name) {
    return this.find({ role: 'textbox', name: nameIn(name) });
  }

  heading() {
    return this.find({ role: 'heading' });
  }

  /** The comments that are drawn, or those among them that hold `text`. */
  comments(text) {
    return this.find({ role: 'article', text });
  }

  says(text) {
    return this.find({ text });
  }

  focused() {
    return this.find({ role: undefined, selector: 'a, button, input, textarea', isFocused: true });
  }

  /** Goes down to the widget, which loads when it comes near. */
  async goToComments() {
    await this.soon(
      () => this.page.evaluate(() => document.querySelector('parlance-thread') !== null),
      true,
      'the widget’s element is on the page',
    );
    await this.widget.evaluate((element) =>
      element.scrollIntoView({ block: 'start', behavior: 'instant' }),
    );
  }

  /** Waits until what is seen is drawn: that comes after the first comment. */
  async isDrawn() {
    await this.soon(
      () =>
        this.widget.evaluate(({ shadowRoot }) => shadowRoot.querySelector('.mirror.bare') === null),
      true,
      'the widget is drawn',
    );
  }

  /** Waits until the thread is there, and drawn. */
  async readsThread() {
    await this.goToComments();
    await this.comments().isThere();
    await this.isDrawn();
    await this.goToComments();
  }

  /** Waits until the page stands still: no frame drawn and nothing written for several turns. */
  standsStill() {
    return this.page.evaluate(async () => {
      const turn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const state = () => {
        const { frames, drawnFrames, patches } =
          document.querySelector('parlance-thread')?.parlance ?? {};
        return [frames, drawnFrames, patches, scrollY].join();
      };
      let before = '';
      for (let quiet = 0; quiet < 5;) {
        await turn();
        const now = state();
        quiet = now === before ? quiet + 1 : 0;
        before = now;
      }
    });
  }

  /** Goes down the thread a window at a time and answers all of its comments' names in their order. */
  async readsToTheEnd() {
    const names = new Map();
    for (;;) {
      await this.standsStill();
      const drawn = await this.comments().all((article) => [
        Number(article.getAttribute('aria-posinset')),
        article.getAttribute('aria-label'),
      ]);
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

  /** A picture of the window; `pixels` are the screen's. */
  async sees() {
    return decodePng(await this.page.screenshot());
  }

  scrollTop() {
    return this.page.evaluate(() => Math.round(scrollY));
  }

  /** Waits until `read` answers `expected`. */
  soon(read, expected, what) {
    return expectSoon(this.page, read, expected, what);
  }
}

/** What a query finds, looked for anew each time. */
export class Found {
  constructor(reader, query) {
    this.reader = reader;
    this.page = reader.page;
    this.query = query;
  }

  /** The same in the first of what has been found. */
  find(query) {
    return new Found(this.reader, { ...query, within: this.query });
  }

  button(name) {
    return this.find({ role: 'button', name: nameIn(name) });
  }

  link(name) {
    return this.find({ role: 'link', name: nameIn(name) });
  }

  says(text) {
    return this.find({ text });
  }

  /** Does something with each element in the page. */
  all(what, ...args) {
    return this.page.evaluate(
      `(query, args) => { ${look}; return look(query).map((one) => (${what})(one, ...args)); }`,
      this.query,
      args,
    );
  }

  /** Does something with the first one in the page; fails when there is none. */
  async first(what, ...args) {
    const answer = await this.page.evaluate(
      `async (query, args) => {
        ${look};
        const [one] = look(query);
        return one ? [await (${what})(one, ...args)] : null;
      }`,
      this.query,
      args,
    );
    assert.ok(answer, `there is ${JSON.stringify(this.query)}`);
    return answer[0];
  }

  async count() {
    return (await this.all(() => 0)).length;
  }

  /** Waits for it. */
  isThere() {
    const what = `there is ${JSON.stringify(this.query)}`;
    return this.reader.soon(async () => (await this.count()) > 0, true, what);
  }

  isGone() {
    const what = `there is no ${JSON.stringify(this.query)}`;
    return this.reader.soon(() => this.count(), 0, what);
  }

  text() {
    return this.first((element) => element.textContent);
  }

  value() {
    return this.first((element) => element.value);
  }

  attribute(name) {
    return this.first((element, name) => element.getAttribute(name), name);
  }

  box() {
    return this.first((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return { left, top, width, height };
    });
  }

  /** Where the middle of it is, brought into the window first. */
  async middle() {
    await this.isThere();
    const isReached = async () => {
      await this.first((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        const isSeen = top >= 0 && bottom <= innerHeight;
        const by = (top + bottom - innerHeight) / 2;
        if (!isSeen) scrollBy({ top: by, behavior: 'instant' });
      });
      await this.reader.standsStill();
      const { top, height } = await this.box();
      const windowHeight = await this.page.evaluate(() => innerHeight);
      return top >= 0 && top + height <= windowHeight;
    };
    await this.reader.soon(isReached, true, `${JSON.stringify(this.query)} is in the window`);
    const { left, top, width, height } = await this.box();
    return [left + width / 2, top + height / 2];
  }

  async click(options) {
    const [x, y] = await this.middle();
    await this.page.click(x, y, options);
  }

  focus() {
    return this.first((element) => element.focus());
  }

  isFocused() {
    const focused = new Found(this.reader, { ...this.query, isFocused: true });
    return focused.isThere();
  }

  /** Clicks into a field and writes, in place of what is in it. */
  async fill(text) {
    await this.click();
    await this.isFocused();
    await this.page.press('Control+a');
    await this.page.type(text);
  }
}

function nameIn(name) {
  return name instanceof RegExp ? { pattern: name.source } : name;
}
