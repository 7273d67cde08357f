import type { Acted, AuditAct } from './api';
import type { Surroundings } from './queue';
import { showHistory } from './dialogs';
import { button, h, time } from './dom';

interface Page {
  acts: AuditAct[];
  next: string | null;
}

function about(act: AuditAct, { api, attempt }: Surroundings) {
  if (act.member !== undefined) return [act.member, change(act)];
  if (act.comments.length === 0) return [act.thread ?? 'the site'];
  return act.comments
    .slice(0, 5)
    .flatMap(({ id, before, after }) => [
      button(`comment ${id}`, () => void attempt(() => showHistory(api, id)), { class: 'link' }),
      ` ${before || 'nothing'} → ${after || 'nothing'} `,
    ]);
}

function change({ before, after }: AuditAct) {
  return before || after ? `: ${before || 'nothing'} → ${after || 'nothing'}` : '';
}

function row(act: AuditAct, around: Surroundings, reload: () => void) {
  const undo = async () => {
    await around.api.ask<Acted>('POST', 'moderation/undo', { act: act.id });
    around.say('Undone.');
    reload();
  };
  const more = act.comments.length - 5;
  return h(
    'tr',
    {},
    h('td', {}, time(act.made)),
    h('td', {}, act.moderator),
    h('td', {}, act.action, act.reason && ` (${act.reason})`),
    h('td', {}, ...about(act, around), more > 0 && `and ${more} more`),
    h(
      'td',
      {},
      act.member !== undefined
        ? ''
        : act.undone_by
          ? 'undone'
          : button('Undo', () => void around.attempt(undo), {
              'aria-label': `Undo ${act.action} by ${act.moderator}, number ${act.id}`,
            }),
    ),
  );
}

/** Everything that moderators have done, newest first. */
export async function auditView(around: Surroundings) {
  const body = h('tbody');
  const more = button('Show more', () => void around.attempt(() => load(cursor)));
  let cursor = '';
  const load = async (after: string) => {
    const path = `moderation/acts?limit=50${after && `&cursor=${after}`}`;
    const page = await around.api.ask<Page>('GET', path);
    if (!after) body.replaceChildren();
    body.append(...page.acts.map((act) => row(act, around, () => void load(''))));
    cursor = page.next ?? '';
    more.hidden = page.next === null;
  };
  await load('');
  const heads = ['When', 'Who', 'What', 'To what', 'Undo'];
  return h(
    'section',
    {},
    h('h1', { tabindex: -1 }, 'Audit log'),
    h(
      'div',
      { class: 'wide', role: 'region', tabindex: 0, 'aria-label': 'Acts' },
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...heads.map((name) => h('th', { scope: 'col' }, name)))),
        body,
      ),
    ),
    more,
  );
}
