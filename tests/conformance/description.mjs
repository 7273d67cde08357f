/** web/server/openapi.yaml, as tests read it: its operations, and whether an answer is as it says. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const source = await readFile(new URL('../../web/server/openapi.yaml', import.meta.url), 'utf8');
const description = parse(source);

/** Follows a `$ref`, if there is one. */
export function resolved(node) {
  if (!node?.$ref) return node;
  const names = node.$ref.slice('#/'.length).split('/');
  const found = names.reduce((at, name) => at?.[name], description);
  assert.ok(found, `${node.$ref} is defined`);
  return found;
}

/**
 * @typedef {object} Operation
 * @property {string} id
 * @property {string} method in capitals
 * @property {string} path with its parameters in braces
 * @property {string[] | undefined} roles who may, as `x-roles` has it
 * @property {object[]} parameters of its path, its query and its headers
 * @property {object | undefined} body the schema of what it is sent
 * @property {Map<number, object>} responses by their status
 */

/** @returns {Operation[]} every operation */
export function operations() {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const one = item[method];
      const responses = Object.entries(one.responses);
      return {
        id: one.operationId,
        method: method.toUpperCase(),
        path,
        roles: one['x-roles'],
        parameters: [...(item.parameters ?? []), ...(one.parameters ?? [])].map(resolved),
        body: one.requestBody?.content['application/json'].schema,
        responses: new Map(responses.map(([status, what]) => [Number(status), resolved(what)])),
      };
    }),
  );
}

/** @returns {Map<string, number>} the status that each error code is sent with, which stands above it as a comment */
export function errorCodes() {
  const lines = source.split('\n');
  const codes = new Map();
  let status = 0;
  for (const line of lines.slice(lines.indexOf('    ErrorCode:'))) {
    status = Number(/^ +# status: (\d+)$/.exec(line)?.[1] ?? status);
    const code = /^ +(?:- \{ )?const: (\w+)/.exec(line)?.[1];
    if (code) codes.set(code, status);
  }
  return codes;
}

// What has names for its fields has no others: a field that is sent and not described is a mistake.
function closed(node) {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== 'object') return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if (node.type === 'object' && node.properties) copy.additionalProperties ??= false;
  return copy;
}

const ajv = new Ajv({ strict: false, allErrors: true });
const { schemas } = description.components;
ajv.addSchema({ $id: 'api', components: { schemas: closed(schemas) } });
const validators = new Map();

/** @returns {Function | undefined} what says whether a body is as the response has it; fails when that makes no sense */
export function validatorOf(response) {
  const schema = response.content?.['application/json']?.schema;
  if (schema && !validators.has(schema)) {
    const text = JSON.stringify(closed(schema)).replaceAll('"#/', '"api#/');
    validators.set(schema, ajv.compile(JSON.parse(text)));
  }
  return validators.get(schema);
}

/**
 * Asserts that an answer is one of those that its operation is described with.
 *
 * @param {Operation} operation
 * @param {{status: number, headers: Headers, text: string, json: unknown}} answer as a Client has it
 * @param {string} said what was sent, for the message
 */
export function assertDescribed(operation, answer, said) {
  const response = operation.responses.get(answer.status);
  assert.ok(response, `${said}: ${answer.status} is not among the responses. ${answer.text}`);
  const type = Object.keys(response.content ?? {})[0];
  if (type === undefined) {
    assert.equal(answer.text, '', said);
    return;
  }
  assert.equal(answer.headers.get('content-type').split(';')[0], type, said);
  const validate = validatorOf(response);
  if (!validate) return;
  assert.ok(validate(answer.json), `${said}: ${ajv.errorsText(validate.errors)} in ${answer.text}`);
}
