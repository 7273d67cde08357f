/** Programs that a test starts: they end with it, however it ends. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const running = new Set();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
// Whoever breaks off a test file means its browsers, too.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/**
 * @param {string} program
 * @param {string[]} args
 * @param {object} [options] for spawn, but `env` is added to what is there
 */
export function startProgram(program, args, { env, ...options } = {}) {
  const child = spawn(program, args, { ...options, env: { ...process.env, ...env } });
  running.add(child);
  child.once('exit', () => running.delete(child));
  // Whether a program is there at all is told by whoever waits for its words.
  child.once('error', () => running.delete(child));
  return child;
}

/** Ends a program, and answers when it is gone. */
export async function endProgram(child, signal = 'SIGTERM') {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await gone;
}

/** The first line of `stream` that `pattern` matches, as its match; fails with all lines when the program ends before. */
export function lineFrom(child, stream, pattern) {
  return new Promise((resolve, reject) => {
    const heard = [];
    createInterface({ input: stream }).on('line', (line) => {
      heard.push(line);
      const match = pattern.exec(line);
      if (match) resolve(match);
    });
    child.once('error', reject);
    child.once('exit', () =>
      reject(new Error(`${child.spawnfile} ended at once:\n${heard.join('\n')}`)),
    );
  });
}
