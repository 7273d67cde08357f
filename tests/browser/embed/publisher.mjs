// A publisher's page on an origin of its own, and a Parlance server on another.
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { DEMO_SEED, startServer } from '../../conformance/server.mjs';

const dist = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../build/dist');

/** Starts the server, the publisher and a browser. `close` stops them all. */
export async function startPublisher() {
  const server = await startServer({ seed: DEMO_SEED, args: ['--static', dist] });
  const pages = new Map();
  const publisher = createServer((request, response) => {
    const page = pages.get(new URL(request.url, 'http://publisher').pathname);
    response.writeHead(page ? 200 : 204, {
      'content-type': 'text/html; charset=utf-8',
      ...(page?.policy && { 'content-security-policy': page.policy }),
    });
    response.end(page?.html ?? '');
  });
  await new Promise((resolve) => publisher.listen(0, 'localhost', resolve));
  const origin = `http://localhost:${publisher.address().port}`;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-background-networking', '--ignore-gpu-blocklist'],
      ...['--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    ],
  });

  return {
    api: server.url,
    server,
    /** The name under which the wasm exports what draws a frame. */
    async frameExport() {
      const manifest = await (await fetch(`${server.url}/manifest.json`)).json();
      const { name } = manifest.files.find((file) => /^assets\/.*\.js$/.test(file.name));
      const runtime = await (await fetch(`${server.url}/${name}`)).text();
      return /\._parlance_frame=\w+\.(\w+)/.exec(runtime)[1];
    },
    /** Opens a page with `html` in its body. What goes wrong in it is in `errors`. */
    async open(html, { policy, before } = {}) {
      const name = `/article-${pages.size + 1}`;
      pages.set(name, {
        policy,
        html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Article</title></head><body>${html}</body></html>`,
      });
      const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
      const errors = [];
      const requests = [];
      page.on('pageerror', (error) => errors.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('request', (request) => requests.push(request.url()));
      await before?.(page);
      await page.goto(origin + name);
      return { page, errors, requests };
    },
    async close() {
      await browser.close();
      publisher.close();
      await server.stop();
    },
  };
}
