// Feeds: valid, escaped, and cheap to ask for again.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { startServer } from './server.mjs';

const ATOM = '{http://www.w3.org/2005/Atom}';
let server;
let reader;
let folder;
before(async () => {
  server = await startServer({ seed: SMALL_SEED, config: STRICT_SITE });
  reader = new Client(server);
  folder = await mkdtemp(join(tmpdir(), 'parlance-feed-'));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const READ = `
import json, sys, xml.etree.ElementTree as tree
def node(element):
    return {'name': element.tag, 'text': element.text or '', 'attributes': element.attrib,
            'children': [node(child) for child in element]}
print(json.dumps(node(tree.parse(sys.argv[1]).getroot())))`;

/** The feed as another program's XML parser reads it. */
async function read(text) {
  const file = join(folder, 'feed.xml');
  await writeFile(file, text);
  return JSON.parse((await promisify(execFile)('python3', ['-c', READ, file])).stdout);
}
const all = (node, name) => node.children.filter((child) => child.name === name);
const only = (node, name) => {
  const found = all(node, name);
  assert.equal(found.length, 1, name);
  return found[0];
};
const text = (node, name) => only(node, name).text;
const ask = (path, headers) => reader.send('GET', path, { headers });

// What RFC 4287 asks of every feed and entry, as far as ours can break it.
function check_atom(feed) {
  const date = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
  const uuid = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.equal(feed.name, `${ATOM}feed`);
  const entries = all(feed, `${ATOM}entry`);
  for (const node of [feed, ...entries]) {
    assert.match(text(node, `${ATOM}id`), uuid);
    assert.match(text(node, `${ATOM}updated`), date);
    only(node, `${ATOM}title`);
    const links = all(node, `${ATOM}link`).map(({ attributes }) => attributes.rel);
    assert.equal(new Set(links).size, links.length);
  }
  const self = all(feed, `${ATOM}link`).find(({ attributes }) => attributes.rel === 'self');
  assert.equal(self.attributes.type, 'application/atom+xml');
  for (const entry of entries) {
    assert.ok(text(only(entry, `${ATOM}author`), `${ATOM}name`));
    assert.match(text(entry, `${ATOM}published`), date);
    assert.equal(only(entry, `${ATOM}content`).attributes.type, 'html');
  }
  const ids = entries.map((entry) => text(entry, `${ATOM}id`));
  assert.equal(new Set([...ids, text(feed, `${ATOM}id`)]).size, ids.length + 1);
  return entries;
}

test('feed: a thread as Atom, newest first, with its page and each comment on it', async () => {
  const answer = await ask(`${reader.thread('first')}/feed.atom`);

  assert.equal(answer.status, 200, answer.text);
  assert.match(answer.headers.get('content-type'), /^application\/atom\+xml/);
  const feed = await read(answer.text);
  const entries = check_atom(feed);
  assert.equal(text(feed, `${ATOM}title`), 'Comments on First');
  const contents = entries.map((entry) => text(entry, `${ATOM}content`));
  assert.deepEqual(contents.toSorted(), ['<p>Reply</p>', '<p>Root one</p>', '<p>Root two</p>']);
  const { comments } = (await reader.page()).json;
  const links = entries
    .flatMap((entry) => all(entry, `${ATOM}link`))
    .map((link) => link.attributes);
  for (const { id } of comments) {
    const href = `https://gazette.example/first#comment-${id}`;
    assert.ok(links.some((link) => link.href === href && link.rel === 'alternate'));
  }
});

test('feed: a site as RSS', async () => {
  const answer = await ask('/v1/sites/gazette/feed.rss');
  assert.match(answer.headers.get('content-type'), /^application\/rss\+xml/);
  const channel = only(await read(answer.text), 'channel');
  assert.equal(text(channel, 'title'), 'Comments on Gazette');
  assert.equal(text(channel, 'link'), 'https://gazette.example/');
  const items = all(channel, 'item');
  assert.equal(items.length, 3);
  for (const item of items) {
    assert.match(text(item, 'pubDate'), /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
    assert.match(text(item, 'guid'), /^urn:uuid:/);
    assert.match(text(item, 'link'), /^https:\/\/gazette\.example\/first#comment-\d+$/);
  }
});

test('feed: strangers’ texts stay texts, spoilers stay hidden', async () => {
  const guest = await new Client(server).sign_in();
  const hostile = `<script>alert(1)</script> & ]]> *em* **strong** [link](https://a.example/?a=1&b="2") [bad](javascript:alert(1))
> quoted

||secret||

\`\`\`
<b>code</b>
\`\`\``;
  const posted = await guest.post(
    {
      author: '<b>"Dee"</b>',
      text: hostile,
      title: 'Hostile <i>',
      url: 'https://gazette.example/h',
    },
    { thread: 'hostile' },
  );
  assert.equal(posted.status, 201, posted.text);

  const answer = await ask(`${reader.thread('hostile')}/feed.atom`);

  const [entry] = check_atom(await read(answer.text));
  const html = text(entry, `${ATOM}content`);
  assert.equal(text(only(entry, `${ATOM}author`), `${ATOM}name`), '<b>"Dee"</b>');
  assert.match(
    html,
    /^<p>&lt;script&gt;alert\(1\)&lt;\/script&gt; &amp; \]\]&gt; <em>em<\/em> <strong>strong<\/strong>/,
  );
  assert.match(html, /<blockquote><p>quoted<\/p><\/blockquote>/);
  assert.match(html, /<pre>&lt;b&gt;code&lt;\/b&gt;<\/pre>/);
  assert.doesNotMatch(html, /secret|href="javascript|<script|<b>/);
  assert.equal((await ask(`${reader.thread('hostile')}/feed.rss`)).status, 200);
});

test('feed: what waits for approval is not in it', async () => {
  const guest = await new Client(server, 'strict').sign_in();
  await guest.post({ author: 'Dee', text: 'Waiting' }, { thread: 'waiting' });
  const answer = await ask('/v1/sites/strict/feed.atom');
  assert.deepEqual(check_atom(await read(answer.text)), []);
});

test('feed: the same again is answered with 304', async () => {
  const path = `${reader.thread('first')}/feed.rss`;
  const first = await ask(path);
  const tag = { 'if-none-match': first.headers.get('etag') };
  const time = { 'if-modified-since': first.headers.get('last-modified') };
  for (const headers of [tag, time, { ...tag, 'if-modified-since': 'x' }]) {
    const again = await ask(path, headers);
    assert.equal(again.status, 304);
    assert.equal(again.text, '');
  }
  assert.equal((await ask(path, { 'if-none-match': '"x"', ...time })).status, 200);
});

test('feed: of nothing there is none', async () => {
  assert_failure(await ask(`${reader.thread('nowhere')}/feed.atom`), 404, 'unknown_thread');
  assert_failure(await ask('/v1/sites/nobody/feed.atom'), 404, 'unknown_site');
  assert_failure(await ask('/v1/sites/gazette/threads/%ff/feed.rss'), 422, 'invalid_field');
});
