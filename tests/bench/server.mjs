/**
 * Serves pages, clients and their APIs from memory. It listens on two ports, so that pages and clients have origins of their own,
 * as they do where comments are somebody else's service.
 */
import { createServer } from 'node:http';

import { artalkApi } from './api/artalk.mjs';
import { parlanceApi } from './api/parlance.mjs';
import { walineApi } from './api/waline.mjs';
import { readFiles, versionOf } from './files.mjs';
import { makePage } from './page.mjs';
import { specimenThread, unseenThread } from './special-threads.mjs';
import { makeThread } from './thread.mjs';

const cors = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Allow-Methods': '*',
  'Timing-Allow-Origin': '*',
};
const avatar =
  '<svg xmlns="http://www.w3.org/2000/svg" width="48" height="48"><circle cx="24" cy="24" r="24"/></svg>';

/** Starts it for these clients and for threads of these sizes. */
export async function startServer(clients, counts) {
  const { served, sizes } = await readFiles(clients);
  const artalkVersion = clients.includes('artalk') ? await versionOf('artalk') : '';
  const threads = new Map(counts.map((count) => [`t${count}`, makeThread(count)]));
  if (clients.includes('parlance')) {
    threads.set('specimen', await specimenThread());
    threads.set('unseen', unseenThread());
  }
  const apis = new Map();
  for (const [key, comments] of threads) {
    apis.set(`/v1/ ${key}`, parlanceApi(comments, key));
    apis.set(`/waline-api/ ${key}`, walineApi(comments));
    apis.set(`/artalk-api/ ${key}`, artalkApi(comments, key, artalkVersion));
  }
  let apiOrigin = '';

  function answerApi(address) {
    const prefix = ['/v1/', '/waline-api/', '/artalk-api/'].find((p) =>
      address.pathname.startsWith(p),
    );
    if (!prefix) return undefined;
    const query = address.searchParams;
    const named = query.get('path')?.slice(1) ?? query.get('page_key') ?? query.get('page_keys');
    const key =
      named ?? address.pathname.match(/\/threads\/([^/]+)\//)?.[1] ?? threads.keys().next().value;
    const body = apis.get(`${prefix} ${key}`)?.(address);
    return (
      body && { body, headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' } }
    );
  }

  function answerFile({ pathname }) {
    const file = served.get(pathname);
    if (!file) return undefined;
    const { brotli: body, type, cacheControl } = file;
    const headers = {
      'Content-Type': type,
      'Content-Encoding': 'br',
      'Cache-Control': cacheControl,
    };
    return { body, headers };
  }

  function answerPage({ pathname, searchParams }) {
    if (!pathname.startsWith('/pages/')) return undefined;
    const thread = searchParams.get('thread');
    const all = Number(searchParams.get('all') ?? 0);
    const body = makePage(pathname.slice('/pages/'.length), { api: apiOrigin, thread, all });
    return { body, headers: { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' } };
  }

  function answerAvatar({ pathname }) {
    if (!pathname.startsWith('/avatar/')) return undefined;
    return {
      body: avatar,
      headers: { 'Content-Type': 'image/svg+xml', 'Cache-Control': 'max-age=86400' },
    };
  }

  function handle(request, response) {
    const address = new URL(request.url, 'http://localhost');
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    const answer =
      answerApi(address) ?? answerFile(address) ?? answerPage(address) ?? answerAvatar(address);
    if (!answer) {
      console.error(`nobody answers ${request.method} ${request.url}`);
      return response.writeHead(404, cors).end();
    }
    const length = Buffer.byteLength(answer.body);
    return response
      .writeHead(200, { ...cors, ...answer.headers, 'Content-Length': length })
      .end(answer.body);
  }

  const pages = await listen(handle);
  const api = await listen(handle);
  apiOrigin = originOf(api);

  return {
    sizes,
    threads,
    /** The page of `client` with a thread of so many comments, or of that name; `loadsAll` asks for all of them at once. */
    pageAddress(client, thread, loadsAll) {
      const key = threads.has(thread) ? thread : `t${thread}`;
      const all = loadsAll ? `&all=${threads.get(key).length}` : '';
      return `${originOf(pages)}/pages/${client}?thread=${key}${all}`;
    },
    stop() {
      for (const server of [pages, api]) {
        server.closeAllConnections();
        server.close();
      }
    },
  };
}

function listen(handle) {
  return new Promise((resolve, reject) => {
    const server = createServer(handle);
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function originOf(server) {
  return `http://127.0.0.1:${server.address().port}`;
}
