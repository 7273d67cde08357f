import { fetchFirstPage } from './downloads';
import type { Settings } from './settings';

interface ReadComment {
  id: string;
  parent?: string;
  author: string;
  created: number;
  text: string;
  status?: string;
}

/** The comments as plain text, for readers whose browser cannot run the widget. Never rejects. */
export async function showFallback(
  root: ShadowRoot,
  settings: Settings,
  firstPage: Promise<Response> | undefined,
): Promise<void> {
  let content: Node[];
  try {
    content = list(await readComments(settings, firstPage));
    content.push(make('p', link('Open the comments on their page', settings.url)));
  } catch {
    content = [
      make('p', 'The comments could not be loaded. ', link('Open their page', settings.url)),
    ];
  }
  showStatic(root, ...content);
}

/** Shows `content` and nothing else. */
export function showStatic(root: ShadowRoot, ...content: (string | Node)[]): void {
  const section = make('div', ...content);
  section.className = 'static';
  root.replaceChildren(section);
}

async function readComments(
  settings: Settings,
  firstPage: Promise<Response> | undefined,
): Promise<ReadComment[]> {
  let response = await firstPage?.catch(() => undefined);
  if (!response || response.bodyUsed) response = await fetchFirstPage(settings);
  const page: { comments: ReadComment[] } = await response.json();
  return page.comments;
}

function list(comments: ReadComment[]): Node[] {
  const depths = new Map<string, number>();
  return comments.map((comment) => {
    const depth = Math.min((depths.get(comment.parent ?? '') ?? -1) + 1, 5);
    depths.set(comment.id, depth);
    const date = new Date(comment.created * 1000);
    const time = make('time', date.toLocaleString(document.documentElement.lang || undefined));
    time.dateTime = date.toISOString();
    const isDeleted = comment.status === 'deleted';
    const text = make('p', isDeleted ? 'This comment was deleted.' : comment.text);
    text.dir = 'auto';
    const author = make('b', comment.author);
    author.dir = 'auto';
    const article = make('article', author, ' ', time, text);
    article.style.marginInlineStart = `${depth}em`;
    return article;
  });
}

function link(text: string, href: string): HTMLAnchorElement {
  const element = make('a', text);
  const { protocol, href: address } = new URL(href, location.href);
  if (protocol.startsWith('http')) element.href = address;
  return element;
}

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  ...content: (string | Node)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  element.append(...content);
  return element;
}
