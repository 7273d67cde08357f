const allowed = new Set(['http:', 'https:', 'mailto:']);

/** Where a link may lead, and whether that is a place on this page. */
export interface Target {
  readonly href: string;
  readonly isInPage: boolean;
}

/** The target of an address that a stranger wrote; nothing when it is not http, https or mailto. */
export function targetOf(href: string): Target | undefined {
  if (href === '') return undefined;
  const page = location.href.split('#', 1)[0] ?? '';
  // Not document.baseURI: a <base> would turn a place on this page into a place on another.
  const url = parse(href, href.startsWith('#') ? page : document.baseURI);
  if (!url || !allowed.has(url.protocol)) return undefined;
  return { href: url.href, isInPage: url.hash !== '' && url.href.split('#', 1)[0] === page };
}

/** The attributes of a link that a stranger wrote; none when it may not lead there. */
export function linkAttributes(href: string): Readonly<Record<string, string>> {
  const target = targetOf(href);
  if (!target) return {};
  if (target.isInPage) return { href: target.href };
  return { href: target.href, rel: 'nofollow ugc noopener noreferrer', target: '_blank' };
}

/** The address of an image; nothing when it is not http or https. */
export function imageAddress(href: string): string | undefined {
  const url = href === '' ? undefined : parse(href, document.baseURI);
  return url && url.protocol !== 'mailto:' && allowed.has(url.protocol) ? url.href : undefined;
}

function parse(href: string, base: string): URL | undefined {
  try {
    return new URL(href, base);
  } catch {
    return undefined;
  }
}
