// Who may do what: every operation of openapi.yaml, by everybody, on what is their own, somebody else's, and another
// site's. What each operation says in `x-roles` is what is expected; one without it, or one for which nothing is
// known here, fails.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';

import { CAPTURED_MAIL, Client, SMALL_SEED } from './api.mjs';
import { addModerator, ConsoleClient, PASSWORD, runWithInput } from './console-client.mjs';
import { operations } from './description.mjs';
import { startServer } from './server.mjs';

const ROLES = ['nobody', 'guest', 'person', 'moderator', 'owner'];
const SITES = ['home', 'away'].map((id) => ({ id, name: id, origins: ['*'] }));

/**
 * What each operation is sent. `own` says what a guest or a person who is not the writer is told; without it, whose
 * something is makes no difference.
 */
const REQUESTS = {
  get_page: {},
  post_comment: { body: () => ({ author: 'Dee', text: 'Hello' }) },
  patch_comment: { body: () => ({ text: `Changed ${Math.random()}` }), other: 'not_own_comment' },
  delete_comment: { other: 'not_own_comment' },
  put_vote: { body: () => ({ vote: 1 }), own: 'own_comment' },
  put_report: { body: () => ({ reason: 'rude' }), own: 'own_comment' },
  delete_report: { own: 'own_comment' },
  put_reaction: { own: 'own_comment' },
  delete_reaction: { own: 'own_comment' },
  get_events: {},
  post_subscription: { body: () => ({ email: 'dee@reader.example' }) },
  post_guest: {},
  get_search: { query: '?q=root' },
  get_thread_atom: {},
  get_thread_rss: {},
  get_site_atom: {},
  get_site_rss: {},
  get_me: {},
  delete_me: {},
  post_challenge: { body: () => ({ thread: 'first' }) },
  get_counts: { query: '?thread=first' },
  get_health: {},
  get_ready: {},
  get_metrics: {},
  post_session: { body: () => ({ name: 'Mara', password: PASSWORD }) },
  get_session: {},
  delete_session: {},
  delete_sessions: {},
  post_second_factor: { body: () => ({ password: PASSWORD }) },
  // Nobody has begun to ask for one, so no code is right.
  put_second_factor: { body: () => ({ code: '000000' }), allowed: 'sign_in_failed' },
  delete_second_factor: { body: () => ({ password: PASSWORD }) },
  put_password: { body: () => ({ password: PASSWORD, new_password: PASSWORD }) },
  get_moderators: {},
  post_moderator: { body: () => ({ name: `Nils ${Math.random()}`, role: 'moderator' }) },
  patch_moderator: { body: () => ({ role: 'owner' }) },
  delete_moderator: {},
  post_new_password: {},
  delete_member_factor: {},
  get_queue: {},
  get_moderated: {},
  post_act: { body: (id) => ({ action: 'pin', comments: [id] }) },
  get_audit: {},
  post_undo: { body: (_, act) => ({ act }) },
  get_rules: {},
  patch_rules: { body: () => ({ links: 9 }) },
  get_thread: {},
  put_thread: { body: () => ({ closing: 'by_rule' }) },
};

let server;
let secret;
before(async () => {
  server = await startServer({
    seed: SMALL_SEED,
    config: { sites: SITES, limits: { enabled: false }, ...CAPTURED_MAIL },
  });
  for (const { id } of SITES) {
    await addModerator(server, 'Mara', { site: id });
    await addModerator(server, 'Olga', { site: id, role: 'owner' });
  }
  for (const id of ['home', 'away']) {
    const olga = await new ConsoleClient(server, id).sign_in_as('Olga');
    const set = await olga.ask('PATCH', 'moderation/rules', { reactions: ['❤️'] });
    assert.equal(set.status, 200, set.text);
  }
  const database = ['--database', server.database];
  const { out } = await runWithInput(['key', 'add', 'home', 'key', ...database], '');
  secret = /^secret\t(\S+)$/m.exec(out)[1];
});
after(() => server.stop());

