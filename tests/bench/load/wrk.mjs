/** As many requests as the server takes, by wrk, from the other core. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { onCore } from './target.mjs';

/**
 * @param {import('./target.mjs').Target} target
 * @param {{connections: number, seconds: number, requests: {method: string, path: string, headers: object, body?: string}[]}} load
 *   the requests are sent in turn; `#` in a header is a number that never comes twice
 * @returns {Promise<{rate: number, refused: number, user: number, system: number}>} a second; not 2xx or 3xx; microseconds of the
 *   server's processor time for a request
 */
export async function flood(target, { connections, seconds, requests }) {
  const script = join(target.folder, 'requests.lua');
  await writeFile(script, toLua(requests));
  const [program, ...words] = [
    ...onCore(1, target.cores),
    ...['wrk', '--threads', '1', '--connections', String(connections)],
    ...['--duration', `${seconds}s`, '--script', script, target.url],
  ];
  const before = await target.processorTime();
  const { stdout } = await promisify(execFile)(program, words);
  const after = await target.processorTime();
  const number = (pattern) => Number(pattern.exec(stdout)?.[1] ?? 0);
  const count = number(/(\d+) requests in/);
  if (count === 0) throw new Error(`wrk: ${stdout}`);
  return {
    rate: number(/Requests\/sec:\s+([\d.]+)/),
    refused: number(/Non-2xx or 3xx responses: (\d+)/),
    user: ((after.user - before.user) * 1e6) / count,
    system: ((after.system - before.system) * 1e6) / count,
  };
}

// Requests are put together before the load begins, but for numbers in their headers.
function toLua(requests) {
  const text = (value) => `[==[${value}]==]`;
  const list = requests.map(({ method, path, headers, body }) => {
    const fields = Object.entries(headers).map(
      ([name, value]) => `[ ${text(name)} ] = ${text(value)}`,
    );
    return `{ ${text(method)}, ${text(path)}, { ${fields.join(', ')} }, ${body ? text(body) : 'nil'} }`;
  });
  const isFixed = requests.every(({ headers }) => !Object.values(headers).includes('#'));
  return `
local list = { ${list.join(',\n')} }
local at, number, made = 0, 0, {}
local function make(one)
  local headers = {}
  for name, value in pairs(one[3]) do headers[name] = value == "#" and tostring(number) or value end
  return wrk.format(one[1], one[2], headers, one[4])
end
function init()
  number = os.time() % 100000 * 10000000
  if ${isFixed} then for i, one in ipairs(list) do made[i] = make(one) end end
end
function request()
  at, number = at % #list + 1, number + 1
  return made[at] or make(list[at])
end
`;
}
