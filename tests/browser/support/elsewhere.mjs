/** Another origin: article pages that a publisher might have written, from a server of their own. */
import { createServer } from 'node:http';

/**
 * Serves `pages`: the bodies of HTML pages by their paths, or {body, headers, head}. Its address says "localhost" where the API's
 * says 127.0.0.1, so the two differ in more than the port.
 */
export async function openElsewhere(pages) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const page = pages[pathname];
    if (page === undefined) {
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
      return;
    }
    const { body, head = '', headers = {} } = typeof page === 'string' ? { body: page } : page;
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Elsewhere</title>${head}</head>` +
        `<body>${body}</body></html>`,
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
