import type { Rules, ThreadSettings } from './api';
import type { Surroundings } from './queue';
import { button, choice, field, h } from './dom';

const approvals = [
  ['at_once', 'At once'],
  ['after_first', 'Once another of theirs was approved'],
  ['first', 'When they have been approved'],
] as const;

const hastes = [
  ['hold', 'Waits'],
  ['allow', 'Is fine'],
] as const;
const unknowns = [
  ['allow', 'Is fine'],
  ['hold', 'Waits'],
] as const;
const repeated = [
  ['check', 'Is refused, or waits'],
  ['allow', 'Is fine'],
] as const;
const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** The site's rules; only owners can change them. */
export async function rulesView({ api, say, attempt }: Surroundings, isOwner: boolean) {
  const rules = await api.ask<Rules>('GET', 'moderation/rules');
  const approval = choice(approvals, rules.approval);
  const minutes = h('input', { type: 'number', min: 0, max: 525_600 });
  minutes.value = String(Math.round(rules.edit_seconds / 60));
  const days = h('input', { type: 'number', min: 0, max: 36_500, value: rules.closing_days });
  const links = h('input', { type: 'number', min: 0, max: 100, value: rules.links ?? '' });
  const held = h('textarea', { rows: 6 }, rules.held_words.join('\n'));
  const spam = h('textarea', { rows: 6 }, rules.spam_words.join('\n'));
  const reports = h('input', { type: 'number', min: 1, max: 1_000, value: rules.reports ?? '' });
  const reactions = h('input', { maxlength: 100 });
  reactions.value = rules.reactions.join(' ');
  const haste = choice(hastes, rules.haste);
  const untimed = choice(unknowns, rules.untimed);
  const repeats = choice(repeated, rules.repeats);
  const save = (event: Event) => {
    event.preventDefault();
    void attempt(async () => {
      await api.ask('PATCH', 'moderation/rules', {
        approval: approval.value,
        edit_seconds: Number(minutes.value) * 60,
        closing_days: Number(days.value),
        links: links.value === '' ? null : Number(links.value),
        held_words: lines(held.value),
        spam_words: lines(spam.value),
        reports: reports.value === '' ? null : Number(reports.value),
        reactions: reactions.value.split(/\s+/).filter(Boolean),
        haste: haste.value,
        untimed: untimed.value,
        repeats: repeats.value,
      });
      say('The settings are saved.');
    });
  };
  const parts = h(
    'fieldset',
    { disabled: !isOwner },
    h('legend', {}, 'Rules of the site'),
    field('Comments are seen', approval),
    field('Minutes to edit', minutes, 'So long people may change or delete what they wrote.'),
    field('Days until a thread closes', days, '0: never.'),
    field('Links that are fine', links, 'A comment with more of them waits. Empty: any number.'),
    field(
      'Words that make a comment wait',
      held,
      'One a line; word* for those that begin with it.',
    ),
    field('Words that make it spam', spam, 'The same.'),
    field('Reports that make it wait', reports, 'By so many readers. Empty: never.'),
    field('Reactions', reactions, 'Up to six emoji with spaces between them. Empty: none.'),
    field(
      'What was written too fast',
      haste,
      'A guest’s comment that was sent sooner than people can write or paste it.',
    ),
    field(
      'What comes without a time',
      untimed,
      'A guest’s comment from another program than the widget does not say how long it took.',
    ),
    field(
      'What was said before',
      repeats,
      'The same words from the same person or address within a day are refused in the same thread and wait in another. A long text from three people within an hour waits.',
    ),
    h('button', { class: 'main' }, 'Save'),
  );
  return h(
    'section',
    {},
    h('h1', { tabindex: -1 }, 'Settings'),
    !isOwner && h('p', {}, 'Only owners of the site can change its rules.'),
    h('form', { submit: save }, parts),
    threadForm({ api, say, attempt }),
  );
}

// Looks a thread up by its key, and then has its settings.
function threadForm({ api, say, attempt }: Surroundings) {
  const key = h('input', { required: true, maxlength: 200 });
  const found = h('div');
  const path = () => `moderation/threads/${encodeURIComponent(key.value.trim())}`;
  const show = (thread: ThreadSettings) => {
    const closing = choice(
      [
        ['by_rule', 'As the site’s rules say'],
        ['closed', 'Closed'],
        ['open', 'Open, however old'],
      ],
      thread.closing,
    );
    const approval = choice([['', 'As on the site'], ...approvals], thread.approval ?? '');
    const save = async () => {
      await api.ask('PUT', path(), { closing: closing.value, approval: approval.value });
      say('The thread is saved.');
    };
    found.replaceChildren(
      h('p', {}, thread.title || key.value),
      field('The thread is', closing),
      field('Its comments are seen', approval),
      button('Save the thread', () => void attempt(save)),
    );
  };
  const submit = (event: Event) => {
    event.preventDefault();
    void attempt(async () => show(await api.ask<ThreadSettings>('GET', path())));
  };
  return h(
    'form',
    { submit },
    h(
      'fieldset',
      {},
      h('legend', {}, 'One thread'),
      field('Thread', key, 'Its key, as it stands in the queue’s filter.'),
      h('button', {}, 'Look it up'),
      found,
    ),
  );
}
