/** Why there was no answer, as parlance_http_response numbers it. */
const Why = { offline: 0, unreachable: 1, tooLate: 2 } as const;

/** How a request went. `status` is 0 when there was no answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly why: number;
  /** Milliseconds, when the server has said how long to wait. */
  readonly retryAfter?: number | undefined;
  readonly body: Uint8Array;
}

/** What is asked of the API. */
export interface HttpQuestion {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** From "/v1/" on. */
  readonly path: string;
  readonly body: string;
  readonly token: string;
  readonly idempotencyKey: string;
}

const attemptMilliseconds = 15_000;
const readAttempts = 4;
const firstPauseMilliseconds = 500;
const longestPauseMilliseconds = 30_000;
const largestBody = 8 * 1024 * 1024;

/** Answers that another attempt may better. */
const passingStatuses: readonly number[] = [0, 408, 429, 502, 503, 504];

const nobody = new Uint8Array(0);

/** Talks to the API at one address. Reads are retried, writes are sent once. */
export class Http {
  private readonly ended = new AbortController();

  /**
   * `firstPage` answers the first read that asks for the same as `firstPagePath` in the name of the same reader; `ownToken`
   * says who the reader is, where somebody else than the server knows.
   */
  constructor(
    private readonly api: string,
    private readonly firstPagePath: string,
    private firstPage: Promise<Response> | undefined,
    private readonly firstPageToken: string,
    private readonly ownToken?: () => Promise<string>,
  ) {}

  /** Never rejects. Never settles once destroyed. */
  async ask(question: HttpQuestion): Promise<HttpAnswer> {
    const attempts = question.method === 'GET' ? readAttempts : 1;
    for (let attempt = 1; ; attempt += 1) {
      if (attempt > 1) await this.online();
      const answer = await this.attempt(question);
      if (this.ended.signal.aborted) return new Promise(() => {});
      if (attempt === attempts || !passingStatuses.includes(answer.status)) return answer;
      await pause(Math.min(answer.retryAfter ?? pauseBefore(attempt), longestPauseMilliseconds));
    }
  }

  /** Breaks off everything that is under way. */
  destroy(): void {
    this.ended.abort();
  }

  private async attempt(question: HttpQuestion): Promise<HttpAnswer> {
    const abort = new AbortController();
    const end = (): void => abort.abort();
    this.ended.signal.addEventListener('abort', end, { once: true });
    let why: number = Why.unreachable;
    const timer = setTimeout(() => {
      why = Why.tooLate;
      abort.abort();
    }, attemptMilliseconds);
    try {
      const response = await this.respond(question, abort.signal);
      const body = await Promise.race([readBody(response), aborted(abort.signal)]);
      return { status: response.status, why, retryAfter: retryAfter(response), body };
    } catch {
      if (!navigator.onLine) why = Why.offline;
      return { status: 0, why, body: nobody };
    } finally {
      clearTimeout(timer);
      this.ended.signal.removeEventListener('abort', end);
    }
  }

  private async respond(question: HttpQuestion, signal: AbortSignal): Promise<Response> {
    const early = this.takeFirstPage(question);
    if (early) {
      const response = await Promise.race([early, aborted(signal)]).catch(() => undefined);
      if (response) return response;
    }
    const own = await Promise.race([this.asPerson(question), aborted(signal)]);
    if (own) return own;
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (question.body) headers['Content-Type'] = 'application/json';
    if (question.token) headers['Authorization'] = `Bearer ${question.token}`;
    if (question.idempotencyKey) headers['Idempotency-Key'] = question.idempotencyKey;
    return fetch(this.api + question.path, {
      method: question.method,
      headers,
      body: question.body || null,
      credentials: 'omit',
      signal,
    });
  }

  /** The publisher's answer to who the reader is; nothing when the server is to make them a guest. */
  private async asPerson({ method, path }: HttpQuestion): Promise<Response | undefined> {
    if (!this.ownToken || method !== 'POST' || !path.endsWith('/guests')) return undefined;
    try {
      const token = await this.ownToken();
      return token ? Response.json({ token }) : undefined;
    } catch {
      const error = { code: 'token_expired', message: 'the page has no token' };
      return Response.json({ error }, { status: 401 });
    }
  }

  private takeFirstPage(question: HttpQuestion): Promise<Response> | undefined {
    if (question.method !== 'GET' || question.token !== this.firstPageToken) return undefined;
    if (!isSamePath(question.path, this.firstPagePath)) return undefined;
    const early = this.firstPage;
    this.firstPage = undefined;
    return early;
  }

  private online(): Promise<void> {
    if (navigator.onLine) return Promise.resolve();
    return new Promise((resolve) => {
      const options = { once: true, signal: this.ended.signal };
      window.addEventListener('online', () => resolve(), options);
    });
  }
}

/** Whether two paths ask for the same, whichever letters they escape. */
function isSamePath(one: string, other: string): boolean {
  try {
    return decodeURIComponent(one) === decodeURIComponent(other);
  } catch {
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}

/** Twice as long each time, and up to half of it by chance, so that readers do not come back all at once. */
function pauseBefore(attempt: number): number {
  return firstPauseMilliseconds * 2 ** (attempt - 1) * (1 + Math.random() / 2);
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The header in milliseconds, whichever of its two forms it has. */
export function retryAfter(response: Response): number | undefined {
  const value = response.headers.get('Retry-After');
  if (value === null) return undefined;
  const seconds = Number(value);
  const milliseconds = Number.isNaN(seconds) ? Date.parse(value) - Date.now() : seconds * 1000;
  if (Number.isNaN(milliseconds)) return undefined;
  return Math.max(milliseconds, 0);
}

async function readBody(response: Response): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  if (!reader) return nobody;
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > largestBody) {
      void reader.cancel();
      throw new Error('the answer is too large');
    }
    pieces.push(value);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}
