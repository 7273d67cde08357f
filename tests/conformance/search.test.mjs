// Looking for words in a thread: what is found, in which order, and what of it is shown.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { assert_failure, Client, SMALL_SEED, STRICT_SITE } from './api.mjs';
import { startServer } from './server.mjs';

let server;
let reader;
let guest;

before(async () => {
  const sites = [{ id: 'open', name: 'Open', origins: ['*'] }, ...STRICT_SITE.sites];
  server = await startServer({ seed: SMALL_SEED, config: { sites } });
  reader = new Client(server, 'open');
  guest = await new Client(server, 'open').sign_in();
});
after(() => server.stop());

const search = (typed, thread, query = '') =>
  reader.send('GET', `${reader.thread(thread)}/search?q=${encodeURIComponent(typed)}${query}`);
const excerpts = (answer) =>
  answer.json.hits.map(({ excerpt }) =>
    excerpt.map(({ text, hit }) => (hit ? `[${text}]` : text)).join(''),
  );
const found = async (typed, thread) => excerpts(await search(typed, thread));
async function write(thread, text, more = {}) {
  const answer = await guest.post({ author: 'Dee', text, ...more }, { thread });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.comment;
}

test('search: every word has to be there, the last one may go on; the hits are marked', async () => {
  await write('words', 'The *harbour* wall is older than the harbour.');
  await write('words', 'Harbours are loud');
  await write('words', 'A wall of sound', { author: 'Harbour Master' });

  const answer = await search('harbour wal', 'words');

  assert.equal(answer.status, 200, answer.text);
  assert.equal(answer.json.count, 2);
  assert.equal(answer.json.next, null);
  assert.deepEqual(excerpts(answer), [
    'The [harbour] [wall] is older than the [harbour].',
    'A [wall] of sound',
  ]);
  assert.deepEqual(await found('harbour', 'words'), [
    'The [harbour] wall is older than the [harbour].',
    'A wall of sound',
    '[Harbours] are loud',
  ]);
  assert.deepEqual(await found('nothing', 'words'), []);
  assert.deepEqual(await found('wall', 'elsewhere'), []);
});

test('search: case, accents, points and widths make no difference', async () => {
  const rows = [
    ['CRÈME BRÛLÉE', 'creme brulee', '[CRÈME] [BRÛLÉE]'],
    ['Der Fluß', 'fluss', 'Der [Fluß]'],
    ['Cre\u0300pes', 'crèpes', '[Cre\u0300pes]'],
    ['שָׁלוֹם לכם', 'שלום', '[שָׁלוֹם] לכם'],
    ['مَرحبا', 'مرحبا', '[مَرحبا]'],
    ['Ｆｕｌｌ width', 'full', '[Ｆｕｌｌ] width'],
    ['Приве́т всем', 'ПРИВЕТ', '[Приве́т] всем'],
    ['हिन्दी में लिखा', 'हिन्दी', '[हिन्दी] में लिखा'],
    ['Ngôn ngữ Việt', 'viet', 'Ngôn ngữ [Việt]'],
    ['한국어 문장', '한국', '[한국어] 문장'],
  ];
  for (const [text] of rows) await write('folded', text);
  for (const [, typed, wanted] of rows) {
    assert.deepEqual(await found(typed, 'folded'), [wanted], typed);
  }
});

test('search: scripts without spaces are found anywhere in a text, by one letter or more', async () => {
  const rows = [
    ['日本語の文章を探す', '文章', '日本語の[文章]を探す'],
    ['我们去图书馆看书', '图', '我们去[图]书馆看书'],
    ['ฉันรักภาษาไทยมาก', 'ภาษาไทย', 'ฉันรัก[ภาษาไทย]มาก'],
    ['カタカナとGoと漢字', 'go 漢字', 'カタカナと[Go]と[漢字]'],
  ];
  for (const [text] of rows) await write('spaceless', text);
  for (const [, typed, wanted] of rows) {
    assert.deepEqual(await found(typed, 'spaceless'), [wanted], typed);
  }
  assert.deepEqual(await found('章文', 'spaceless'), []);
  assert.deepEqual(await found('日語', 'spaceless'), []);
});

test('search: long texts are cut around the first hit', async () => {
  const filler = 'Some words go before what matters. '.repeat(20);
  await write('long', `${filler}\n\nHere is the *needle*. ${filler}`);

  const [excerpt] = await found('needle', 'long');

  assert.match(excerpt, /^… .*Here is the \[needle\]\. .*…$/);
  assert.ok(excerpt.length < 260, excerpt);
  assert.doesNotMatch(excerpt, /\n/);
});

