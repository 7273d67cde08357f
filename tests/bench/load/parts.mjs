/** Which part of the server costs what, by perf where it is installed: shares of the processor's time while a load runs. */
import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PARTS = [
  ['the kernel: network, files', /kernel|\[k\]|vdso/],
  ['SQLite', /sqlite3/],
  ['OpenSSL', /libcrypto|libssl/],
  ['zlib', /libz\./],
  ['memory and strings of libc', /libc\.so|libm\.so|ld-linux|libstdc\+\+/],
  ['Drogon', /drogon|trantor/],
  ['Parlance', /parlance/],
];

/** Samples while `load` runs; answers lines of text, none without perf. */
export async function partsDuring(target, load, seconds) {
  if (!hasPerf()) return [];
  const data = join(target.folder, 'perf.data');
  const record = promisify(execFile)('perf', [
    ...['record', '--quiet', '--freq', '999', '--pid', String(target.process.pid)],
    ...['--output', data, '--', 'sleep', String(seconds)],
  ]);
  await Promise.all([record, load()]);
  const { stdout } = await promisify(execFile)(
    'perf',
    ['report', '--input', data, '--stdio', '--no-children', '--sort', 'dso,symbol', '-w', '40,200'],
    { maxBuffer: 2 ** 26 },
  );
  return sums(stdout).map(([part, share]) => `    ${share.toFixed(0).padStart(3)} %  ${part}`);
}

function sums(text) {
  const shares = new Map();
  for (const line of text.split('\n')) {
    const [, share, where] = /^\s+([\d.]+)%\s+(.*)$/.exec(line) ?? [];
    if (!share) continue;
    // The program's own file holds Drogon, too: there the name of the function tells.
    const isOwnFile = where.startsWith('parlance-server');
    const names = isOwnFile ? [/drogon|trantor/.test(where) ? 'Drogon' : 'Parlance'] : [];
    const part = names[0] ?? PARTS.find(([, pattern]) => pattern.test(where))?.[0] ?? 'other';
    shares.set(part, (shares.get(part) ?? 0) + Number(share));
  }
  return [...shares].filter(([, share]) => share >= 1).sort((a, b) => b[1] - a[1]);
}

function hasPerf() {
  try {
    execFileSync('perf', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
