/** The tables: what was measured of each client, its ratios, and the bars. */
import { bars } from './bars.mjs';
import { table } from './table.mjs';

const thread = 10_000;

const milliseconds = (value) => value.toFixed(0);
const oneDecimal = (value) => value.toFixed(1);
const megabytes = (value) => (value / 2 ** 20).toFixed(1);
const whole = (value) => value.toFixed(0);
const thousands = (value) => `${(value / 1000).toFixed(1)}k`;

/** The lines of the table: what they say, and whether they tell the median or the worst run. */
function linesFor(counts) {
  const sized = (name, what, show, from) =>
    counts.map((count) => [`${name}, ${count}`, `thread ${count} ${what}`, show, from]);
  return [
    ['first comment, cold cache, ms', 'first cold', milliseconds],
    ['first comment, warm cache, ms', 'first warm', milliseconds],
    ...sized('everything loaded, ms', 'everything', milliseconds),
    [
      '  longest task after the first comment, ms',
      `tasks ${thread} loading`,
      milliseconds,
      'worst',
    ],
    ['  processor time of it, ms', `tasks ${thread} loading busy`, milliseconds, 'worst'],
    ...sized('sort, click to frame, ms', 'sort', milliseconds),
    ['  longest task, ms', `tasks ${thread} sorting`, milliseconds, 'worst'],
    ['  processor time of it, ms', `tasks ${thread} sorting busy`, milliseconds, 'worst'],
    ...sized('scroll, p95 frame, ms', 'scroll p95', oneDecimal),
    ...sized('scroll, worst frame, ms', 'scroll worst', oneDecimal),
    ...sized('scroll, frames drawn', 'scroll drawn frames', whole),
    ['scroll while loading, p95 frame, ms', `reading ${thread} scroll p95`, oneDecimal],
    ['scroll while loading, worst frame, ms', `reading ${thread} scroll worst`, oneDecimal],
    ['scroll while loading, requests', `reading ${thread} scroll requests`, whole],
    ...sized('JS heap + wasm + atlas, MB', 'memory', megabytes),
    ['  JS heap, MB', `thread ${thread} JS heap`, megabytes],
    ['  wasm, MB', `thread ${thread} wasm`, megabytes],
    ['  atlas, MB', `thread ${thread} atlas`, megabytes],
    ['DOM heap, MB', `thread ${thread} DOM heap`, megabytes],
    ['renderer, private, MB', `thread ${thread} renderer`, megabytes],
    ...sized('DOM nodes', 'nodes', thousands),
    ['idle, animation frames asked for', 'idle frames', whole],
    ['idle, timers below 30 s', 'idle timers', whole],
    ['idle, main thread, ms', 'idle busy', oneDecimal],
    ...['specimen', '10000', 'phone'].flatMap((page) => [
      [`scrolled frame, ${page}, ms`, `frames ${page} frame`, oneDecimal],
      ['  of which layout, ms', `frames ${page} layout`, oneDecimal],
      ['  of which raster, ms', `frames ${page} raster`, oneDecimal],
    ]),
    ['layout of words never seen, us a word', 'layout us a word', oneDecimal],
    ['  longest task of it, ms', 'layout longest', milliseconds, 'worst'],
    ['  processor time of it, ms', 'layout longest busy', milliseconds, 'worst'],
    ['another width, 1,000 comments, ms', 'layout new width', oneDecimal],
    ['steady frame, 1200 x 1600, main thread, ms', 'steady frame', oneDecimal],
    ['hover redraw, main thread, ms', 'steady hover', oneDecimal],
  ];
}

export function report({ figures, sizes, machine, options }) {
  const { clients } = options;
  const value = (client, [, what, , from]) =>
    from === 'worst' ? figures.worst(client, what) : figures.of(client, what);

  const rows = linesFor(options.counts)
    .filter((line) => clients.some((client) => value(client, line) !== undefined))
    .map((line) => [
      line[0],
      ...clients.map((client) => {
        const found = value(client, line);
        return found === undefined ? '-' : line[2](found);
      }),
    ]);
  const transfer = clients.map((client) => kilobytes(sum(sizes[client])));
  rows.unshift(['transfer before the first comment, brotli, KB', ...transfer]);

  const parts = [machine.join('\n'), table(['', ...clients], rows)];
  if (clients.includes('parlance')) parts.push(fileSizes(sizes.parlance));
  parts.push(ratios(figures, clients), bars(figures, sizes), failures(figures));
  return parts.filter(Boolean).join('\n\n');
}

/** How many times as long as Parlance the others take. */
function ratios(figures, clients) {
  const lines = [
    ['first comment, cold', 'first cold'],
    ['first comment, warm', 'first warm'],
    ['everything', `thread ${thread} everything`],
    ['sort', `thread ${thread} sort`],
    ['scroll, p95', `thread ${thread} scroll p95`],
    ['memory', `thread ${thread} memory`],
    ['renderer', `thread ${thread} renderer`],
  ];
  const others = clients.filter((client) => client !== 'parlance');
  const rows = [];
  for (const [title, what] of lines) {
    const own = figures.of('parlance', what);
    const cells = others.map((client) => figures.of(client, what));
    if (!own || cells.every((cell) => cell === undefined)) continue;
    rows.push([
      title,
      ...cells.map((cell) => (cell === undefined ? '-' : `${(cell / own).toFixed(2)}x`)),
    ]);
  }
  return rows.length > 0 ? table(['relative to parlance', ...others], rows) : '';
}

function fileSizes(files) {
  const rows = Object.entries(files).map(([name, bytes]) => [name, String(bytes)]);
  return table(['parlance loads before the first comment', 'bytes, brotli'], rows);
}

function failures({ failures: list }) {
  if (list.length === 0) return '';
  const lines = list.map(({ client, what, reason }) => `  ${client}, ${what}: ${reason}`);
  return `failed, and left out of the figures:\n${lines.join('\n')}`;
}

const kilobytes = (bytes) => (bytes / 1024).toFixed(1);
const sum = (files) => Object.values(files).reduce((total, bytes) => total + bytes, 0);
