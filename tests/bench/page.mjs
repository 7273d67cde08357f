/** The article page that every client is measured in: 720 px of text, and below it the place for the comments. */

const style = `
body { margin: 0; color: #1f1d1a; background: #fff; font: 17px/1.6 Georgia, 'Liberation Serif', serif; }
main { width: 720px; max-width: calc(100% - 32px); margin: 24px auto; }
h1 { font-size: 32px; line-height: 1.2; margin: 0 0 16px; }
p { margin: 0 0 16px; }
`;

const paragraphs = [
  'The bridge had been closed for a week before anybody asked who had closed it. There was a rope, and a sign on the rope, and the sign was well painted; in our town that has always been enough.',
  'It was the baker who wanted to know. He walks over at four, and rope or no rope he had gone on walking over at four, and now his wife had read him the sign.',
];

/** How each client is put on a page, from its documentation, with nothing set that need not be. */
const places = {
  parlance: ({ api, thread, all }) =>
    `<script async src="${api}/embed.js" data-site="bench" data-thread="${thread}"${all ? ' data-load="all"' : ''}></script>`,
  dom: (page) => plain(page, ''),
  'dom-cv': (page) => plain(page, ' data-skip'),
  waline: ({ api, thread, all }) => `<link rel="stylesheet" href="${api}/waline/waline.css">
    <div id="waline"></div>
    <script type="module">
      import { init } from '${api}/waline/waline.js';
      init({
        el: '#waline', serverURL: '${api}/waline-api', path: '/${thread}', emoji: false,${all ? ` pageSize: ${all},` : ''}
      });
    </script>`,
  artalk: ({ api, thread, all }) => `<link rel="stylesheet" href="${api}/artalk/Artalk.css">
    <div id="artalk"></div>
    <script src="${api}/artalk/Artalk.js"></script>
    <script>
      Artalk.init({
        el: '#artalk', server: '${api}/artalk-api', pageKey: '${thread}', pageTitle: '', site: 'bench', emoticons: false,
        gravatar: { mirror: '${api}/avatar/', params: '' },${all ? ` pagination: { pageSize: ${all} },` : ''}
      });
    </script>`,
};

export const clientNames = Object.keys(places);

/**
 * The page of `client`. `api` is the other origin, `thread` the key, `all` the number of comments where all of them are to be
 * loaded at once, else 0.
 */
export function makePage(client, { api, thread, all }) {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${client}, ${thread}</title>
    <link rel="icon" href="data:,">
    <style>${style}</style>
  </head>
  <body>
    <main>
      <h1>The bridge that nobody closed</h1>
      ${paragraphs.map((text) => `<p>${text}</p>`).join('\n      ')}
      <section id="comments">
    <script>performance.mark('client');</script>
    ${places[client]({ api, thread, all })}
      </section>
    </main>
  </body>
</html>
`;
}

function plain({ api, thread, all }, more) {
  const data = `data-api="${api}" data-thread="${thread}"${all ? ' data-all' : ''}${more}`;
  return `<div id="plain"></div><script async src="${api}/dom/dom.js" ${data}></script>`;
}
