// Splits the linked module in two: what a reader's first comment needs, and what comes after it.
//
//   node split-module.mjs <folder of Binaryen's tools> <module> <linker map> <libraries…>
//
// What is in the named libraries comes later, unless a function of the others calls it by its name; what only they
// call comes later as well. So the first module is whole by itself: it reaches the second one through functions of
// objects (vtables) that the second one has made, and the page through exports. Next to x.wasm stand x.first.wasm
// and x.later.wasm then; the second imports what it shares with the first as "first". Both stand there once more, as
// x.first.named.wasm and x.later.named.wasm, with the names of their functions, for profiles.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [tools, linked, map, ...libraries] = process.argv.slice(2);
const base = linked.replace(/\.wasm$/, '');

/** What emcc compiles for; it takes the list out of the module. */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((name) => `--enable-${name}`);

const run = (tool, ...options) =>
  execFileSync(path.join(tools, tool), options, { maxBuffer: 2 ** 30 });

/** The functions that were linked from the named libraries. A line of the map: "- 1699 6 widget/liba.a(b.o):(name)". */
function laterFunctions() {
  const from = new Map();
  for (const line of readFileSync(map, 'utf8').split('\n')) {
    const [, file, name] = /^\s+-\s+\S+\s+\S+\s+(\S+):\((\S+)\)$/.exec(line) ?? [];
    if (name && !from.has(name)) from.set(name, file);
  }
  const isLater = (file) => libraries.some((library) => file.split(/[/(]/).includes(library));
  return new Set([...from].filter(([, file]) => isLater(file)).map(([name]) => name));
}

/** Who calls whom by name, and what can be called from elsewhere: exports, the table, the start. */
function readCalls(text) {
  const calls = new Map();
  const entries = [];
  let called;
  for (const line of text.split('\n')) {
    const [, name] = /^ \(func \$([^\s)]+)/.exec(line) ?? [];
    if (name) calls.set(name, (called = []));
    else if (/^ \((elem|export|start) /.test(line)) {
      const functions = line.startsWith(' (export') ? / \(func \$([^\s)]+)/g : / \$([^\s)]+)/g;
      entries.push(...Array.from(line.matchAll(functions), (match) => match[1]));
    } else if (called) {
      const byName = line.matchAll(/\((?:(?:return_)?call|ref\.func) \$([^\s)]+)/g);
      called.push(...Array.from(byName, (match) => match[1]));
    }
  }
  return { calls, entries };
}

const later = laterFunctions();
const { calls, entries } = readCalls(run('wasm-dis', linked).toString());
const first = new Set();
const left = entries.filter((name) => !later.has(name));
for (let name; (name = left.pop()) !== undefined;) {
  if (first.has(name)) continue;
  first.add(name);
  left.push(...(calls.get(name) ?? []));
}
const moved = [...calls.keys()].filter((name) => !first.has(name));
if (moved.length === 0) throw new Error(`nothing of ${libraries.join(', ')} is in ${linked}`);

const list = `${base}.moved`;
writeFileSync(list, moved.join('\n'));
const split = [`--split-funcs=@${list}`, '--no-placeholders', '--import-namespace=first'];
const outputs = ['-o1', `${base}.first.wasm`, '-o2', `${base}.later.wasm`];
run('wasm-split', ...features, '-g', ...split, '--export-prefix=%', linked, ...outputs);
for (const part of ['first', 'later']) {
  const [file, named] = [`${base}.${part}.wasm`, `${base}.${part}.named.wasm`];
  run('wasm-opt', ...features, '-Oz', '--strip-producers', '-g', file, '-o', named);
  run('wasm-opt', ...features, '-Oz', '--strip-debug', named, '-o', file);
}
rmSync(list);
