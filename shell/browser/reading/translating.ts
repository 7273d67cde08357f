import type { Mirror, MirrorListener } from '../contracts';
import { isSameText } from '../shared';

/** The bits of SpanStyle in widget/text/markup.h that the mirror makes elements for. */
const styles: Readonly<Record<string, number>> = { STRONG: 1, EM: 2, S: 4, CODE: 8 };

/**
 * Page translators, and whoever else rewrites what stands on a page, find a thread's words in its mirror. What they put in their place is
 * told to the widget, which draws it. Their own nodes are left where they are: translators go back to them.
 */
export class TranslationWatch {
  private readonly observer = new MutationObserver((records) => this.look(records));
  private seen: MutationRecord[] = [];

  constructor(
    private readonly mirror: Mirror,
    private readonly listener: MirrorListener,
    signal: AbortSignal,
  ) {
    const what = { childList: true, characterData: true, subtree: true };
    this.observer.observe(mirror.element, what);
    signal.addEventListener('abort', () => this.observer.disconnect());
  }

  /** To be called before a patch. It lies in the module's memory, which nobody may touch until it has been applied. */
  note(): void {
    this.seen.push(...this.observer.takeRecords());
  }

  /** To be called after it: what it has changed is nobody else's work. */
  resume(): void {
    this.observer.takeRecords();
    if (this.seen.length === 0) return;
    queueMicrotask(() => this.look(this.seen.splice(0)));
  }

  private look(records: readonly MutationRecord[]): void {
    const owners = new Set<number>();
    for (const { target } of records) {
      const element = target instanceof Element ? target : target.parentElement;
      if (element?.isConnected) owners.add(this.mirror.owner(element));
    }
    // Many places have the same label.
    const told = new Map<string, string>();
    for (const owner of owners) {
      const text = this.mirror.textOf(owner);
      for (const { said, shown } of text?.passages() ?? []) {
        const pieces = piecesOf(shown);
        const words = pieces.map((piece) => piece.words).join('');
        if (words === '' || isSameText(words, said)) continue;
        text?.leave();
        told.set(said.trimEnd(), pieces.map(encode).join(''));
      }
    }
    for (const [original, pieces] of told) this.listener.translated(original, pieces);
  }
}

interface Piece {
  readonly style: number;
  readonly address: string;
  words: string;
}

function encode({ style, address, words }: Piece): string {
  return `\x1e${style.toString(32)}${address}\x1f${words}`;
}

/** The words of `nodes` in stretches of one style, white space folded and line breaks as line feeds. */
function piecesOf(nodes: readonly Node[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (words: string, style: number, address: string) => {
    const last = pieces.at(-1);
    const folded = words.replace(/[\x1c-\x1f]/g, '').replace(/\s+/g, ' ');
    const added = !last || /\s$/.test(last.words) ? folded.trimStart() : folded;
    if (last?.style === style && last.address === address) last.words += added;
    else if (added !== '') pieces.push({ style, address, words: added });
  };
  const breakLine = () => {
    const last = pieces.at(-1);
    if (last) last.words = `${last.words.trimEnd()}\n`;
  };
  const walk = (node: Node, style: number, address: string) => {
    if (node instanceof Text) add(node.data, style, address);
    else if (node.nodeName === 'BR') breakLine();
    if (!(node instanceof Element)) return;
    const link = node.nodeName === 'A' ? (node.getAttribute('href') ?? '') : address;
    const all = style | (styles[node.nodeName] ?? 0);
    for (const child of node.childNodes) walk(child, all, link);
  };
  for (const node of nodes) walk(node, 0, '');
  const last = pieces.at(-1);
  if (last) last.words = last.words.trimEnd();
  return pieces;
}
