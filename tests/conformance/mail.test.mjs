// Following a thread by mail: asked, confirmed, told, stopped; by a real mail server that takes the mail, refuses it,
// breaks off or says nothing.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, test } from 'node:test';

import { assert_failure, CAPTURED_MAIL, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient } from './console-client.mjs';
import { startServer } from './server.mjs';
import { readMessage, startSmtpServer } from './smtp-server.mjs';

const running = [];
afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

/** A mail server, and a server that sends by it, as impatient as it can be. */
async function start({ smtp = {}, mail = {}, more = {} } = {}) {
  const post = await startSmtpServer(smtp);
  running.push(post);
  const server = await startServer({
    seed: SMALL_SEED,
    config: {
      public_url: 'https://comments.example/',
      retry_seconds: 1,
      mail: {
        url: post.url,
        tls: 'never',
        from: 'comments@gazette.example',
        collect_seconds: 0,
        ...mail,
      },
      ...more,
    },
  });
  running.push(server);
  return { post, server };
}

/** Asks, and follows the link in the mail as a reader would. */
async function follow({ post, server }, reader, email, more = {}) {
  const asked = await subscribe(reader, email, more);
  assert.equal(asked.status, 202, asked.text);
  const [mail] = await post.until(1, (one) => one.to === email);
  await press(server, link(mail, '/mail/confirm'));
}

function subscribe(reader, email, more = {}, thread = 'first') {
  return reader.send('POST', `${reader.thread(thread)}/subscriptions`, {
    body: { email, ...more },
  });
}

const link = (mail, path) =>
  new RegExp(`https://comments\\.example(${path}\\?t=\\S+)`).exec(
    readMessage(mail.message).text,
  )[1];

/** Opens the page of a link and presses its button. */
async function press(server, path) {
  const page = await fetch(server.url + path);
  assert.equal(page.status, 200, path);
  const html = await page.text();
  const action = /<form method="post" action="([^"]+)">/.exec(html)[1];
  const token = /name="t" value="([^"]+)"/.exec(html)[1];
  const answer = await fetch(server.url + action, {
    method: 'POST',
    body: new URLSearchParams({ t: token }),
  });
  assert.equal(answer.status, 200);
  return answer.text();
}

const to = (mailbox) => (mail) => mail.to === mailbox;
const isNews = (mail) => mail.message.includes('List-Unsubscribe:');

