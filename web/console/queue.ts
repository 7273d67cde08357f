import type { Acted, ConsoleApi, ModeratedComment, Queue } from './api';
import { commentItem } from './comment-item';
import { showBan, showHistory, showKeys } from './dialogs';
import { button, choice, field, h } from './dom';
import { Selection } from './selection';
import { whileSeen } from './while-seen';

const done: Record<string, string> = {
  approve: 'Approved',
  spam: 'Marked as spam:',
  delete: 'Deleted',
  hold: 'Held',
  pin: 'Pinned',
  unpin: 'Unpinned',
  ban: 'Banned the writer of',
  unban: 'Lifted the ban on the writer of',
  dismiss: 'Dismissed the reports of',
};

/** Whether readers have reported what can be seen, or waits. */
const isReported = ({ report_count: count, status }: ModeratedComment) =>
  Boolean(count) && (status === 'pending' || status === 'approved');

const counted = (count: number) => (count === 1 ? '1 comment' : `${count} comments`);

/** What the queue needs of the console around it. */
export interface Surroundings {
  api: ConsoleApi;
  /** Says something; with an act it can be undone. */
  say(text: string, undo?: () => void): void;
  /** Runs what may be refused, and says so when it is. */
  attempt(job: () => Promise<void>): Promise<void>;
}

/** The comments to moderate: filters, the list, and what the keys do with it. */
export class QueueView {
  readonly element: HTMLElement;
  private comments: ModeratedComment[] = [];
  private next: string | null = null;
  private waiting = 0;
  private reported = 0;
  /** All that the moderator has been shown of this list. */
  private readonly seen = new Set<string>();
  private lastAct: string | null = null;
  private writerOf = '';
  private readonly selection = new Selection(() => this.showSelection());
  private readonly list = h('ul', { class: 'queue', 'aria-label': 'Comments' });
  private readonly count = h('p', { class: 'faint', role: 'status' });
  // What has come since waits here, so that no row moves under the moderator's hands.
  private readonly fresh = button('', () => void this.load(), { class: 'fresh', hidden: true });
  private readonly bulk = h('div', { class: 'bulk', role: 'group', 'aria-label': 'Selected' });
  private readonly more = button('Show more', () => void this.load(this.next ?? ''));
  private readonly status = choice(
    [
      ['pending', 'Waiting'],
      ['reported', 'Reported'],
      ['approved', 'Approved'],
      ['spam', 'Spam'],
      ['deleted', 'Deleted'],
      ['all', 'All'],
    ],
    'pending',
  );
  private readonly search = h('input', { type: 'search', maxlength: 200 });
  private readonly author = h('input', { type: 'search', maxlength: 80 });
  private readonly thread = h('input', { type: 'search', maxlength: 200 });

  constructor(private readonly around: Surroundings) {
    const submit = (event: Event) => {
      event.preventDefault();
      this.writerOf = '';
      void this.load();
    };
    this.status.addEventListener('change', () => void this.load());
    this.element = h(
      'section',
      { 'aria-labelledby': 'queue-title' },
      h('h1', { id: 'queue-title' }, 'Queue'),
      h(
        'form',
        { class: 'filters', role: 'search', submit },
        field('Status', this.status),
        field('Words', this.search),
        field('Author', this.author),
        field('Thread', this.thread),
        h('button', {}, 'Search'),
      ),
      this.count,
      h('div', { role: 'status' }, this.fresh),
      this.bulk,
      this.list,
      this.more,
    );
    this.end = whileSeen(() => void this.lookForNew());
  }

  /** Looks for nothing any more. */
  readonly end: () => void;

  /** Reads the first page, or the one after a cursor. */
  load(cursor = '') {
    return this.around.attempt(async () => {
      const page = await this.ask(cursor);
      this.comments = cursor ? [...this.comments, ...page.comments] : page.comments;
      if (!cursor) {
        this.seen.clear();
        this.fresh.hidden = true;
      }
      for (const { id } of page.comments) this.seen.add(id);
      this.next = page.next;
      this.waiting = page.waiting;
      this.reported = page.reported;
      this.show();
    });
  }

  private ask(cursor = '') {
    const query = new URLSearchParams({ status: this.status.value, limit: '50' });
    const wanted = {
      text: this.search.value.trim(),
      author: this.author.value.trim(),
      thread: this.thread.value.trim(),
      writer_of: this.writerOf,
      cursor,
    };
    for (const [name, value] of Object.entries(wanted)) if (value) query.set(name, value);
    return this.around.api.ask<Queue>('GET', `moderation/comments?${query}`);
  }

  private lookForNew() {
    return this.around.attempt(async () => {
      const page = await this.ask();
      const many = page.comments.filter(({ id }) => !this.seen.has(id)).length;
      this.fresh.textContent = `${many} new`;
      this.fresh.hidden = many === 0;
      this.waiting = page.waiting;
      this.reported = page.reported;
      this.showCount();
    });
  }

  private showCount() {
    const many = this.waiting >= 1_000 ? '1,000 or more' : this.waiting;
    const waiting = this.waiting === 0 ? 'Nothing waits.' : `${many} waiting`;
    this.count.textContent = this.reported > 0 ? `${waiting} · ${this.reported} reported` : waiting;
  }

