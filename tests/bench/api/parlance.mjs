/** The thread over Parlance's own wire (widget/backends/parlance_wire.h). The plain pages read it too. */
import { repliesByRoot, sortedRoots } from '../thread.mjs';

const largestPage = 500;

/** Answers requests below /v1/ about a thread of `comments`, whose key is `key`. */
export function parlanceApi(comments, key) {
  const written = new Map(comments.map((comment) => [comment.id, JSON.stringify(toWire(comment))]));
  const replies = repliesByRoot(comments);
  const orders = new Map();
  const pages = new Map();

  function order(sort) {
    if (!orders.has(sort)) orders.set(sort, sortedRoots(comments, sort));
    return orders.get(sort);
  }

  function makePage(sort, limit, from) {
    const roots = order(sort);
    const parts = [];
    for (const root of roots.slice(from, from + limit)) {
      parts.push(written.get(root.id));
      for (const reply of replies.get(root.id)) parts.push(written.get(reply.id));
    }
    const title = 'An article to measure with';
    const thread = { key, title, closed: false, comments: comments.length, roots: roots.length };
    const next = from + limit < roots.length ? `"${from + limit}"` : 'null';
    return Buffer.from(
      `{"thread":${JSON.stringify(thread)},"sort":"${sort}","comments":[${parts.join()}],"next":${next}}`,
    );
  }

  /** The body of the answer, made once for each address; undefined for an address that is none of its own. */
  return (address) => {
    if (!address.pathname.endsWith('/comments')) return undefined;
    const sort = address.searchParams.get('sort') ?? 'votes';
    const limit = Math.min(Number(address.searchParams.get('limit') ?? 50), largestPage);
    const from = Number(address.searchParams.get('cursor') ?? 0);
    const name = `${sort} ${limit} ${from}`;
    if (!pages.has(name)) pages.set(name, makePage(sort, limit, from));
    return pages.get(name);
  };
}

function toWire({ id, parent, author, created, text, up, down }) {
  return { id, ...(parent ? { parent: parent.id } : {}), author, created, text, up, down };
}
