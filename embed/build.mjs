// Bundles what a site serves into build/dist: the loader, the runtime with the wasm, the demo pages;
// each with its brotli sibling. Files whose names hold a hash never change.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

import * as esbuild from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const wasmFolder = path.join(root, 'build/wasm/shell/browser');
const demo = path.join(root, 'web/demo');
const moderation = path.join(root, 'web/console');
const dist = path.join(root, 'build/dist');
const cache = path.join(root, 'build/brotli');

const packed = new Set(['.js', '.wasm', '.css', '.html', '.svg', '.json']);
const compress = promisify(brotliCompress);

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Style sheets that scripts adopt are text to them. */
const cssAsText = {
  name: 'css-as-text',
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path: file }) => {
      const { code } = await esbuild.transform(await readFile(file, 'utf8'), {
        loader: 'css',
        minify: true,
      });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

/** The later script takes what it shares with the first one from there. */
const sharedFromFirst = {
  name: 'shared-from-first',
  setup(build) {
    build.onResolve({ filter: /^(\.\.?\/)+shared$/ }, () => ({
      path: './parlance.js',
      external: true,
    }));
  },
};

/** Bundles one entry and gives its bytes. */
async function bundle(entry, options) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    legalComments: 'none',
    plugins: [cssAsText],
    charset: 'utf8',
    logLevel: 'warning',
    ...options,
  });
  return Buffer.from(outputFiles[0].contents);
}

/**
 * The runtime: the script and the part of the module for the first comment, and those that the script brings later. Modules are
 * named by their hash, the two scripts by that of both, since each may name the other. All of them lie in one folder.
 */
async function bundleRuntime() {
  const options = {
    format: 'esm',
    target: 'es2022',
    alias: { 'parlance-glue': path.join(wasmFolder, 'parlance.js') },
  };
  const modules = {
    'parlance.wasm': await readFile(path.join(wasmFolder, 'parlance.first.wasm')),
    'later.wasm': await readFile(path.join(wasmFolder, 'parlance.later.wasm')),
  };
  const scripts = {
    'parlance.js': await bundle('shell/browser/mount.ts', options),
    'later.js': await bundle('shell/browser/later.ts', {
      ...options,
      plugins: [cssAsText, sharedFromFirst],
    }),
  };
  const named = (name, bytes) => [name, name.replace('.', `.${hash(bytes).slice(0, 10)}.`)];
  const names = Object.entries(modules).map(([name, bytes]) => named(name, bytes));
  const together = Buffer.concat([...Object.values(scripts), Buffer.from(String(names))]);
  names.push(...Object.keys(scripts).map((name) => named(name, together)));
  const files = { ...modules };
  for (const name in scripts) files[name] = renamed(scripts[name], names);
  return names.map(([name, final]) => ({
    name: `assets/${final}`,
    bytes: files[name],
    isFirst: name.startsWith('parlance'),
  }));
}

/** A script with the files that it names in quotes under the names that they have in the end. */
function renamed(script, names) {
  let text = script.toString();
  for (const [name, final] of names) {
    text = text.replaceAll(new RegExp(`(["'\`](?:\\./)?)${name}(?=["'\`])`, 'g'), `$1${final}`);
  }
  return Buffer.from(text);
}

/** Brotli at its best is slow, so what has been packed once is kept. */
async function pack(bytes) {
  const kept = path.join(cache, hash(bytes));
  if (existsSync(kept)) return readFile(kept);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const result = await compress(bytes, { params });
  await writeFile(kept, result);
  return result;
}

async function filesBelow(folder) {
  const found = await readdir(folder, { recursive: true });
  const isPage = (name) => /\.(html|css|svg|png|jpe?g|webp|avif|ico|woff2?)$/.test(name);
  return found.filter(isPage);
}

/** Every file of the site: its name in build/dist, its bytes, and whether it loads before the first comment. */
async function collect() {
  const runtime = await bundleRuntime();
  const [wasmFile, runtimeFile] = ['.wasm', '.js'].map(
    (end) => runtime.find(({ name, isFirst }) => isFirst && name.endsWith(end)).name,
  );
  const loader = await bundle('embed/loader.ts', {
    format: 'iife',
    target: 'es2020',
    define: { RUNTIME_FILE: JSON.stringify(runtimeFile), WASM_FILE: JSON.stringify(wasmFile) },
  });
  const files = [{ name: 'embed.js', bytes: loader, isFirst: true }, ...runtime];
  for (const name of await filesBelow(demo)) {
    files.push({ name, bytes: await readFile(path.join(demo, name)), isFirst: false });
  }
  files.push(...(await collectConsole()));
  return files;
}

/** The moderators' console. */
async function collectConsole() {
  const script = await bundle('web/console/console.ts', { format: 'esm', target: 'es2022' });
  const files = [{ name: 'console/console.js', bytes: script, isFirst: false }];
  for (const name of await filesBelow(moderation)) {
    const bytes = await readFile(path.join(moderation, name));
    files.push({ name: `console/${name}`, bytes, isFirst: false });
  }
  return files;
}

async function write(name, bytes) {
  const target = path.join(dist, name);
  await mkdir(path.dirname(target), { recursive: true });
  // A server may be reading the old one: what has not changed is not written.
  const isSame = await stat(target).then(
    async ({ size }) => size === bytes.length && bytes.equals(await readFile(target)),
    () => false,
  );
  if (!isSame) await writeFile(target, bytes);
}

async function removeOthers(kept) {
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath ?? entry.path, entry.name);
    if (entry.isFile() && !kept.has(path.relative(dist, file))) await rm(file);
  }
}

async function main() {
  await mkdir(dist, { recursive: true });
  await mkdir(cache, { recursive: true });
  const kept = new Set(['manifest.json']);
  const manifest = [];
  for (const { name, bytes, isFirst } of await collect()) {
    await write(name, bytes);
    kept.add(name);
    const entry = { name, bytes: bytes.length, brotli: bytes.length, beforeFirstComment: isFirst };
    if (packed.has(path.extname(name))) {
      const small = await pack(bytes);
      await write(`${name}.br`, small);
      kept.add(`${name}.br`);
      entry.brotli = small.length;
    }
    manifest.push(entry);
  }
  const first = manifest.filter((entry) => entry.beforeFirstComment);
  const total = first.reduce((sum, entry) => sum + entry.brotli, 0);
  await write(
    'manifest.json',
    Buffer.from(
      `${JSON.stringify({ brotliBeforeFirstComment: total, files: manifest }, null, 2)}\n`,
    ),
  );
  await removeOthers(kept);
  for (const { name, brotli } of first) console.log(`${name}: ${brotli} bytes (brotli)`);
  console.log(`together before the first comment: ${total} bytes (brotli)`);
}

await main();
