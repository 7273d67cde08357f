/** What this browser keeps for the widget; keys are `parlance:{site}/…` in localStorage. */

const prefix = 'parlance:';

/**
 * The reader's own storage for one site. A browser that refuses it, or has no room, keeps nothing: the widget works all the same.
 */
export class Storage {
  private readonly sitePrefix: string;
  private readonly listen: (event: StorageEvent) => void;

  /** `onChange` hears of entries that another tab has changed; the value is empty when it removed one. */
  constructor(site: string, onChange: (key: string, value: string) => void) {
    this.sitePrefix = `${prefix}${site}/`;
    this.listen = ({ key, newValue }) => {
      if (key?.startsWith(this.sitePrefix)) onChange(key.slice(prefix.length), newValue ?? '');
    };
    window.addEventListener('storage', this.listen);
  }

  /** Every entry, its key without the prefix. */
  entries(): (readonly [key: string, value: string])[] {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.sitePrefix))
        .map((key) => [key.slice(prefix.length), localStorage.getItem(key) ?? ''] as const);
    } catch {
      return [];
    }
  }

  /** One entry; empty when there is none. */
  read(key: string): string {
    return this.entries().find(([name]) => name === key)?.[1] ?? '';
  }

  /** An empty value removes the entry. Answers whether it was done: a storage can be refused, or full. */
  save(key: string, value: string): boolean {
    try {
      if (value) localStorage.setItem(prefix + key, value);
      else localStorage.removeItem(prefix + key);
      return true;
    } catch {
      return false;
    }
  }

  destroy(): void {
    window.removeEventListener('storage', this.listen);
  }
}
