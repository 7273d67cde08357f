/** The files that the clients are made of, with their brotli forms, and how long a browser may keep them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

const root = fileURLToPath(new URL('../../', import.meta.url));
const compress = promisify(brotliCompress);

const types = { '.js': 'text/javascript', '.css': 'text/css', '.wasm': 'application/wasm' };
const forever = 'public, max-age=31536000, immutable';

/** What loads before the first comment, by client: where it is served, and where it lies. */
const files = {
  dom: [['/dom/dom.js', 'tests/bench/clients/dom.js']],
  waline: [
    ['/waline/waline.js', 'node_modules/@waline/client/dist/waline.js'],
    ['/waline/waline.css', 'node_modules/@waline/client/dist/waline.css'],
  ],
  artalk: [
    ['/artalk/Artalk.js', 'node_modules/artalk/dist/Artalk.js'],
    ['/artalk/Artalk.css', 'node_modules/artalk/dist/Artalk.css'],
  ],
};

/** Where a client's first files are listed; the two plain pages share theirs. */
const shared = { 'dom-cv': 'dom' };

/** Reads the files of `clients`: `{ served: Map of address to file, sizes: bytes of brotli by client and file }`. */
export async function readFiles(clients) {
  const served = new Map();
  const sizes = {};
  for (const client of clients) {
    const list = client === 'parlance' ? await builtFiles() : files[shared[client] ?? client];
    sizes[client] = {};
    for (const [address, from, isLater] of list) {
      const file = served.get(address) ?? (await readOne(path.join(root, from)));
      served.set(address, file);
      if (!isLater) sizes[client][path.basename(from)] = file.brotli.length;
    }
  }
  return { served, sizes };
}

/** The version of an installed package. */
export async function versionOf(name) {
  const file = path.join(root, 'node_modules', name, 'package.json');
  return JSON.parse(await readFile(file, 'utf8')).version;
}

/** The scripts and modules of the build, and whether the build says that they load after the first comment. */
async function builtFiles() {
  const manifest = path.join(root, 'build/dist/manifest.json');
  const text = await readFile(manifest, 'utf8').catch(() => {
    throw new Error('build/dist/manifest.json is missing: run ./run build');
  });
  return JSON.parse(text)
    .files.filter(({ name }) => types[path.extname(name)])
    .map((file) => [`/${file.name}`, path.join('build/dist', file.name), !file.beforeFirstComment]);
}

async function readOne(file) {
  const bytes = await readFile(file);
  const type = types[path.extname(file)] ?? 'application/octet-stream';
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const built = await readFile(`${file}.br`).catch(() => undefined);
  const brotli = built ?? (await compress(bytes, { params }));
  return { brotli, type, cacheControl: forever };
}
