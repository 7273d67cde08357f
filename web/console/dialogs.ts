import type { ConsoleApi, History, ModeratedComment } from './api';
import { button, choice, field, h, showDialog, time } from './dom';

const DAY = 24 * 3_600;

/** Asks for how long and why somebody is shut out. */
export function showBan(
  comment: ModeratedComment,
  ban: (wanted: { reason: string; until: number }) => void,
) {
  const reason = h('input', { maxlength: 200 });
  const days = choice(
    [
      ['1', 'A day'],
      ['7', 'A week'],
      ['30', '30 days'],
      ['0', 'For good'],
    ],
    '7',
  );
  const dialog = showDialog(
    `Ban ${comment.author}`,
    h('p', {}, 'They can read, but neither write nor vote.'),
    field('For how long', days),
    field('Reason', reason, 'Only moderators see it.'),
    button('Ban', () => {
      const seconds = Number(days.value) * DAY;
      const until = seconds === 0 ? 0 : Math.floor(Date.now() / 1000) + seconds;
      dialog.close();
      ban({ reason: reason.value, until });
    }),
  );
}

/** Shows what a comment said before, and what was done to it. */
export async function showHistory(api: ConsoleApi, id: string) {
  const history = await api.ask<History>('GET', `moderation/comments/${id}`);
  const { comment, revisions, acts } = history;
  showDialog(
    `History of a comment by ${comment.author}`,
    h('h3', {}, 'Now'),
    h('p', { class: 'text', dir: 'auto' }, comment.text),
    ...revisions
      .toReversed()
      .flatMap(({ written, text }) => [
        h('h3', {}, 'From ', time(written)),
        h('p', { class: 'text', dir: 'auto' }, text),
      ]),
    h('h3', {}, 'Acts'),
    acts.length === 0
      ? h('p', {}, 'Nobody has done anything to it.')
      : h(
          'ul',
          {},
          ...acts.map(({ moderator, action, made, reason }) =>
            h('li', {}, `${moderator}: ${action}${reason ? ` (${reason})` : ''}, `, time(made)),
          ),
        ),
  );
}

const keys = [
  ['j, k', 'next and previous comment'],
  ['a, s, d', 'approve, spam, delete'],
  ['r', 'dismiss the reports'],
  ['p', 'pin or unpin'],
  ['b', 'ban the writer'],
  ['x', 'select'],
  ['Shift and x', 'select everything up to here'],
  ['Shift and j or k', 'select while going on'],
  ['h', 'history'],
  ['z', 'undo'],
  ['/', 'search'],
  ['?', 'this list'],
] as const;

/** Says which keys there are. */
export function showKeys() {
  const rows = keys.flatMap(([key, what]) => [h('dt', {}, key), h('dd', {}, what)]);
  showDialog('Keys', h('dl', {}, ...rows));
}
