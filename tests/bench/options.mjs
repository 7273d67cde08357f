/** What the bench was asked to do. */
import { parseArgs } from 'node:util';

import { clientNames } from './page.mjs';

const help = `Measures Parlance beside its baselines and prints a table.

  --runs N      runs of each client; medians are shown (5)
  --only NAMES  only these clients (${clientNames.join(', ')}) or
                measures (first, thread, tasks, reading, idle, frames, layout, steady); separated by commas
  --quick       one run unless told otherwise, the largest threads only, a short idle time
  --full        Waline and Artalk load the large threads too (minutes)
  --scale N     device pixels to a CSS pixel (1)
  --json FILE   writes every figure of every run
`;

/** Reads the command line; ends the process when all it asks for is help. */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      runs: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      full: { type: 'boolean', default: false },
      scale: { type: 'string', default: '1' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  const runs = Number(values.runs ?? (values.quick ? 1 : 5));
  const scale = Number(values.scale);
  if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a number from 1 up');
  if (!(scale > 0 && scale <= 4)) throw new Error('--scale takes a number up to 4');
  return {
    runs,
    scale,
    only: values.only.flatMap((names) => names.split(',')),
    isFull: values.full,
    json: values.json,
    counts: values.quick ? [10_000] : [100, 1000, 10_000],
    idleMilliseconds: values.quick ? 3000 : 10_000,
  };
}
