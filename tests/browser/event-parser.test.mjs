/** The parser of server-sent events, by the rules of HTML's section 9.2.6. It needs no browser. */
import assert from 'node:assert/strict';
import { it } from 'node:test';

import * as esbuild from 'esbuild';

import { repositoryFile } from './support/world.mjs';

const { outputFiles } = await esbuild.build({
  entryPoints: [repositoryFile('shell/browser/live/event-parser.ts')],
  bundle: true,
  write: false,
  format: 'esm',
});
const source = Buffer.from(outputFiles[0].contents).toString('base64');
const { EventParser } = await import(`data:text/javascript;base64,${source}`);

/** What the parser tells of `pieces`. */
function parse(...pieces) {
  const told = [];
  const parser = new EventParser('before', (event) => told.push(event));
  for (const piece of pieces) parser.push(piece);
  return { told, id: parser.lastId, retry: parser.retry };
}
const change = { type: 'change', data: 'hello' };

for (const [what, text, told] of [
  ['an event', 'event: change\ndata: hello\n\n', [change]],
  ['one without a space', 'event:change\ndata:hello\n\n', [change]],
  ['one without a type', 'data: hello\n\n', [{ type: 'message', data: 'hello' }]],
  ['two', 'event: change\ndata: hello\n\ndata: x\n\n', [change, { type: 'message', data: 'x' }]],
  ['several lines of data', 'data: a\ndata\ndata: b\n\n', [{ type: 'message', data: 'a\n\nb' }]],
  ['only one space is no part of it', 'data:  a\n\n', [{ type: 'message', data: ' a' }]],
  ['comments and unknown fields', ':\n: x\nother: y\nevent: change\ndata: hello\n\n', [change]],
  ['no data', 'event: change\nid: 5\n\n', []],
  ['an end that does not come', 'event: change\ndata: hello\n', []],
  ['a colon in the data', 'data: {"a":1}\n\n', [{ type: 'message', data: '{"a":1}' }]],
]) {
  for (const end of ['\n', '\r', '\r\n']) {
    it(`event parser: ${what}, lines ending with ${JSON.stringify(end)}, whole and in pieces`, () => {
      const stream = text.replaceAll('\n', end);
      assert.deepEqual(parse(stream).told, told);
      assert.deepEqual(parse(...stream).told, told);
      // A lone return may still become the half of a line's end: what is told comes with it, not after it.
      assert.deepEqual(parse(...stream.match(/[^]{1,7}/g)).told, told);
    });
  }
}

it('event parser: an id counts when its event is whole, and stays', () => {
  assert.equal(parse('id: 7\ndata: a\n\ndata: b\n\n').id, '7');
  assert.equal(parse('id: 7\n\nid: 8\ndata: a\n').id, '7');
  assert.equal(parse('data: a\n\n').id, 'before');
  assert.equal(parse('id: 7\n\nid\n\n').id, '');
});

it('event parser: an id with a NUL in it, or as long as a text, is none', () => {
  assert.equal(parse('id: 7\n\nid: 8\0\n\n').id, '7');
  assert.equal(parse(`id: 7\n\nid: ${'9'.repeat(1000)}\n\n`).id, '7');
});

it('event parser: how long to wait is a number', () => {
  assert.equal(parse('retry: 5000\n\n').retry, 5000);
  for (const nonsense of ['', 'soon', '-1', '1e9', '99999999999']) {
    assert.equal(parse(`retry: ${nonsense}\n\n`).retry, undefined, nonsense);
  }
});

it('event parser: what is too large is passed over, said, and followed by what is not', () => {
  const large = `data: ${'x'.repeat(1024 * 1024)}\n`;
  const { told, id } = parse(
    ...['id: 7\n', large, large, large, large, large, '\n', 'id: 8\nevent: change\n'],
    'data: hello\n\n',
  );
  assert.deepEqual(told, [{ type: 'too-large', data: '' }, change]);
  assert.equal(id, '8');
  const endless = parse(...Array.from({ length: 6 }, () => 'x'.repeat(1024 * 1024)));
  assert.deepEqual(endless.told, []);
});
