/** What a page has its browser do later. */

/** Waits for `count` of the page's animation frames. */
export const turns = (reader, count) =>
  reader.page.evaluate(async (left) => {
    while (left-- > 0) await new Promise((resolve) => globalThis.ownFrame(resolve));
  }, count);

/** Notes what the page has scheduled; tests take their own frames with `ownFrame`, which is not noted. */
export const watchSchedule = (page) =>
  page.addInitScript(() => {
    globalThis.ownFrame = requestAnimationFrame.bind(globalThis);
    globalThis.scheduled = { frames: 0, timers: new Map(), intervals: 0 };
    const { requestAnimationFrame: frame, setTimeout: timer, clearTimeout: clear } = globalThis;
    globalThis.requestAnimationFrame = (run) => {
      scheduled.frames += 1;
      return frame.call(globalThis, run);
    };
    globalThis.setTimeout = (run, delay = 0, ...rest) => {
      const id = timer.call(
        globalThis,
        (...given) => {
          scheduled.timers.delete(id);
          run(...given);
        },
        delay,
        ...rest,
      );
      scheduled.timers.set(id, delay);
      return id;
    };
    globalThis.clearTimeout = (id) => {
      scheduled.timers.delete(id);
      clear.call(globalThis, id);
    };
    globalThis.setInterval = () => {
      scheduled.intervals += 1;
      return 0;
    };
  });

export const shortTimers = (reader) =>
  reader.page.evaluate(() => [...scheduled.timers.values()].filter((delay) => delay < 30_000));
