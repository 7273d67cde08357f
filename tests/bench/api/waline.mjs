/** The thread as a Waline server tells it: pages of roots, everything below a root in one flat list. */
import { repliesByRoot, sortedRoots } from '../thread.mjs';
import { toHtml } from './html.mjs';

const sorts = { insertedAt_desc: 'newest', insertedAt_asc: 'oldest', like_desc: 'votes' };

/** Answers requests below /api/. */
export function walineApi(comments) {
  const replies = repliesByRoot(comments);
  const pages = new Map();

  function makePage(sort, size, page) {
    const roots = sortedRoots(comments, sort);
    const data = roots.slice((page - 1) * size, page * size).map((root) => ({
      ...toWaline(root),
      children: replies.get(root.id).map(toWaline),
    }));
    const totalPages = Math.ceil(roots.length / size);
    const body = { page, totalPages, pageSize: size, count: comments.length, data };
    return Buffer.from(JSON.stringify({ errno: 0, errmsg: '', data: body }));
  }

  return ({ pathname, searchParams }) => {
    if (!pathname.endsWith('/comment')) return undefined;
    const sort = sorts[searchParams.get('sortBy')] ?? 'newest';
    const size = Number(searchParams.get('pageSize') ?? 10);
    const page = Number(searchParams.get('page') ?? 1);
    const name = `${sort} ${size} ${page}`;
    if (!pages.has(name)) pages.set(name, makePage(sort, size, page));
    return pages.get(name);
  };
}

function toWaline({ number, parent, root, author, created, text, up }) {
  const html = toHtml(text);
  const comment = {
    objectId: number,
    nick: author,
    link: '',
    avatar: '',
    type: '',
    status: 'approved',
    comment: html,
    orig: text,
    time: created * 1000,
    like: up,
    browser: 'Chrome 126',
    os: 'Linux',
    sticky: false,
  };
  if (!parent) return comment;
  const answered = { nick: parent.author, link: '', avatar: '' };
  return { ...comment, pid: parent.number, rid: root.number, reply_user: answered };
}