test('following: asked twice over, told of what others write, stopped with one click', async () => {
  const all = await start();
  const ann = await new Client(all.server).sign_in();
  const bob = await new Client(all.server).sign_in();
  await subscribe(ann, 'ann@reader.example');
  const [asking] = await all.post.until(1);

  // Programs that look at mail open its links; that confirms nothing.
  const looked = await fetch(all.server.url + link(asking, '/mail/confirm'));
  assert.match(await looked.text(), /Yes, e-mail me/);
  await bob.post({ author: 'Bob', text: 'Too early' });
  const done = await press(all.server, link(asking, '/mail/confirm'));
  assert.match(done, /You are following it/);
  // What came since she asked is told.
  const [first] = await all.post.until(1, isNews);
  assert.match(readMessage(first.message).text, /> Too early/);

  await ann.post({ author: 'Ann', text: 'My own words' });
  await bob.post({ author: 'Bob "<b>"', text: 'Hello <script>\r\n.\nFrom Bob' });
  const news = await all.post.until(2, isNews);
  const told = readMessage(news[1].message);
  assert.equal(told.headers.get('subject'), 'Bob "<b>": a new comment on “First”');
  assert.match(told.text, /> Hello <script>\n> \.\n> From Bob/);
  assert.doesNotMatch(told.text, /My own words/);
  assert.doesNotMatch(told.html, /<script>|<b>/);
  assert.match(told.html, /Hello &lt;script&gt;/);
  assert.match(told.html, /https:\/\/gazette\.example\/first#comment-\d+/);

  // RFC 8058.
  const one_click = /<https:\/\/comments\.example(\/mail\/unsubscribe\?t=[^>]+)>/.exec(
    told.headers.get('list-unsubscribe'),
  )[1];
  assert.equal(told.headers.get('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
  const stopped = await fetch(all.server.url + one_click, {
    method: 'POST',
    body: 'List-Unsubscribe=One-Click',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(stopped.status, 200);
  await bob.post({ author: 'Bob', text: 'Nobody hears this' });
  const carl = await new Client(all.server).sign_in();
  await follow(all, carl, 'carl@reader.example');
  await bob.post({ author: 'Bob', text: 'Carl hears this' });
  await all.post.until(1, (mail) => isNews(mail) && mail.to === 'carl@reader.example');
  assert.equal(all.post.mails.filter((m) => isNews(m) && m.to === 'ann@reader.example').length, 2);
});

test('following: a message is what mail programs expect', async () => {
  const { post, server } = await start({ mail: { name: 'Gäzette, "News"' } });
  const ann = await new Client(server).sign_in();
  const title = 'Überall\nBcc: everybody@example.org — ' + '語'.repeat(80);
  const page = { title, url: 'https://x.example/' };
  const asked = await subscribe(ann, 'Ann@Reader.EXAMPLE', page, 'new one');
  assert.equal(asked.status, 202, asked.text);
  const [mail] = await post.until(1);
  const { headers, text, raw } = readMessage(mail.message);
  assert.equal(mail.to, 'Ann@reader.example');
  assert.equal(headers.get('from'), 'Gäzette, "News" <comments@gazette.example>');
  assert.match(headers.get('subject'), /^Please confirm: comments on “Überall Bcc: everybody/);
  assert.equal(headers.has('bcc'), false);
  assert.equal(headers.get('auto-submitted'), 'auto-generated');
  assert.match(headers.get('message-id'), /^<mail\.[0-9a-f]{32}@gazette\.example>$/);
  assert.equal(headers.get('references'), headers.get('in-reply-to'));
  assert.match(headers.get('date'), /^\w{3}, \d+ \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/);
  assert.match(text, /語/);
  for (const line of raw.split('\r\n')) {
    assert.ok(line.length <= 78, line);
    assert.match(line, /^[\x20-\x7e]*$/);
  }
});

test('following: replies to me, and nothing else', async () => {
  const all = await start();
  const ann = await new Client(all.server).sign_in();
  const bob = await new Client(all.server).sign_in();
  const mine = (await ann.post({ author: 'Ann', text: 'Mine' })).json.comment.id;
  await follow(all, ann, 'ann@reader.example', { scope: 'replies' });
  await bob.post({ author: 'Bob', text: 'Elsewhere' });
  await bob.post({ author: 'Bob', text: 'An answer', parent: mine });
  const [mail] = await all.post.until(1, isNews);
  const { headers, text } = readMessage(mail.message);
  assert.equal(headers.get('subject'), 'Bob: a new reply on “First”');
  assert.doesNotMatch(text, /Elsewhere/);

  // Who has confirmed a mailbox is not asked again.
  const again = await subscribe(ann, 'ann@reader.example', {}, 'another');
  assert.equal(again.json.subscription, 'confirmed');
  // Somebody else who says that it is theirs hears nothing about it.
  const eve = await subscribe(bob, 'ann@reader.example', {}, 'another');
  assert.deepEqual([eve.status, eve.json], [202, { subscription: 'asked' }]);
});

test('following: comments that wait are told of when they are approved, once', async () => {
  const all = await start({
    more: { sites: [{ id: 'gazette', name: 'Gazette', origins: ['*'], approval: 'first' }] },
  });
  await addModerator(all.server, 'Mara');
  const mara = await new ConsoleClient(all.server).sign_in_as('Mara');
  const ann = await new Client(all.server).sign_in();
  const bob = await new Client(all.server).sign_in();
  await follow(all, ann, 'ann@reader.example');
  const post = async (text) => (await bob.post({ author: 'Bob', text })).json.comment.id;
  const [kept, other] = [await post('Kept waiting'), await post('Approved')];
  const act = (action, id) => mara.ask('POST', 'moderation/acts', { action, comments: [id] });
  await act('approve', other);
  const [mail] = await all.post.until(1, isNews);
  assert.match(readMessage(mail.message).text, /> Approved/);
  await act('hold', other);
  await act('approve', other);
  await act('spam', kept);
  await act('approve', await post('The last one'));
  const news = await all.post.until(2, isNews);
  assert.match(readMessage(news[1].message).text, /> The last one/);
  assert.doesNotMatch(readMessage(news[1].message).text, /> Approved|Kept waiting/);
});

test('following: what comes within the pace is in one mail', async () => {
  const all = await start({ mail: { collect_seconds: 1 } });
  const ann = await new Client(all.server).sign_in();
  const bob = await new Client(all.server).sign_in();
  await follow(all, ann, 'ann@reader.example', { pace: 'hourly' });
  for (const text of ['One', 'Two', 'Three']) await bob.post({ author: 'Bob', text });
  const [mail] = await all.post.until(1, isNews);
  assert.equal(readMessage(mail.message).headers.get('subject'), '3 new comments on “First”');
});

test('following: the page of all subscriptions changes and stops them', async () => {
  const all = await start();
  const ann = await new Client(all.server).sign_in();
  await follow(all, ann, 'ann@reader.example');
  await subscribe(ann, 'ann@reader.example', { title: 'Second' }, 'second');
  const bob = await new Client(all.server).sign_in();
  await bob.post({ author: 'Bob', text: 'News' });
  const [mail] = await all.post.until(1, isNews);
  const path = link(mail, '/mail/manage');
  const token = decodeURIComponent(path.split('t=')[1]);
  const page = await (await fetch(all.server.url + path)).text();
  assert.match(page, /new comments on “First”/);
  assert.match(page, /new comments on “Second”/);
  const ids = [...page.matchAll(/name="id" value="(\d+)"/g)].map(([, id]) => id);
  const send = async (fields) => {
    const body = new URLSearchParams({ t: token, ...fields });
    return (await fetch(`${all.server.url}/mail/manage`, { method: 'POST', body })).text();
  };
  assert.match(await send({ id: ids[0], pace: '2' }), /<option value="2" selected>/);
  assert.doesNotMatch(await send({ id: ids.at(-1), stop: 'this' }), /Second/);
  assert.match(await send({ stop: 'all' }), /You follow nothing here any more/);
  assert.match(await send({ stop: 'all' }), /This link is over/);
});

test('following: links that nobody sent lead nowhere', async () => {
  const all = await start();
  const ann = await new Client(all.server).sign_in();
  await subscribe(ann, 'ann@reader.example');
  const [mail] = await all.post.until(1);
  const token = link(mail, '/mail/confirm').split('t=')[1];
  for (const wrong of [
    '',
    'x',
    'c.1.',
    token.replace('c.', 'u.'),
    `${token}x`,
    token.slice(0, -2),
  ]) {
    for (const page of ['confirm', 'unsubscribe', 'manage']) {
      for (const method of ['GET', 'POST']) {
        const url = `${all.server.url}/mail/${page}?t=${encodeURIComponent(wrong)}`;
        const answer = await fetch(url, { method });
        assert.match(await answer.text(), /This link is over/, `${method} ${page} ${wrong}`);
      }
    }
  }
  const page = await fetch(all.server.url + link(mail, '/mail/confirm'));
  const policy = page.headers.get('content-security-policy');
  assert.match(policy, /default-src 'none'.*form-action 'self'.*frame-ancestors 'none'/);
});

test('following: nobody can fill a mailbox that is not theirs', async () => {
  const all = await start();
  const eve = await new Client(all.server).sign_in();
  for (let i = 0; i < 8; ++i) {
    const asked = await subscribe(eve, 'victim@reader.example', {}, `thread ${i}`);
    assert.deepEqual([asked.status, asked.json], [202, { subscription: 'asked' }]);
  }
  const again = await subscribe(eve, 'victim@reader.example', {}, 'thread 0');
  assert.equal(again.status, 202);
  await subscribe(eve, 'other@reader.example');
  await all.post.until(1, to('other@reader.example'));
  assert.equal(all.post.mails.filter(to('victim@reader.example')).length, 5);
  let refused;
  for (let i = 0; i < 30 && refused?.status !== 429; ++i) {
    refused = await subscribe(eve, `reader${i}@reader.example`);
  }
  assert_failure(refused, 429, 'rate_limited');
});

test('following: what is not an address, or not for us, is refused', async () => {
  const { server } = await start();
  const ann = await new Client(server).sign_in();
  for (const email of [
    'ann',
    '@x',
    'a@',
    'a b@c.example',
    'a@b\r\nRCPT TO:<x@y>',
    'ä@x.example',
    '-a@b.c',
  ]) {
    const answer = await subscribe(ann, email);
    assert.ok([422].includes(answer.status), `${email} ${answer.text}`);
  }
  assert_failure(await subscribe(ann, 'a@b.example', { scope: 'x' }), 422, 'invalid_field');
  const nobody = new Client(server);
  assert_failure(await subscribe(nobody, 'a@b.example'), 401, 'token_required');
  const page = await ann.page();
  assert.equal(page.json.mail, true);
});

test('following: a server without mail says so', async () => {
  const server = await startServer({ seed: SMALL_SEED });
  running.push(server);
  const ann = await new Client(server).sign_in();
  assert_failure(await subscribe(ann, 'ann@reader.example'), 404, 'not_found');
  assert.equal('mail' in (await ann.page()).json, false);
  assert.equal((await fetch(`${server.url}/mail/confirm?t=x`)).status, 404);
  assert.equal((await fetch(`${server.url}/mailbox/`)).status, 404);
});

test('sending: what is put off is tried again with the same name, what is refused is not', async () => {
  const seen = [];
  const behaviour = {
    recipient: (mailbox) => (mailbox.startsWith('gone') ? '550 no such mailbox' : undefined),
    content: (message) => {
      seen.push(readMessage(message).headers.get('message-id'));
      return ['451 later', 'drop', undefined][Math.min(seen.length - 1, 2)];
    },
  };
  const { post, server } = await start({ smtp: { behaviour } });
  const ann = await new Client(server).sign_in();
  await subscribe(ann, 'gone@reader.example');
  await subscribe(ann, 'ann@reader.example');
  await post.until(1, to('ann@reader.example'));
  assert.equal(seen.length, 3);
  assert.equal(new Set(seen).size, 1);
  assert.equal(post.mails.filter(to('gone@reader.example')).length, 0);
  assert.ok(server.log.some((line) => line.event === 'mail_failed'));
  assert.ok(!JSON.stringify(server.log).includes('reader.example'));
});

test('sending: a server that says nothing holds up one mail at a time, and no comment', async () => {
  const behaviour = { content: () => 'silence' };
  const { post, server } = await start({ smtp: { behaviour }, mail: { timeout_seconds: 1 } });
  const ann = await new Client(server).sign_in();
  await subscribe(ann, 'ann@reader.example');
  while (post.attempts === 0) await post.happening();
  assert.equal((await ann.post({ author: 'Ann', text: 'Meanwhile' })).status, 201);
  post.behaviour = {};
  await post.until(1);
});

test('sending: what was on its way when the server was killed is sent by the next one', async () => {
  const behaviour = { content: () => 'silence' };
  const { post, server } = await start({ smtp: { behaviour }, mail: { timeout_seconds: 2 } });
  const ann = await new Client(server).sign_in();
  assert.equal((await subscribe(ann, 'ann@reader.example')).status, 202);
  while (post.attempts === 0) await post.happening();
  await server.kill();
  post.behaviour = {};
  await server.restart();
  await post.until(1, to('ann@reader.example'));
});

test('sending: nothing goes without the encryption or the account that the settings ask for', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'parlance-mail-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
  const files = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...curve, '-nodes', ...files, ...subject], {
    stdio: 'ignore',
  });
  running.push({ stop: () => rm(folder, { recursive: true }) });
  const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
  const account = { user: 'gazette', password: 'a secret' };

  const good = { tls: 'required', authorities: cert, user: 'gazette', password: 'a secret' };
  const kept = await start({ smtp: { tls, account }, mail: good });
  await subscribe(await new Client(kept.server).sign_in(), 'ann@reader.example');
  const [mail] = await kept.post.until(1);
  assert.deepEqual([mail.secure, mail.user], [true, 'gazette']);

  const refusals = [
    { smtp: {}, mail: { tls: 'required' } },
    { smtp: { tls }, mail: { tls: 'required' } },
    { smtp: { tls, account }, mail: { ...good, password: 'wrong' } },
  ];
  for (const refusal of refusals) {
    const { post, server } = await start(refusal);
    await subscribe(await new Client(server).sign_in(), 'ann@reader.example');
    // A second try says that the first has ended.
    while (post.connections < 2) await post.happening();
    assert.equal(post.attempts, 0);
    assert.ok(!JSON.stringify(server.log).includes('a secret'));
  }
});

test('captured mail is shown to this machine, and to nobody behind a proxy', async () => {
  const server = await startServer({
    seed: SMALL_SEED,
    config: CAPTURED_MAIL,
  });
  running.push(server);
  const ann = await new Client(server).sign_in();
  await subscribe(ann, 'ann@reader.example', { title: '<b>New</b>' }, 'new');
  let html = '';
  while (!html.includes('Please confirm')) {
    html = await (await fetch(`${server.url}/mailbox/`)).text();
  }
  assert.match(html, /To ann@reader\.example/);
  assert.match(html, /&lt;b&gt;New&lt;\/b&gt;/);
  const [, path] = /<a href="(\/mail\/confirm\?t=[^"]+)">/.exec(html);
  assert.match(await press(server, path), /You are following it/);
  const proxied = await fetch(`${server.url}/mailbox/`, {
    headers: { 'x-forwarded-for': '192.0.2.7' },
  });
  assert.equal(proxied.status, 404);
});

test('the outbox is counted', async () => {
  const { post, server } = await start();
  await subscribe(await new Client(server).sign_in(), 'ann@reader.example');
  await post.until(1);
  let metrics = '';
  while (!/^parlance_outbox_sent_total 1$/m.test(metrics)) {
    metrics = await (await fetch(`${server.url}/metrics`)).text();
  }
  for (const name of ['waiting', 'failed', 'oldest_seconds']) {
    assert.match(metrics, new RegExp(`^parlance_outbox_${name} \\d+$`, 'm'));
  }
});
