/** What the figures were measured on; they hold there and nowhere else. */
import { cpus, loadavg, totalmem } from 'node:os';

/** How many processes wanted to run in the last minute. */
export const loadNow = () => loadavg()[0];

/** As lines of text. `loadBefore` is the load before the first run. */
export function aboutMachine(browser, loadBefore, { runs, scale }) {
  const [first] = cpus();
  const model = first?.model.trim() || 'unknown processor';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const lines = [
    `${model}, ${cpus().length} cores, ${gigabytes} GB`,
    `${browser}, software rendering, 1280 x 900 at scale ${scale}, node ${process.version}`,
    `medians of ${runs} interleaved ${runs === 1 ? 'run' : 'runs'}; loopback, mocked APIs`,
  ];
  if (loadBefore > cpus().length / 2) {
    lines.push(
      `the machine was busy with other work (load ${loadBefore.toFixed(1)}): read ratios only`,
    );
  }
  return lines;
}
