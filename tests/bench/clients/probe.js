// Runs in every page before its own scripts. One way of telling time for all clients: a change counts as drawn when
// the frame after the one that shows it begins.
(() => {
  const { requestAnimationFrame: frame, setTimeout: later, setInterval: repeat } = window;
  const nextFrame = () => new Promise((resolve) => frame(resolve));
  const strip = (text) => text.replace(/\s+/g, '');
  const roots = [document];
  const watchers = new Set();
  const counts = { animationFrames: 0, timers: [] };
  /** What waits for half a minute or longer. */
  const slow = new Map();
  let isInFrame = false;

  // Whether a change is made in the course of a frame, which then shows it, or between two.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => (isInFrame = false);
  window.requestAnimationFrame = (callback) =>
    frame.call(window, (time) => {
      counts.animationFrames += 1;
      isInFrame = true;
      channel.port2.postMessage(0);
      callback(time);
    });

  const counted =
    (set, kind) =>
    (callback, delay, ...values) => {
      if (typeof callback !== 'function') return set.call(window, callback, delay, ...values);
      const run = (...given) => {
        counts.timers.push({ kind, delay: Number(delay) || 0, at: performance.now() });
        slow.delete(id);
        callback(...given);
      };
      const id = set.call(window, run, delay, ...values);
      if (delay >= 30_000 && delay < Infinity) slow.set(id, run);
      return id;
    };
  window.setTimeout = counted(later, 'timeout');
  window.setInterval = counted(repeat, 'interval');

  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    roots.push(root);
    for (const watcher of watchers) watch(watcher, root);
    return root;
  };

  function watch(watcher, root) {
    watcher.observe(root, {
      childList: true,
      subtree: true,
      characterData: true,
      attributes: root !== document,
    });
  }

  /** The time at which what is on the page now has been drawn. */
  async function drawn() {
    if (!isInFrame) await nextFrame();
    await nextFrame();
    return performance.now();
  }

  /** The time at which `isSo` had become true and was drawn. */
  function whenDrawn(isSo) {
    return new Promise((resolve) => {
      const watcher = new MutationObserver(() => {
        if (!watchers.has(watcher) || !isSo()) return;
        watcher.disconnect();
        watchers.delete(watcher);
        drawn().then(resolve);
      });
      watchers.add(watcher);
      for (const root of roots) watch(watcher, root);
    });
  }

  const start = () => performance.getEntriesByName('client')[0].startTime;
  const firstAt = whenDrawn(() => window.benchAdapter()?.firstComment());
  const polled = (isSo) =>
    new Promise((resolve) => {
      const look = () => (isSo() ? resolve() : later(look, 10));
      look();
    });

  window.bench = {
    /** Milliseconds from where the client's markup begins to its first comment drawn. */
    firstComment: async () => (await firstAt) - start(),

    /** Milliseconds from there until `count` comments are on the page. */
    async everything(count) {
      await firstAt;
      await polled(() => window.benchAdapter().count() >= count);
      return (await drawn()) - start();
    },

    /** When the client's markup began, in milliseconds of the page's clock. */
    start,

    /** Milliseconds from a click to `order` drawn, that is, to the comment that begins with `words` standing first. */
    async sort(order, words) {
      const control = window.benchAdapter().orderControl(order);
      // Readers click between frames, in a task of its own.
      await nextFrame();
      await new Promise((resolve) => later(resolve, 4));
      const wanted = strip(words);
      const done = whenDrawn(() =>
        strip(window.benchAdapter().firstComment()?.textContent ?? '').includes(wanted),
      );
      const clicked = performance.now();
      control.click();
      return { milliseconds: (await done) - clicked, clicked };
    },

    /** Scrolls down and gives the milliseconds between frames. */
    async scroll(step, frames) {
      const intervals = [];
      let last = await nextFrame();
      for (let i = 0; i < frames; i += 1) {
        window.scrollBy({ top: step, behavior: 'instant' });
        const now = await nextFrame();
        intervals.push(now - last);
        last = now;
      }
      return { intervals, scrolled: window.scrollY };
    },

    /** Scrolls down to where the page ends, at each step for as long as something is drawn. */
    async scrollToTheEnd(step) {
      for (let last = -1; window.scrollY !== last;) {
        last = window.scrollY;
        window.scrollBy({ top: step, behavior: 'instant' });
        await nextFrame();
        await nextFrame();
      }
    },

    /** How many comments are drawn. */
    drawnComments: () => window.benchAdapter().drawn(),

    /** Gives the article that many pixels, and waits until that has been drawn. */
    async widen(pixels) {
      document.querySelector('main').style.width = `${pixels}px`;
      for (let frames = 0; frames < 3; frames += 1) await nextFrame();
    },

    /** Makes what waits for a minute to have passed happen, as often as that, once a frame. */
    async wakeAgain(times) {
      for (let left = times; left > 0; left -= 1) {
        for (const [id, run] of [...slow]) {
          clearTimeout(id);
          run();
        }
        await nextFrame();
      }
    },

    /** Where the middles of the buttons of that name are that can be seen. */
    buttonPlaces: (name) =>
      window
        .benchAdapter()
        .buttons(name)
        .map((button) => button.getBoundingClientRect())
        .filter(({ top, bottom }) => top > 0 && bottom < innerHeight)
        .map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 })),

    nextFrame,

    /** What the page has done so far. */
    activity: () => ({
      now: performance.now(),
      animationFrames: counts.animationFrames,
      requests: performance.getEntriesByType('resource').length,
      counters: window.benchAdapter().counters?.(),
    }),

    /** Timers shorter than `delay` that have run since `since`. */
    timersSince: (since, delay) =>
      counts.timers.filter((timer) => timer.at >= since && timer.delay < delay),
  };
})();
