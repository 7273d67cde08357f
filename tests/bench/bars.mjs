/** Where Parlance wants to stand: each bar with its figure, and whether it is met. */
import { table } from './table.mjs';

const thread = 'thread 10000';
const sum = (files) => Object.values(files).reduce((total, bytes) => total + bytes, 0);

/** `figure` and `bar` are undefined where something that they need was not measured. */
function list(figures, sizes) {
  const own = (what) => figures.of('parlance', what);
  const worst = (what) => figures.worst('parlance', what);
  const share = (client, what, part) => {
    const value = figures.of(client, what);
    return value && value * part;
  };
  return [
    ['transfer, KB of brotli', sizes.parlance && sum(sizes.parlance) / 1024, 150],
    ['idle, frames', worst('idle frames'), 0],
    ['idle, timers below 30 s', worst('idle timers'), 0],
    ['scroll at 10,000, p95 frame, ms', own(`${thread} scroll p95`), 20],
    ['scroll at 10,000 while loading, p95 frame, ms', own('reading 10000 scroll p95'), 20],
    ['scroll at 10,000 while loading, requests', own('reading 10000 scroll requests'), 10],
    ['sort at 10,000, ms', own(`${thread} sort`), 50],
    [
      'sort, a quarter of dom-cv, ms',
      own(`${thread} sort`),
      share('dom-cv', `${thread} sort`, 0.25),
    ],
    [
      'first comment, cold, no later than waline, ms',
      own('first cold'),
      share('waline', 'first cold', 1),
    ],
    [
      'first comment, warm, no later than waline, ms',
      own('first warm'),
      share('waline', 'first warm', 1),
    ],
    [
      'everything, half of dom-cv, ms',
      own(`${thread} everything`),
      share('dom-cv', `${thread} everything`, 0.5),
    ],
    ['longest task after the first comment, ms', own('tasks 10000 loading'), 50],
    ['layout of words never seen, us a word', own('layout us a word'), 8],
    ['layout of words never seen, longest task, ms', own('layout longest'), 50],
    ['another width for 1,000 comments, ms', own('layout new width'), 10],
    ['steady frame, 1200 x 1600, main thread, ms', own('steady frame'), 4],
    ['hover redraw, main thread, ms', own('steady hover'), 8],
    ['memory at 10,000, MB', own(`${thread} memory`) / 2 ** 20, 64],
  ];
}

/** The bars as a table; empty when none of them was measured. */
export function bars(figures, sizes) {
  const rows = list(figures, sizes)
    .filter(([, figure, bar]) => Number.isFinite(figure) && bar !== undefined)
    .map(([what, figure, bar]) => [
      what,
      show(figure),
      show(bar),
      figure <= bar ? 'met' : 'NOT MET',
    ]);
  return rows.length > 0 ? table(['bar', 'figure', 'at most', ''], rows) : '';
}

function show(value) {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