  /** Does what a key means here; false when it means nothing. */
  onKey(event: KeyboardEvent): boolean {
    const id = this.current();
    const comment = this.comments.find((one) => one.id === id);
    switch (event.key) {
      case 'j':
      case 'J':
      case 'k':
      case 'K':
        this.go(event.key.toLowerCase() === 'j' ? 1 : -1, event.shiftKey);
        return true;
      case 'z':
        void this.undo();
        return true;
      case '/':
        this.search.focus();
        return true;
      case '?':
        showKeys();
        return true;
    }
    if (!comment) return false;
    switch (event.key) {
      case 'a':
        void this.act('approve', comment.id);
        return true;
      case 's':
        void this.act('spam', comment.id);
        return true;
      case 'r':
        if (comment.report_count) void this.act('dismiss', comment.id);
        return true;
      case 'd':
        void this.act('delete', comment.id);
        return true;
      case 'p':
        void this.act(comment.pinned ? 'unpin' : 'pin', comment.id);
        return true;
      case 'b':
        this.actions.ban(comment);
        return true;
      case 'h':
        this.actions.history(comment.id);
        return true;
      case 'x':
      case 'X':
        this.actions.select(comment.id, event.shiftKey);
        return true;
    }
    return false;
  }

  private readonly actions = {
    act: (action: string, id: string) => void this.act(action, id),
    ban: (comment: ModeratedComment) =>
      showBan(comment, (wanted) => void this.act('ban', comment.id, wanted)),
    history: (id: string) => void this.around.attempt(() => showHistory(this.around.api, id)),
    select: (id: string, isRange: boolean) =>
      isRange ? this.selection.extendTo(id, this.order()) : this.selection.toggle(id),
    filter: (name: 'thread' | 'writer_of', value: string) => {
      if (name === 'thread') this.thread.value = value;
      else this.writerOf = value;
      this.status.value = 'all';
      void this.load();
    },
  };

  private order() {
    return this.comments.map(({ id }) => id);
  }

  private items() {
    return [...this.list.querySelectorAll<HTMLElement>('article')];
  }

  private current() {
    return document.activeElement?.closest('article')?.dataset.id ?? '';
  }

  private go(step: number, isRange: boolean) {
    const items = this.items();
    const at = items.findIndex((item) => item.dataset.id === this.current());
    const to = items[at < 0 ? 0 : Math.max(0, Math.min(items.length - 1, at + step))];
    if (!to) return;
    if (isRange && at >= 0) {
      if (this.selection.size === 0) this.selection.toggle(items[at]?.dataset.id ?? '');
      this.selection.extendTo(to.dataset.id ?? '', this.order());
    }
    to.focus();
  }

  // To the selection where the comment belongs to one, else to it alone.
  private act(action: string, id: string, more: object = {}) {
    return this.around.attempt(async () => {
      const comments = this.selection.has(id) ? this.selection.all() : [id];
      const at = this.order().indexOf(id);
      const acted = await this.around.api.ask<Acted>('POST', 'moderation/acts', {
        action,
        comments,
        ...more,
      });
      this.take(acted, at);
      this.lastAct = acted.act;
      const text = `${done[action]} ${counted(acted.comments.length)}.`;
      this.around.say(text, acted.act === null ? undefined : () => void this.undo());
    });
  }

  private undo() {
    return this.around.attempt(async () => {
      if (this.lastAct === null) return;
      const act = this.lastAct;
      this.lastAct = null;
      const { comments } = await this.around.api.ask<Acted>('POST', 'moderation/undo', { act });
      await this.load();
      this.around.say(`Undone for ${counted(comments.length)}.`);
      this.items()
        .find((item) => item.dataset.id === comments[0]?.id)
        ?.focus();
    });
  }

  // What does not belong into the list any more leaves it, and the focus stays near.
  private take({ comments }: Acted, at: number) {
    for (const changed of comments) {
      const place = this.comments.findIndex(({ id }) => id === changed.id);
      const before = this.comments[place];
      if (!before) continue;
      this.waiting += Number(changed.status === 'pending') - Number(before.status === 'pending');
      this.reported += Number(isReported(changed)) - Number(isReported(before));
      this.comments[place] = changed;
    }
    const status = this.status.value;
    this.comments = this.comments.filter((one) =>
      status === 'reported' ? isReported(one) : status === 'all' || one.status === status,
    );
    this.selection.keepOnly(status === 'all' ? [] : this.order());
    this.show();
    const items = this.items();
    (items[Math.min(at, items.length - 1)] ?? this.element.querySelector('h1'))?.focus();
  }

  private show() {
    const focused = this.current();
    this.list.replaceChildren(
      ...this.comments.map((comment) =>
        h('li', {}, commentItem(comment, this.selection.has(comment.id), this.actions)),
      ),
    );
    this.showCount();
    // An empty queue is told above already.
    const isTold = this.waiting === 0 && this.status.value === 'pending';
    if (this.comments.length === 0 && !isTold)
      this.list.append(h('li', { class: 'faint' }, 'No comments.'));
    this.more.hidden = this.next === null;
    this.showSelection();
    this.items()
      .find((item) => item.dataset.id === focused)
      ?.focus();
  }

  private showSelection() {
    for (const item of this.items()) {
      const isSelected = this.selection.has(item.dataset.id ?? '');
      item.classList.toggle('selected', isSelected);
      const check = item.querySelector('input');
      if (check) check.checked = isSelected;
    }
    const [first] = this.selection.all();
    this.bulk.hidden = first === undefined;
    if (first === undefined) return;
    this.bulk.replaceChildren(
      h('span', {}, `${this.selection.size} selected`),
      button('Approve all', () => void this.act('approve', first)),
      button('All are spam', () => void this.act('spam', first)),
      button('Delete all', () => void this.act('delete', first)),
      button('Select every one', () => this.selection.toggleAll(this.order())),
    );
  }
}
