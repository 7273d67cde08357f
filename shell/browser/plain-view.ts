/** Why a widget shows itself as ordinary HTML. */
type Reason = 'asked' | 'denied' | 'print' | 'forced-colors';

/** Knows whether the widget is to be plain: on request, without WebGL2, in print and in forced colours. */
export class PlainView {
  private readonly reasons = new Set<Reason>();
  private readonly ended = new AbortController();

  /** `onChange` is called when the answer changes; for print, before the page is laid out for paper. */
  constructor(
    isAsked: boolean,
    private readonly onChange: (isForPrint: boolean) => void,
  ) {
    const { signal } = this.ended;
    if (isAsked) this.reasons.add('asked');
    const forced = matchMedia('(forced-colors: active)');
    if (forced.matches) this.reasons.add('forced-colors');
    forced.addEventListener('change', () => this.set('forced-colors', forced.matches), { signal });

    const print = matchMedia('print');
    if (print.matches) this.reasons.add('print');
    print.addEventListener('change', () => this.set('print', print.matches), { signal });
    window.addEventListener('beforeprint', () => this.set('print', true), { signal });
    window.addEventListener('afterprint', () => this.set('print', false), { signal });
  }

  get isPlain(): boolean {
    return this.reasons.size > 0;
  }

  /** Whether it is for the reader to say. */
  get isChoice(): boolean {
    return !this.isPlain || (this.reasons.size === 1 && this.reasons.has('asked'));
  }

  /** The reader, or the page, asks for it or asks no longer. */
  ask(isAsked: boolean): void {
    this.set('asked', isAsked);
  }

  /** There is no WebGL2. */
  deny(): void {
    this.set('denied', true);
  }

  destroy(): void {
    this.ended.abort();
  }

  private set(reason: Reason, holds: boolean): void {
    const wasPlain = this.isPlain;
    if (holds) this.reasons.add(reason);
    else this.reasons.delete(reason);
    if (this.isPlain !== wasPlain) this.onChange(reason === 'print');
  }
}
