/** What the figures were measured on; they hold there and nowhere else. */
import { cpus, loadavg, totalmem } from 'node:os';

export function aboutMachine(browser, { runs, scale }) {
  const [first] = cpus();
  const model = first?.model.trim() || 'unknown processor';
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0].toFixed(1);
  return [
    `${model}, ${cpus().length} cores, ${gigabytes} GB, load ${load} at the end`,
    `${browser}, software rendering, 1280 x 900 at scale ${scale}, node ${process.version}`,
    `medians of ${runs} interleaved ${runs === 1 ? 'run' : 'runs'}; loopback, mocked APIs`,
  ];
}