test('search: says where a reply stands, page by page', async () => {
  const root = await write('pages', 'Pear at the root');
  const reply = await write('pages', 'Pear below', { parent: root.id });
  const last = await write('pages', 'Pear at the bottom', { parent: reply.id });
  for (let i = 0; i < 22; ++i) await write('pages', `Pear number ${i}`);

  const first = await search('pear', 'pages');
  const second = await search('pear', 'pages', `&cursor=${first.json.next}`);

  assert.equal(first.json.count, 25);
  assert.equal(first.json.hits.length, 20);
  const all = [...first.json.hits, ...second.json.hits];
  assert.equal(new Set(all.map(({ id }) => id)).size, 25);
  assert.equal(second.json.next, null);
  const hit = all.find(({ id }) => id === last.id);
  assert.deepEqual(hit.above, [root.id, reply.id]);
  assert.equal(hit.author, 'Dee');
  assert.equal(hit.created, last.created);
});

test('search: what may not be seen is not found', async () => {
  const gone = await write('seen', 'A plum that was eaten');
  await write('seen', 'A ||plum|| in a spoiler');
  const edited = await write('seen', 'A plum at first');
  await guest.erase(gone.id, 'seen');
  await guest.edit(edited.id, 'A peach at last', 'seen');
  assert.deepEqual(await found('plum', 'seen'), []);
  assert.deepEqual(await found('peach', 'seen'), ['A [peach] at last']);

  const strict = await new Client(server, 'strict').sign_in();
  await strict.post({ author: 'Dee', text: 'Waiting plum' }, { thread: 'seen' });
  const path = `${strict.thread('seen')}/search?q=plum`;
  assert.deepEqual((await strict.send('GET', path)).json.hits, []);
});

test('search: operators of the engines are text', async () => {
  await write('operators', `it's "quoted" AND (NEAR) a:b* c|d e&f !g <-> h\\ -i`);
  for (const typed of [
    `"quoted"`,
    `it's`,
    'a:b*',
    'c|d',
    'e&f',
    '!g',
    '<-> h\\',
    '-i',
    'NEAR(',
    `'`,
  ]) {
    const answer = await search(typed, 'operators');
    assert.equal(answer.status, typed === `'` ? 422 : 200, `${typed}: ${answer.text}`);
    if (answer.status === 200) assert.equal(answer.json.count, 1, typed);
  }
});

test('search: what cannot be looked for is refused', async () => {
  for (const typed of ['', ' ', '!!', 'x'.repeat(401), Array(11).fill('w').join(' ')]) {
    assert_failure(await search(typed, 'words'), 422, 'invalid_field');
  }
  const path = `${reader.thread('words')}/search`;
  assert_failure(await reader.send('GET', path), 422, 'invalid_field');
  assert_failure(await reader.send('GET', `${path}?q=%ff`), 422, 'invalid_field');
  for (const cursor of ['x', '-1', '501', '1.5', '99999999999999999999']) {
    assert_failure(await search('wall', 'words', `&cursor=${cursor}`), 400, 'invalid_cursor');
  }
});

test('search: the same tag is answered with 304 until the thread changes', async () => {
  await write('tags', 'A fig');
  const first = await search('fig', 'tags');
  const path = `${reader.thread('tags')}/search?q=fig`;
  const headers = { 'if-none-match': first.headers.get('etag') };

  assert.equal((await reader.send('GET', path, { headers })).status, 304);
  await write('tags', 'Another fig');
  const later = await reader.send('GET', path, { headers });

  assert.equal(later.status, 200);
  assert.equal(later.json.count, 2);
});

test('search: an address can look for so many things only', async () => {
  const args = ['--limits-searches', '2', '--limits-guests-per-address', '1'];
  const small = await startServer({ seed: SMALL_SEED, args });
  try {
    const client = new Client(small);
    const ask = (typed) => client.send('GET', `${client.thread('first')}/search?q=${typed}`);
    assert.equal((await ask('root')).json.count, 2);
    assert.equal((await ask('one')).status, 200);
    assert_failure(await ask('two'), 429, 'rate_limited');
    // What was looked for before is still at hand.
    assert.equal((await ask('root')).status, 200);
  } finally {
    await small.stop();
  }
});
