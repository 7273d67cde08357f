/** The moderators' console: signs in, and shows the queue, the audit log, the settings and the account. */
import { accountView } from './account';
import type { Moderator } from './api';
import { ConsoleApi, Refusal } from './api';
import { auditView } from './audit';
import { button, h } from './dom';
import { QueueView } from './queue';
import { rulesView } from './settings';
import { signInView } from './sign-in';
import { teamView } from './team';

const pages = [
  ['queue', 'Queue'],
  ['audit', 'Audit log'],
  ['settings', 'Settings'],
  ['team', 'Team'],
  ['account', 'Account'],
] as const;

class Console {
  private readonly api = new ConsoleApi();
  private readonly main = h('main');
  private readonly toast = h('div', { role: 'status', class: 'toast' });
  private readonly nav = h('nav', { 'aria-label': 'Pages' });
  private queue: QueueView | null = null;
  private moderator: Moderator | null = null;

  async start() {
    addEventListener('hashchange', () => void this.show());
    addEventListener('keydown', (event) => this.onKey(event));
    if (!this.api.isSignedIn) return this.signOut();
    await this.attempt(async () => {
      const { moderator } = await this.api.ask<{ moderator: Moderator }>('GET', 'session');
      await this.signIn(moderator);
    });
  }

  private readonly say = (text: string, undo?: () => void) => {
    this.toast.replaceChildren(h('span', {}, text), undo ? button('Undo', undo) : '');
  };

  private readonly attempt = async (job: () => Promise<void>) => {
    try {
      await job();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const hasEnded = error.code.startsWith('token_');
      if (hasEnded) this.signOut(error.message);
      else this.say(error.message);
    }
  };

  private readonly signOut = (notice = '') => {
    this.api.forget();
    this.moderator = null;
    this.leaveQueue();
    const view = signInView(this.api, (moderator) => void this.signIn(moderator), notice);
    document.body.replaceChildren(view);
    view.querySelector<HTMLInputElement>('input')?.focus();
  };

  private async signIn(moderator: Moderator) {
    this.moderator = moderator;
    const leave = async () => {
      await this.api.ask('DELETE', 'session');
      this.signOut();
    };
    const header = h(
      'header',
      { class: 'top' },
      h('strong', {}, this.api.site),
      this.nav,
      h('span', { class: 'faint' }, moderator.name),
      button('Sign out', () => void this.attempt(leave)),
    );
    document.body.replaceChildren(header, this.main, this.toast);
    await this.show();
  }

  private async show() {
    const { moderator } = this;
    if (!moderator) return;
    // Only owners see to the team.
    const shown = pages.filter(([name]) => name !== 'team' || moderator.role === 'owner');
    const page = shown.find(([name]) => `#${name}` === location.hash)?.[0] ?? 'queue';
    this.nav.replaceChildren(
      ...shown.map(([name, title]) =>
        h('a', { href: `#${name}`, ...(name === page && { 'aria-current': 'page' }) }, title),
      ),
    );
    document.title = `${pages.find(([name]) => name === page)?.[1]} – ${this.api.site}`;
    const around = { api: this.api, say: this.say, attempt: this.attempt };
    this.leaveQueue();
    await this.attempt(async () => {
      if (page === 'audit') this.main.replaceChildren(await auditView(around));
      if (page === 'settings') {
        this.main.replaceChildren(await rulesView(around, moderator.role === 'owner'));
      }
      if (page === 'team') this.main.replaceChildren(await teamView(around, moderator.name));
      if (page === 'account')
        this.main.replaceChildren(accountView(around, moderator, this.signOut));
      if (page !== 'queue') return;
      this.queue = new QueueView(around);
      this.main.replaceChildren(this.queue.element);
      await this.queue.load();
    });
  }

  private leaveQueue() {
    this.queue?.end();
    this.queue = null;
  }

  // Keys belong to the queue, but not while somebody types.
  private onKey(event: KeyboardEvent) {
    const { target } = event;
    const isTyping =
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && target.type !== 'checkbox');
    const isOther = event.ctrlKey || event.metaKey || event.altKey;
    if (isTyping || isOther || !this.queue || document.querySelector('dialog')) return;
    if (this.queue.onKey(event)) event.preventDefault();
  }
}

void new Console().start();
