/** What the parts of the browser shell promise each other. */

/** The widget's colours, as CSS colours; the names are those of `Palette` in widget/views/theme.h. */
export interface Palette {
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly border: string;
  readonly surface: string;
  readonly hover: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly danger: string;
  readonly focus: string;
  readonly highlight: string;
  readonly background: string;
}

/** What the page around a widget looks like; colours are opaque 0xRRGGBBAA. */
export interface PageStyle {
  readonly text: number;
  readonly background: number;
  readonly link: number;
  /** The resolved CSS font-family list of the element that the widget stands in. */
  readonly fontFamily: string;
  /** CSS pixels. */
  readonly fontSize: number;
  /** CSS pixels. */
  readonly lineHeight: number;
  readonly isRightToLeft: boolean;
  readonly prefersReducedMotion: boolean;
  /** The reader points with a finger. */
  readonly hasCoarsePointer: boolean;
  /** The language of the page, for fonts that draw it differently (`lang`). */
  readonly language: string;
}

/** The CSS font-family list for code. */
export const monoFamily =
  "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace";

export type ActionKind = 'activate' | 'set-text' | 'submit' | 'cancel' | 'next' | 'previous';

/** What the mirror tells the widget. */
export interface MirrorListener {
  /** `value` and `naturalHeight` (CSS pixels) belong to 'set-text'. */
  action(node: number, kind: ActionKind, value: string, naturalHeight: number): void;
  /** What the pointer and the focus are on now; 0 for nothing. Called only when one of them changed. */
  pointed(hovered: number, pressed: number, focused: number): void;
  /** A page translator has put `pieces` in the place of `original`; both as Translations::note in widget/text/translations.h wants them. */
  translated(original: string, pieces: string): void;
  /** Find-in-page has hit a comment that is not drawn. */
  revealNode(article: number): void;
}

/** A comment that is loaded but not drawn. */
export interface ReadingEntry {
  readonly author: string;
  readonly text: string;
}

/** A text, or one paragraph of it. */
export interface Passage {
  readonly said: string;
  /** What stands in the document in its place; mostly the mirror's own. */
  readonly shown: readonly Node[];
}

/** The text of one node. */
export interface MirroredText {
  passages(): readonly Passage[];
  /** What stands there is somebody else's from now on, and stays for as long as the widget says the same. */
  leave(): void;
}

/** The semantic DOM over the canvas. */
export interface Mirror {
  /** The element that holds everything the mirror makes; it lies over the canvas. */
  readonly element: HTMLElement;
  /** Applies a patch (the format is written down in semantic_patch.h). */
  apply(patch: DataView): void;
  /**
   * Brings the undrawn comments into line with `order` (all loaded comments, in reading order), in idle slices.
   * A later call takes the place of one that is still at work.
   */
  syncReadingOrder(order: Uint32Array, entry: (article: number) => ReadingEntry | undefined): void;
  /** The comment reads differently now; the next syncReadingOrder() asks for its words again. */
  forgetWords(article: number): void;
  setPalette(palette: Palette): void;
  setFontFamily(family: string): void;
  /** Plain view: the mirror is ordinary visible HTML and the canvas is not there. */
  setPlain(isPlain: boolean): void;
  /** No canvas below yet, or not any more: the texts that lie over it are to be seen themselves. */
  setBare(isBare: boolean): void;
  focus(node: number): void;
  /** The id of the node that `element` is a part of; 0 for none. */
  owner(element: Element): number;
  /** The element of a node; nothing when it is not there. */
  elementOf(node: number): HTMLElement | undefined;
  /** The text of a node; nothing when the node is not there. */
  textOf(node: number): MirroredText | undefined;
  /** Called before and after each patch. */
  around: { before(): void; after(): void } | undefined;
  /** The comment, drawn or not, whose article `element` is; 0 for none. */
  articleOf(element: Element): number;
  announce(text: string, isAssertive: boolean): void;
  destroy(): void;
}

/** Where a reader was in a thread. CSS pixels. */
export interface ReadingPlace {
  /** The id of the first comment that they saw, and how far below the window's top it began; nothing when they were below the widget. */
  readonly comment?: string;
  readonly top?: number;
  /** How far the page was scrolled. */
  readonly scrolled: number;
}

/** What a widget is made with. */
export interface MountOptions {
  readonly site: string;
  readonly thread: string;
  /** The API's address, without a slash at its end: requests go to `{api}/v1/…`. */
  readonly api: string;
  readonly sort?: 'votes' | 'newest' | 'oldest' | 'best' | undefined;
  /** How far ahead of the reader comments are loaded: near the visible part (the default), or all of them. */
  readonly load?: 'near' | 'all' | undefined;
  /** 'plain' shows ordinary HTML and no canvas. */
  readonly view?: 'plain' | undefined;
  /** 'off' asks for no stream of what happens in the thread. */
  readonly live?: 'off' | undefined;
  /**
   * Asks the page for a token of one of the publisher's own users: when it has expired, and when the page says that somebody else
   * reads now. Nothing or an empty text: the reader is a guest.
   */
  readonly getToken?: (() => string | undefined | Promise<string | undefined>) | undefined;
  /** Its first answer, asked for while the widget was still loading. */
  readonly firstToken?: Promise<string | undefined> | undefined;
  /** The token that `firstPage` was asked for with: what `firstToken` comes to, if that was at hand. */
  readonly pageToken?: string | undefined;
  /**
   * The answer to `GET {api}/v1/sites/{site}/threads/{thread}/comments?sort={sort}&limit=50`, asked for while the
   * widget was still loading.
   */
  readonly firstPage?: Promise<Response> | undefined;
  /** Where to bring the reader back to. The element is as tall as it was then, by its style. */
  readonly place?: ReadingPlace | undefined;
  /** The WebAssembly module, asked for while this script was still loading. Only the first widget of a page needs it. */
  readonly wasm?: Promise<Response> | undefined;
  /** Called once when the widget cannot begin, or cannot go on; it has taken itself off the page then. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** A widget on the page. */
export interface Mounted {
  /** Shows the widget in another view, in place: what has the focus keeps it. Nothing is the drawn one. */
  setView(view: MountOptions['view']): void;
  /** Somebody else is signed in on the page now, or nobody: getToken is asked who. */
  readerChanged(): void;
  /** Takes the widget off the page and lets go of everything. */
  destroy(): void;
}
