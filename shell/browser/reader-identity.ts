import type { MountOptions } from './contracts';

/** Whom a token speaks for; without a name, a guest. */
export interface Person {
  readonly token: string;
  readonly name: string;
  readonly avatar: string;
}

/**
 * Who the reader is to the page around, where the publisher knows its readers. The page is asked at once, and again when a token has
 * expired or the page says that somebody else reads now. Whom it does not know is the guest that they were before.
 */
export class ReaderIdentity {
  private told = '';

  /** `guestToken` is what this browser keeps; `tell` hears of everybody who the reader turns out to be. */
  constructor(
    private readonly options: MountOptions,
    private readonly guestToken: () => string,
    private readonly tell: (person: Person) => void,
  ) {}

  /** Tells who is known already; others are told when the page has answered. */
  begin(): void {
    const { firstToken, pageToken } = this.options;
    if (pageToken) this.take(pageToken);
    // Where the page fails there is nobody to tell of; whoever writes will hear of it.
    firstToken?.then((token) => token === pageToken || this.take(token)).catch(() => {});
  }

  /** Asks the page for a token that counts; tells who it is for when that is somebody else. */
  async token(): Promise<string> {
    const token = (await this.options.getToken?.()) || '';
    const { name, avatar } = personOf(token);
    if (name + avatar !== this.told) this.take(token);
    return token || this.guestToken();
  }

  /** Somebody else may be signed in on the page now, or nobody. Never rejects. */
  async ask(): Promise<void> {
    try {
      this.take((await this.options.getToken?.()) || '');
    } catch {
      // As long as nobody can say who it is, it is who it was.
    }
  }

  private take(token: string | undefined): void {
    const { name, avatar } = personOf(token || '');
    this.told = name + avatar;
    this.tell({ token: token || this.guestToken(), name, avatar });
  }
}

/** What a JSON Web Token says of the one it speaks for. Only the server can tell whether that is true. */
function personOf(token: string): Omit<Person, 'token'> {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const json = new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
    const { name, picture }: { name?: unknown; picture?: unknown } = JSON.parse(json);
    const isPicture = typeof picture === 'string' && picture.startsWith('https://');
    return { name: typeof name === 'string' ? name : '', avatar: isPicture ? picture : '' };
  } catch {
    return { name: '', avatar: '' };
  }
}
