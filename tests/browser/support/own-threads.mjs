/** Threads that a test makes up, each on a page of its own. */
import { openElsewhere } from './elsewhere.mjs';
import { openWorld } from './world.mjs';

/**
 * @param {Record<string, object[]>} threads comments by the thread's key, as web/demo/seed.json has them
 * @param {object} [options] see openWorld; besides:
 * @param {string} [options.attributes] of the script that shows the thread, beside its site and thread
 * @param {string} [options.head] of the page
 */
export async function openThreads(threads, { attributes = '', head = '', ...options } = {}) {
  const seed = {
    site: { id: 'demo', name: 'Own', origins: ['*'] },
    threads: Object.entries(threads).map(([key, comments]) => ({
      key,
      title: key,
      comments: comments.map((comment, index) => ({
        ...{
          key: String(index),
          parent: null,
          author: 'Ana Moreau',
          minutes_ago: 60,
          up: 0,
          down: 0,
        },
        ...comment,
      })),
    })),
  };
  const world = await openWorld({ seed, ...options });
  const script = (key) =>
    `<script async src="${world.server.url}/embed.js" data-site="demo" data-thread="${key}" ${attributes}></script>`;
  const pages = Object.keys(threads).map((key) => [
    `/${key}`,
    {
      body: `<h1>Article</h1><p>Words of the article.</p>${script(key)}<p>Words at the end.</p>`,
      head,
    },
  ]);
  const elsewhere = await openElsewhere(Object.fromEntries(pages));
  return {
    world,
    visit: (key, what, visit) => world.visit(`${elsewhere.url}/${key}`, what, visit),
    async close() {
      await elsewhere.close();
      await world.close();
    },
  };
}
