// web/server/openapi.yaml against the program: the same paths, the same error codes with the same status.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';

import { CAPTURED_MAIL, Client, SMALL_SEED } from './api.mjs';
import { errorCodes, operations, validatorOf } from './description.mjs';
import { startServer } from './server.mjs';

const source = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

let server;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: CAPTURED_MAIL });
});
after(() => server.stop());

test('description: every operation in it is there, and no other method is', async () => {
  const found = operations();
  assert.ok(found.length >= 11);
  const client = new Client(server);
  for (const { path, method } of found) {
    const filled = path
      .replace('{site}', 'gazette')
      .replace('{thread}', 'first')
      .replace('{id}', '1')
      .replace('{moderator}', 'Nils');
    const answer = await client.send(method, filled);
    assert.notEqual(answer.json?.error?.code, 'not_found', `${method} ${path}`);
    assert.notEqual(answer.status, 405, `${method} ${path}`);
    if (!path.startsWith('/v1/')) continue;
    for (const other of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      if (found.some((one) => one.path === path && one.method === other)) continue;
      assert.equal((await client.send(other, filled)).status, 405, `${other} ${path}`);
    }
  }
});

test('description: every route of the program is in it', async () => {
  const routes = (await source('web/server/rest/api.cpp')).matchAll(
    /\{"([A-Z]+)", "(\/v1[^"]*)", &Api::/g,
  );
  const known = operations().map(({ path, method }) => `${method} ${path}`);
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
  const described = errorCodes();
  assert.deepEqual([...described.keys()].sort(), codes.sort());

  const cases = (await source('web/server/rest/failure.cpp')).split('return ');
  for (const [, constant, name] of names) {
    if (!described.has(name)) continue;
    const at = cases.findIndex((part) => part.includes(`case ErrorCode::${constant}:`));
    const status = Number.parseInt(cases[at + 1], 10);
    assert.equal(status, described.get(name), name);
  }
});

test('description: every response has a schema that makes sense', () => {
  const all = operations().flatMap(({ responses }) => [...responses.values()].map(validatorOf));
  assert.ok(all.filter(Boolean).length >= 60);
});
