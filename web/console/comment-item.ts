import type { ModeratedComment } from './api';
import { button, h, time } from './dom';

const held = {
  approval: 'waits for approval',
  links: 'has many links',
  words: 'has a word on the list',
  reports: 'was reported',
  trap: 'filled in what people do not see',
  haste: 'written faster than people write',
  repeat: 'said before',
  crowd: 'said by several at once',
} as const;

const statuses = {
  pending: 'Waiting',
  approved: 'Approved',
  spam: 'Spam',
  deleted: 'Deleted',
} as const;

const reasons = { spam: 'Spam', rude: 'Rude', off_topic: 'Off-topic', other: 'Other' } as const;

/** Why readers have reported it: how many for each reason, and what they say. */
function reportsOf({ report_count: count, reports = [] }: ModeratedComment) {
  if (!count) return false;
  const counts = Object.entries(reasons)
    .map(([reason, name]) => [name, reports.filter((one) => one.reason === reason).length] as const)
    .filter(([, many]) => many > 0)
    .map(([name, many]) => `${name} ${many}`);
  const texts = reports.flatMap(({ text }) => (text ? [text] : []));
  return h(
    'div',
    { class: 'reports' },
    h('p', {}, `${count === 1 ? '1 report' : `${count} reports`}: ${counts.join(', ')}`),
    texts.length > 0 && h('ul', {}, ...texts.map((text) => h('li', { dir: 'auto' }, text))),
  );
}

/** What can be asked for with a comment in the queue. */
export interface CommentActions {
  act(action: string, id: string): void;
  ban(comment: ModeratedComment): void;
  history(id: string): void;
  select(id: string, isRange: boolean): void;
  filter(name: 'thread' | 'writer_of', value: string): void;
}

/** One comment of the queue. */
export function commentItem(
  comment: ModeratedComment,
  isSelected: boolean,
  actions: CommentActions,
) {
  const { id, author, thread } = comment;
  const of = ` comment by ${author}`;
  const labelled = (name: string, act: () => void) =>
    button(name, act, { 'aria-label': `${name}${of}` });
  const acts = (
    [
      ['approved', 'Approve', 'approve'],
      ['spam', 'Spam', 'spam'],
      ['deleted', 'Delete', 'delete'],
    ] as const
  ).filter(([status]) => status !== comment.status);
  const check = h('input', {
    type: 'checkbox',
    'aria-label': `Select${of}`,
    click: (event) => actions.select(id, (event as MouseEvent).shiftKey),
  });
  check.checked = isSelected;
  const badges = [
    statuses[comment.status],
    comment.held && held[comment.held],
    comment.pinned && 'pinned',
    comment.ban && 'writer banned',
    comment.edited && 'edited',
  ].filter(Boolean);
  return h(
    'article',
    { tabindex: -1, 'data-id': id, 'aria-label': `Comment by ${author}`, class: comment.status },
    h(
      'header',
      {},
      check,
      h('strong', { dir: 'auto' }, author),
      comment.email && h('span', { class: 'faint' }, comment.email),
      time(comment.created),
      h('span', { class: 'faint' }, badges.join(' · ')),
    ),
    h('p', { class: 'text', dir: 'auto' }, comment.text),
    reportsOf(comment),
    h(
      'p',
      { class: 'faint where' },
      'In ',
      button(thread.title || thread.key, () => actions.filter('thread', thread.key), {
        class: 'link',
      }),
      ` · ${comment.up} up, ${comment.down} down`,
    ),
    h(
      'div',
      { class: 'acts' },
      ...acts.map(([, name, action]) => labelled(name, () => actions.act(action, id))),
      Boolean(comment.report_count) &&
        labelled('Dismiss reports', () => actions.act('dismiss', id)),
      comment.pinned
        ? labelled('Unpin', () => actions.act('unpin', id))
        : labelled('Pin', () => actions.act('pin', id)),
      comment.bannable &&
        (comment.ban
          ? labelled('Unban', () => actions.act('unban', id))
          : labelled('Ban', () => actions.ban(comment))),
      comment.bannable && labelled('More by them', () => actions.filter('writer_of', id)),
      labelled('History', () => actions.history(id)),
    ),
  );
}
