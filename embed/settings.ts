/** What the publisher has written on the tag. */

import type { MountOptions } from '../shell/browser/contracts';

/** The settings of one thread. */
export interface Settings {
  readonly site: string;
  readonly thread: string;
  /** The API's address, without a slash at its end. */
  readonly api: string;
  readonly sort: MountOptions['sort'];
  readonly load: MountOptions['load'];
  readonly view: MountOptions['view'];
  readonly live: MountOptions['live'];
  /** A token of one of the publisher's own users. */
  readonly token: string;
  /** A page on which the thread can be read; where a reader is sent when nothing can be shown here. */
  readonly url: string;
}

/** The attributes of `<parlance-thread>`; on the script tag each of them begins with "data-". */
export const attributeNames = [
  'site',
  'thread',
  'api',
  'sort',
  'load',
  'view',
  'live',
  'token',
  'url',
] as const;

/** The settings that stand on `element`; the rest as they are without. `origin` is where the script came from. */
export function readSettings(element: Element, origin: string): Settings {
  const read = (name: (typeof attributeNames)[number]) => element.getAttribute(name);
  const canonical = document.querySelector<HTMLLinkElement>('link[rel="canonical"]')?.href;
  const url = read('url') || location.href;
  return {
    site: read('site') || '',
    thread: read('thread') || pathOf(canonical || url),
    api: new URL(read('api') || origin, location.href).href.replace(/\/+$/, ''),
    sort: oneOf(read('sort'), ['votes', 'newest', 'oldest', 'best']),
    load: oneOf(read('load'), ['near', 'all']),
    view: readView(element),
    live: oneOf(read('live'), ['off']),
    token: read('token') || '',
    url,
  };
}

/** The view that `element` asks for. */
export function readView(element: Element): MountOptions['view'] {
  return oneOf(element.getAttribute('view'), ['plain']);
}

/** Where the comments of a thread are, beneath the API's address. */
export function firstPagePath({ site, thread, sort }: Settings): string {
  const path = `/v1/sites/${encodeURIComponent(site)}/threads/${encodeURIComponent(thread)}`;
  return `${path}/comments?sort=${sort ?? 'votes'}&limit=50`;
}

/** The thread of a page that names none: its address without what changes from visit to visit. */
function pathOf(address: string): string {
  const path = new URL(address, location.href).pathname.replace(/\/(index\.html?)?$/, '');
  return path || '/';
}

function oneOf<Choice extends string>(
  value: string | null,
  choices: readonly Choice[],
): Choice | undefined {
  return choices.find((choice) => choice === value);
}