function person(sub) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const exp = Math.floor(Date.now() / 1000) + 600;
  const text = `${part({ alg: 'HS256' })}.${part({ sub, name: 'Ada', aud: 'home', exp })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

// Sessions end within the tests, so each request has a token of its own; but not every sign-in, since those are counted.
const sessions = new Map();
async function caller(role, name) {
  const client = new ConsoleClient(server, 'home');
  if (role === 'guest') return client.sign_in();
  if (role === 'person') client.token = person(name);
  if (role === 'moderator' || role === 'owner') {
    const known = sessions.get(role);
    if (known && (await known.ask('GET', 'session')).status === 200) return known;
    sessions.set(role, await client.sign_in_as(role === 'owner' ? 'Olga' : 'Mara'));
  }
  return client;
}

async function written(client) {
  const answer = await client.post({ author: 'Dee', text: 'Whose is it?' });
  assert.equal(answer.status, 201, answer.text);
  return answer.json.comment.id;
}

function send(client, operation, { site, id, act }) {
  const wanted = REQUESTS[operation.id];
  const path = operation.path
    .replace('{site}', site)
    .replace('{thread}', 'first')
    .replace('{id}', id)
    .replace('{moderator}', 'Nils')
    .replace('{kind}', encodeURIComponent('❤️'));
  const body = wanted.body?.(id, act);
  return client.send(operation.method, path + (wanted.query ?? ''), body ? { body } : {});
}

const code_of = (answer) => answer.json?.error?.code;
const REFUSALS = ['token_required', 'token_invalid', 'not_allowed'];

test('matrix: every operation says who may, and is known here', () => {
  for (const { id, method, path, roles } of operations()) {
    assert.ok(roles, `${method} ${path} has no x-roles`);
    for (const role of roles) assert.ok(ROLES.includes(role), `${id}: ${role}`);
    assert.ok(REQUESTS[id], `${id} has no request here`);
  }
});

for (const operation of operations()) {
  for (const role of ROLES) {
    test(`matrix: ${operation.id} by ${role}`, async () => {
      const wanted = REQUESTS[operation.id];
      const is_allowed = operation.roles.includes(role);
      const who = await caller(role, operation.id);
      const writer = await new Client(server, 'home').sign_in();
      const of_other = await written(writer);
      const olga = await caller('owner');
      const made = await olga.ask('POST', 'moderation/acts', {
        action: 'spam',
        comments: [of_other],
      });
      const act = made.json.act;
      // Whom others have let go is there again.
      await olga.ask('POST', 'moderators', { name: 'Nils', role: 'moderator' });
      await olga.ask('POST', 'moderation/acts', { action: 'approve', comments: [of_other] });

      const other = await send(who, operation, { site: 'home', id: of_other, act });
      if (!is_allowed) {
        assert.ok(REFUSALS.includes(code_of(other)), `${other.status} ${other.text}`);
      } else {
        const expected = wanted.other ?? wanted.allowed;
        assert.equal(code_of(other), expected, other.text);
      }
      // Whoever may not has changed nothing.
      const shown = (await writer.page()).json.comments.find(({ id }) => id === of_other);
      if (!is_allowed) assert.equal(shown?.text, 'Whose is it?');

      if (is_allowed && (role === 'guest' || role === 'person')) {
        const own = await send(who, operation, { site: 'home', id: await written(who), act });
        assert.equal(code_of(own), wanted.own ?? wanted.allowed, own.text);
      }
    });

    test(`matrix: ${operation.id} by ${role} of another site`, async () => {
      if (!operation.path.includes('{site}')) return;
      const who = await caller(role, operation.id);
      const there = await new Client(server, 'away').sign_in();
      const id = await written(there);
      const answer = await send(who, operation, { site: 'away', id, act: '1' });
      // What needs no token does not look at one.
      const is_open = operation.roles.includes('nobody') && operation.id !== 'get_page';
      if (is_open || (role === 'nobody' && operation.id === 'get_page')) {
        assert.ok(answer.status < 300, `${answer.status} ${answer.text}`);
        return;
      }
      const expected = role === 'nobody' ? 'token_required' : 'token_invalid';
      assert.equal(code_of(answer), expected, answer.text);
      assert.equal(answer.status, 401);
      const shown = (await there.page()).json.comments.find((comment) => comment.id === id);
      assert.equal(shown.text, 'Whose is it?');
    });
  }
}
