/** The thread as an Artalk server tells it: pages of roots, and the comments below them in the same list. */
import { repliesByRoot, sortedRoots } from '../thread.mjs';
import { toHtml } from './html.mjs';

const sorts = { date_desc: 'newest', date_asc: 'oldest', vote: 'votes' };

/** Answers requests below /api/v2/. `version` is the client's, so that it does not complain of another one. */
export function artalkApi(comments, key, version) {
  const replies = repliesByRoot(comments);
  const pages = new Map();
  const page = { id: 1, key, title: key, url: key, admin_only: false, site_name: 'bench', pv: 1 };

  function makePage(sort, limit, offset) {
    const roots = sortedRoots(comments, sort);
    const listed = roots
      .slice(offset, offset + limit)
      .flatMap((root) => [root, ...replies.get(root.id)])
      .map((comment) => toArtalk(comment, key));
    const counts = { count: comments.length, roots_count: roots.length };
    return Buffer.from(JSON.stringify({ comments: listed, ...counts, page }));
  }

  const others = {
    conf: { frontend_conf: {}, version: { app: 'artalk', version, commit_hash: '' } },
    'user/info': { is_login: false, user: {}, notifies: [], notifies_count: 0 },
    'user/status': { is_admin: false, is_login: false },
    'pages/pv': { pv: 1 },
    'stats/page_comment': { data: { [key]: comments.length } },
    'stats/page_pv': { data: { [key]: 1 } },
  };

  return ({ pathname, searchParams }) => {
    const what = pathname.slice(pathname.indexOf('/api/v2/') + '/api/v2/'.length);
    if (what !== 'comments') return others[what] && Buffer.from(JSON.stringify(others[what]));
    const sort = sorts[searchParams.get('sort_by')] ?? 'newest';
    const limit = Number(searchParams.get('limit') ?? 20);
    const offset = Number(searchParams.get('offset') ?? 0);
    const name = `${sort} ${limit} ${offset}`;
    if (!pages.has(name)) pages.set(name, makePage(sort, limit, offset));
    return pages.get(name);
  };
}

function toArtalk({ number, parent, author, created, text, up, down }, key) {
  return {
    id: number,
    rid: parent?.number ?? 0,
    content: text,
    content_marked: toHtml(text),
    nick: author,
    email_encrypted: number.toString(16).padStart(64, '0'),
    link: '',
    ua: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/126.0.0.0',
    date: new Date(created * 1000).toISOString().replace('T', ' ').slice(0, 19),
    user_id: number,
    is_allow_reply: true,
    is_collapsed: false,
    is_pending: false,
    is_pinned: false,
    is_verified: false,
    visible: true,
    vote_up: up,
    vote_down: down,
    page_key: key,
    page_url: key,
    site_name: 'bench',
    badge_color: '',
    badge_name: '',
    ip_region: '',
  };
}
