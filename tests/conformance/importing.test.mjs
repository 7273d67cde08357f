// Comments of other programs: what becomes of each, and that a file can be brought in again.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { Client } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { run, startServer } from './server.mjs';

const fixture = (name) => fileURLToPath(new URL(`imports/${name}`, import.meta.url));
const SITES = ['wordpress', 'disqus', 'isso', 'commento', 'comentario', 'odd', 'many', 'mapped'];

let server;
let folder;
before(async () => {
  const sites = SITES.map((id) => ({ id, name: id, origins: ['*'] }));
  server = await startServer({ config: { sites } });
  folder = await mkdtemp(join(tmpdir(), 'parlance-import-'));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Imports and answers what the report says, with the code that the program ended with. */
async function bring(file, site, from, ...more) {
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  const words = ['import', file, '--site', site, '--from', from, '--report', report];
  const end = await run([...words, '--database', server.database, ...more]);
  const json = await readFile(report, 'utf8').catch(() => '{}');
  return { ...end, ...JSON.parse(json) };
}
async function comments(site, thread) {
  const answer = await new Client(server, site).page(thread, '?sort=oldest');
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}
async function of_status(site, status) {
  await addModerator(server, 'Mara', { site }).catch(() => {});
  const mara = await new ConsoleClient(server, site).sign_in_as('Mara');
  return (await mara.ask('GET', `moderation/comments?status=${status}`)).json.comments;
}
const counts = (kinds) => Object.fromEntries(kinds.map(({ what, count }) => [what, count]));

test('import: WordPress, with replies before what they answer, statuses and HTML', async () => {
  const first = await bring(fixture('wordpress.xml'), 'wordpress', 'wordpress');

  assert.equal(first.code, 0, first.err);
  assert.equal(first.added, 7);
  assert.equal(first.threads, 1);
  assert.deepEqual(counts(first.skipped), {
    'was no comment but a pingback or the like': 1,
    'without a text': 1,
  });
  const changed = counts(first.changed);
  assert.equal(changed['answered a comment that is not there, and stands by itself'], 2);
  assert.equal(changed['had no usable e-mail address'], 1);
  assert.equal(changed['had no usable time'], 1);
  assert.equal(changed['had no author'], 1);

  const page = await comments('wordpress', '/2014/harbour');
  assert.equal(page.thread.title, 'The & harbour');
  assert.equal(page.thread.comments, 5);
  const [ada, bo] = page.comments;
  assert.equal(ada.author, 'Ada');
  assert.equal(ada.created, Date.UTC(2014, 2, 5, 10, 20, 30) / 1000);
  assert.equal(ada.text, 'One \\*star\\*\nand 1. no list\n\n\\- no list either');
  assert.equal(bo.parent, ada.id);
  assert.equal(
    bo.text,
    'I *agree* & more.\n\n> Walls & **stones**\n\nSee [the wall](https://wall.example/a_b), or not.',
  );
  const [round, and_round] = page.comments.filter(({ author }) => author === 'Round');
  assert.equal(and_round.parent, round.id);
  const [waiting] = await of_status('wordpress', 'pending');
  assert.equal(waiting.author, 'Anonymous');
  assert.equal((await of_status('wordpress', 'spam'))[0].author, 'Shop');
});

test('import: the same file again adds nothing, a newer one what is new', async () => {
  await bring(fixture('wordpress.xml'), 'wordpress', 'wordpress');
  const again = await bring(fixture('wordpress.xml'), 'wordpress', 'wordpress');
  assert.equal(again.added, 0);
  assert.equal(again.known, 7);

  const newer = join(folder, 'newer.xml');
  const xml = await readFile(fixture('wordpress.xml'), 'utf8');
  const comment = `<wp:comment><wp:comment_id>30</wp:comment_id><wp:comment_author>New</wp:comment_author>
    <wp:comment_date_gmt>2015-01-01 00:00:00</wp:comment_date_gmt><wp:comment_content>New</wp:comment_content>
    <wp:comment_approved>1</wp:comment_approved><wp:comment_parent>12</wp:comment_parent></wp:comment></item>`;
  await writeFile(newer, xml.replace('</item>', comment));
  const rehearsal = await bring(newer, 'wordpress', 'wordpress', '--dry-run');
  assert.equal(rehearsal.added, 1);
  const before = await comments('wordpress', '/2014/harbour');
  assert.ok(!before.comments.some(({ author }) => author === 'New'));
  const later = await bring(newer, 'wordpress', 'wordpress');
  assert.equal(later.added, 1);
  const { comments: all } = await comments('wordpress', '/2014/harbour');
  const found = all.find(({ author }) => author === 'New');
  assert.equal(all.find(({ id }) => id === found.parent).author, 'Bo');
});

test('import: Disqus', async () => {
  const report = await bring(fixture('disqus.xml'), 'disqus', 'disqus');

  assert.equal(report.code, 0, report.err);
  assert.equal(report.added, 3);
  assert.deepEqual(counts(report.skipped), { 'belongs to a page that the file does not have': 1 });
  const page = await comments('disqus', '/harbour');
  assert.deepEqual(
    page.comments.map(({ author, text, created }) => [author, text, created]),
    [
      ['Ada', 'First **bold**\nline\n\n- one\n- two\n\n```\nlet x;\n  y\n```', 1328241906],
      ['Bo', 'Below', 1328241906],
    ],
  );
  assert.equal(page.comments[1].parent, page.comments[0].id);
  assert.equal((await of_status('disqus', 'deleted'))[0].author, 'Cy');
});

test('import: Isso, with votes', async () => {
  const file = join(folder, 'isso.db');
  const sql = `
    CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
    CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
      created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR,
      author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0,
      dislikes INTEGER DEFAULT 0, voters BLOB NOT NULL, notification INTEGER DEFAULT 0);
    INSERT INTO threads VALUES (1, '/harbour/', 'Harbour');
    INSERT INTO comments VALUES
      (1, 1, NULL, 1400000000.25, 1400000100.5, 1, '127.0.0.1', 'A **root**', 'Ada', NULL, NULL, 5, 2, x'', 0),
      (1, 2, 1, 1400000200.0, NULL, 2, '127.0.0.1', 'Waiting', NULL, NULL, NULL, 0, 0, x'', 0),
      (1, 3, 1, 1400000300.0, NULL, 4, '127.0.0.1', '', NULL, NULL, NULL, 0, 0, x'', 0),
      (1, 4, 3, 1400000400.0, NULL, 1, '127.0.0.1', 'Below what is gone', 'Bo', NULL, NULL, 0, 0, x'', 0);`;
  const python = `import sqlite3, sys\nc = sqlite3.connect(sys.argv[1])\nc.executescript(sys.argv[2])`;
  await promisify(execFile)('python3', ['-c', python, file, sql]);

  const report = await bring(file, 'isso', 'isso');

  assert.equal(report.code, 0, report.err);
  assert.equal(report.added, 4);
  const { comments: all } = await comments('isso', '/harbour');
  assert.deepEqual(
    all.map(({ text, up, down, status }) => [text, up, down, status]),
    [
      ['A **root**', 5, 2, undefined],
      ['', 0, 0, 'deleted'],
      ['Below what is gone', 0, 0, undefined],
    ],
  );
  assert.equal(all[0].edited, 1400000100);
});

test('import: Commento and Comentario', async () => {
  const one = await bring(fixture('commento-1.json'), 'commento', 'commento');
  assert.equal(one.code, 0, one.err);
  const [first] = (await comments('commento', '/harbour')).comments;
  assert.deepEqual([first.author, first.text, first.up], ['Ada', 'A *first* one', 4]);
  const [waiting] = await of_status('commento', 'pending');
  assert.deepEqual([waiting.parent, waiting.down], [first.id, 2]);

  const three = await bring(fixture('comentario-3.json'), 'comentario', 'commento');
  assert.equal(three.code, 0, three.err);
  const page = await comments('comentario', '/harbour');
  assert.equal(page.thread.title, 'Harbour');
  assert.deepEqual(
    page.comments.map(({ author, text, up }) => [author, text, up]),
    [
      ['A guest', 'Above', 3],
      ['Bo', 'Below', 0],
    ],
  );
});

test('import: threads can be called otherwise', async () => {
  const map = join(folder, 'map.tsv');
  await writeFile(map, 'harbour-7\tthe-harbour\n');
  await bring(fixture('disqus.xml'), 'mapped', 'disqus', '--map', map);
  assert.equal((await comments('mapped', 'the-harbour')).comments.length, 2);
  const other = await bring(fixture('wordpress.xml'), 'mapped', 'wordpress', '--key', 'url');
  assert.equal(other.code, 0, other.err);
  const url = 'https://gazette.example/2014/harbour/';
  assert.equal((await comments('mapped', url)).comments.length, 5);
});

const laughs = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
  <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><rss><channel><item><title>&c;</title></item></channel></rss>`;
const HOSTILE = [
  ['no XML at all', 'wordpress', 'plain words'],
  ['nothing', 'disqus', ''],
  ['entities that grow', 'wordpress', laughs],
  ['another file', 'disqus', '<rss/>'],
  ['an external entity', 'wordpress', '<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss/>'],
  ['bytes that are no UTF-8', 'wordpress', Buffer.from('<rss><a>\xff\xfe</a></rss>', 'latin1')],
  ['no SQLite file', 'isso', 'x'.repeat(5000)],
  ['no JSON', 'commento', '{"version": 1, "comments": ['],
  ['another version', 'commento', '{"version": 2, "comments": []}'],
  ['JSON without end', 'commento', '['.repeat(100_000)],
];
for (const [what, from, content] of HOSTILE) {
  test(`import: ${what} is refused with a word`, async () => {
    const file = join(folder, 'hostile');
    await writeFile(file, content);
    const { code, err, signal } = await bring(file, 'odd', from);
    assert.equal(signal, null, err);
    assert.equal(code, 2, err);
    assert.match(err, /^parlance-server: /);
  });
}

test('import: what came before a broken place stays', async () => {
  const file = join(folder, 'broken.xml');
  const xml = await readFile(fixture('wordpress.xml'), 'utf8');
  await writeFile(file, xml.slice(0, xml.indexOf('<wp:comment_id>15')));
  const report = await bring(file, 'odd', 'wordpress');
  assert.equal(report.code, 2);
  assert.match(report.err, /line \d+: this is no XML/);
  assert.ok(report.added >= 2, report.out);
  assert.equal((await comments('odd', '/2014/harbour')).comments.length, 2);
});

test('import: a long and deep conversation, and texts beyond all bounds', async () => {
  const list = [];
  for (let i = 0; i < 1200; ++i) {
    const parent = i > 0 && i <= 150 ? `c${i - 1}` : '';
    list.push({
      id: `c${i}`,
      parentId: parent,
      pageId: 'p',
      markdown: i === 1199 ? 'long '.repeat(50_000) : `Number ${i}`,
      score: i,
      isApproved: true,
      createdTime: new Date(1e12 + i * 1000).toISOString(),
      authorName: 'n'.repeat(i === 1198 ? 500 : 3),
    });
  }
  const file = join(folder, 'many.json');
  list.reverse();
  const pages = [{ id: 'p', path: 'many', title: 't' }];
  await writeFile(file, JSON.stringify({ version: 3, pages, comments: list, commenters: [] }));

  const report = await bring(file, 'many', 'commento');

  assert.equal(report.code, 0, report.err);
  assert.equal(report.added, 1200);
  assert.deepEqual(counts(report.changed), {
    'had too long a text': 1,
    'had too long a name': 1,
    'was too deep, and stands higher': 50,
  });
  assert.match(report.err, /1000 taken/);
  const page = await comments('many', '/many');
  assert.equal(page.thread.comments, 1200);
  assert.equal(page.thread.roots, 1200 - 150);
});
