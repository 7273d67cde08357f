import type { MountOptions } from './contracts';
import { PlainView } from './plain-view';

/** Which view a widget has: the page's wish, the reader's choice that this browser keeps, and what the browser can do. */
export class ViewChoice extends PlainView {
  private readonly key: string;

  /** `onChange` as in PlainView. */
  constructor({ site, view }: MountOptions, onChange: (isForPrint: boolean) => void) {
    super(view === 'plain', onChange);
    this.key = `${site}/view`;
  }

  /** The page wishes for a view; like the reader's own choice, until they choose again. */
  wish(view: MountOptions['view']): void {
    this.ask(view === 'plain');
  }

  /** An entry of the storage has been kept: the reader's choice is the only one that is not for the widget itself. */
  kept(key: string, value: string): void {
    if (key === this.key) this.ask(value === 'plain');
  }
}
