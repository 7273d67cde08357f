/** The moderators' side of the API, as web/server/openapi.yaml describes it. */

/** Somebody who has signed in. */
export interface Moderator {
  name: string;
  role: 'moderator' | 'owner';
  second_factor: boolean;
}

/** A comment as moderators see it. */
export interface ModeratedComment {
  id: string;
  thread: { key: string; title: string; url: string; closed: boolean };
  author: string;
  email?: string;
  text: string;
  created: number;
  edited?: number;
  status: 'pending' | 'approved' | 'spam' | 'deleted';
  held?: 'approval' | 'links' | 'words' | 'reports';
  pinned: boolean;
  up: number;
  down: number;
  report_count?: number;
  reports?: Report[];
  bannable: boolean;
  ban?: { until: number; reason: string };
}

/** What a reader has told of a comment. */
export interface Report {
  reason: 'spam' | 'rude' | 'off_topic' | 'other';
  text?: string;
  created: number;
}

/** A page of the queue. */
export interface Queue {
  comments: ModeratedComment[];
  next: string | null;
  waiting: number;
  reported: number;
}

/** What an act has changed. */
export interface Acted {
  act: string | null;
  comments: ModeratedComment[];
}

/** An entry of the audit log. */
export interface AuditAct {
  id: string;
  moderator: string;
  action: string;
  made: number;
  thread?: string;
  member?: string;
  reason?: string;
  before?: string;
  after?: string;
  undone_by?: string;
  comments: { id: string; before: string; after: string }[];
}

/** A comment, what it said before, and what was done to it. */
export interface History {
  comment: ModeratedComment;
  revisions: { written: number; text: string }[];
  acts: AuditAct[];
}

/** How comments are moderated without anybody looking. */
export interface Rules {
  approval: 'at_once' | 'first' | 'after_first';
  edit_seconds: number;
  closing_days: number;
  links: number | null;
  held_words: string[];
  spam_words: string[];
  reports: number | null;
  reactions: string[];
  haste: 'hold' | 'allow';
  untimed: 'allow' | 'challenge' | 'hold';
  repeats: 'check' | 'allow';
  challenge: 'never' | 'suspicious' | 'always';
}

/** What is set for one thread. */
export interface ThreadSettings {
  title: string;
  closing: 'by_rule' | 'closed' | 'open';
  approval: Rules['approval'] | null;
}

/** A request that was refused, with the code of the API's list. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly field: string,
  ) {
    super(sentences[code] ?? 'Something went wrong. Please try again.');
  }
}

const sentences: Record<string, string> = {
  sign_in_failed: 'The name, the password or the code is wrong.',
  code_required: 'Please enter the code of your authenticator app.',
  token_invalid: 'You have been signed out. Please sign in again.',
  token_expired: 'You have been signed out. Please sign in again.',
  not_allowed: 'Only owners of the site may do this.',
  unknown_site: 'There is no such site.',
  not_found: 'It is no longer there.',
  unknown_thread: 'Nobody has written in that thread yet.',
  unknown_comment: 'This comment is no longer there.',
  idempotency_conflict: 'Somebody has changed this since, so it stays as it is.',
  invalid_field: 'One of the values cannot be used.',
  rate_limited: 'Too many tries. Please wait a few minutes.',
  unavailable: 'The server is busy. Please try again in a moment.',
  overloaded: 'The server is busy. Please try again in a moment.',
  read_only: 'Nothing can be written at the moment. Please try again later.',
  offline: 'The server cannot be reached. Please check your connection.',
};

const KEPT = 'parlance console';

/** The API of one site. The token is kept for as long as the tab is open. */
export class ConsoleApi {
  private token = '';
  site = '';

  constructor() {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    if (!Array.isArray(kept)) return;
    [this.site, this.token] = kept.map(String) as [string, string];
  }

  /** Whether somebody has signed in within this tab. */
  get isSignedIn() {
    return this.token !== '';
  }

  /** Signs in. Fails with a Refusal. */
  async signIn(site: string, proof: { name: string; password: string; code?: string }) {
    this.site = site;
    this.token = '';
    const { token, moderator } = await this.ask<{ token: string; moderator: Moderator }>(
      'POST',
      'session',
      proof,
    );
    this.token = token;
    sessionStorage.setItem(KEPT, JSON.stringify([site, token]));
    return moderator;
  }

  /** Forgets the token. */
  forget() {
    this.token = '';
    sessionStorage.removeItem(KEPT);
  }

  /** Asks for something below the site's own path. Fails with a Refusal. */
  async ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const headers: Record<string, string> = {};
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    if (body) headers['Content-Type'] = 'application/json';
    let response: Response;
    try {
      response = await fetch(`/v1/sites/${encodeURIComponent(this.site)}/${path}`, {
        method,
        headers,
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Refusal('offline', '');
    }
    if (response.status === 204) return undefined as Answer;
    const answer = await response.json().catch(() => ({}));
    if (response.ok) return answer as Answer;
    throw new Refusal(answer.error?.code ?? 'internal', answer.error?.field ?? '');
  }
}
