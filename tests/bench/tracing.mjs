/** What the main thread of a page was busy with: tasks as the browser itself counts them, rendering included. */

/** The second one for the marks that pages make. */
const categories = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];

/** Records while `run` runs and gives the tasks of the main thread, times in milliseconds of that page's clock. */
export async function recordTasks(page, run) {
  const cdp = await page.context().newCDPSession(page);
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: categories,
      excludedCategories: ['*'],
      // A large page fills the usual buffer long before it is done.
      recordMode: 'recordAsMuchAsPossible',
    },
  });
  await run();
  await cdp.send('Tracing.end');
  await complete;
  await cdp.detach();
  return tasksOf(events);
}

function tasksOf(events) {
  // The page's first mark names its thread and ties the trace's clock to the page's.
  const mark = events.find(({ name, cat }) => name === 'client' && cat === 'blink.user_timing');
  if (!mark) throw new Error('the trace does not show the page');
  const zero = mark.ts / 1000 - mark.args.data.startTime;
  return events
    .filter(({ name, pid, tid }) => name === 'RunTask' && pid === mark.pid && tid === mark.tid)
    .map(({ ts, dur, tdur }) => ({
      start: ts / 1000 - zero,
      duration: dur / 1000,
      /** Less what other processes have taken from it. */
      busy: (tdur ?? dur) / 1000,
    }));
}

/** What the thread worked from one time to another. Milliseconds. */
export function busyTime(tasks, from, to) {
  const within = tasks.filter(({ start }) => start >= from && start < to);
  return within.reduce((sum, { busy }) => sum + busy, 0);
}

/** The longest of those that were under way in this stretch of time. */
export function longestTask(tasks, from, to = Infinity) {
  const within = tasks.filter(({ start, duration }) => start + duration > from && start < to);
  return within.reduce((longest, task) => (task.duration > longest.duration ? task : longest), {
    start: from,
    duration: 0,
    busy: 0,
  });
}
