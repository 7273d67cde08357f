// web/server/openapi.yaml against the program: the same paths, the same error codes with the same status.
// The file is read line by line, since what is asked of it stands on lines of its own.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { Client, SMALL_SEED } from './api.mjs';
import { startServer } from './server.mjs';

const source = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

let server;
let lines;
before(async () => {
  server = await startServer({ seed: SMALL_SEED });
  lines = (await source('web/server/openapi.yaml')).split('\n');
});
after(() => server.stop());

// [path, method] for each operation.
function operations() {
  const found = [];
  let path = '';
  for (const line of lines) {
    path = /^ {2}(\/\S*):$/.exec(line)?.[1] ?? path;
    const method = /^ {4}(get|post|put|delete|patch):$/.exec(line)?.[1];
    if (method) found.push([path, method.toUpperCase()]);
  }
  return found;
}

// code -> status, from the list of error codes.
function described_codes() {
  const codes = new Map();
  let status = 0;
  for (const line of lines.slice(lines.indexOf('    ErrorCode:'))) {
    status = Number(/^ +# status: (\d+)$/.exec(line)?.[1] ?? status);
    const code = /^ +(?:- \{ )?const: (\w+)/.exec(line)?.[1];
    if (code) codes.set(code, status);
  }
  return codes;
}

test('description: every operation in it is there, and no other method is', async () => {
  const found = operations();
  assert.ok(found.length >= 11);
  const client = new Client(server);
  for (const [path, method] of found) {
    const filled = path
      .replace('{site}', 'gazette')
      .replace('{thread}', 'first')
      .replace('{id}', '1');
    const answer = await client.send(method, filled);
    assert.notEqual(answer.json?.error?.code, 'not_found', `${method} ${path}`);
    assert.notEqual(answer.status, 405, `${method} ${path}`);
    if (!path.startsWith('/v1/')) continue;
    for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      if (found.some(([p, m]) => p === path && m === other)) continue;
      assert.equal((await client.send(other, filled)).status, 405, `${other} ${path}`);
    }
  }
});

test('description: every route of the program is in it', async () => {
  const routes = (await source('web/server/rest/api.cpp')).matchAll(
    /\{"([A-Z]+)", "(\/v1[^"]*)", &Api::/g,
  );
  const known = operations().map(([path, method]) => `${method} ${path}`);
  const all = [...routes].map(([, method, path]) => `${method} ${path}`);
  assert.ok(all.length > 0);
  for (const route of all) assert.ok(known.includes(route), route);
});

test('description: the error codes are those of core/error_code, with their status', async () => {
  const names = [
    ...(await source('widget/core/error_code.cpp')).matchAll(/\{ErrorCode::(\w+), "(\w+)"\}/g),
  ];
  const only_in_the_widget = [
    'offline',
    'network_failed',
    'timed_out',
    'bad_response',
    'storage_failed',
  ];
  const codes = names
    .map(([, , name]) => name)
    .filter((name) => !only_in_the_widget.includes(name));
  const described = described_codes();
  assert.deepEqual([...described.keys()].sort(), codes.sort());

  const cases = (await source('web/server/rest/failure.cpp')).split('return ');
  for (const [, constant, name] of names) {
    if (!described.has(name)) continue;
    const at = cases.findIndex((part) => part.includes(`case ErrorCode::${constant}:`));
    const status = Number.parseInt(cases[at + 1], 10);
    assert.equal(status, described.get(name), name);
  }
});

test('description: every response it names is defined', () => {
  const text = lines.join('\n');
  for (const [, kind, name] of text.matchAll(/#\/components\/(\w+)\/(\w+)/g)) {
    const section = text.slice(text.indexOf(`\n  ${kind}:\n`));
    assert.match(section, new RegExp(`^ {4}${name}:`, 'm'), `${kind}/${name}`);
  }
});
