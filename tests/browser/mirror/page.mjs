// A page with nothing but a mirror in it, under the strictest policy that the widget promises to live with.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';

const here = path.dirname(fileURLToPath(import.meta.url));
const origin = 'https://mirror.test';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const { outputFiles } = await esbuild.build({
  entryPoints: [path.join(here, 'harness.mjs')],
  bundle: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  loader: { '.css': 'text' },
});
const script = outputFiles[0].text;

/** Opens the page in a browser of its own. `close` fails when the page has had an error. */
export async function openMirror({
  html = '',
  hash = '',
  viewport = { width: 800, height: 600 },
} = {}) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.route(`${origin}/**`, (route) => {
    const isScript = route.request().url().endsWith('/harness.js');
    const isPage = new URL(route.request().url()).pathname === '/';
    if (!isScript && !isPage) return route.fulfill({ status: 204 });
    return route.fulfill({
      contentType: isScript ? 'text/javascript' : 'text/html; charset=utf-8',
      headers: { 'content-security-policy': policy },
      body: isScript
        ? script
        : `<!doctype html><html lang="en"><title>Mirror</title><body>${html}<script src="/harness.js"></script>`,
    });
  });
  await page.goto(`${origin}/${hash}`);
  return {
    page,
    async close() {
      await browser.close();
      if (errors.length > 0) throw new Error(`the page had errors:\n${errors.join('\n')}`);
    },
  };
}
