/** What the demo's threads hold, and the order in which a reader should find it. */
import { readFileSync } from 'node:fs';

import { DEMO_SEED } from '../../conformance/server.mjs';

const seed = JSON.parse(readFileSync(DEMO_SEED, 'utf8'));

/** The lower bound of the 95 % score interval, in billionths (widget/core/wilson.h). */
function bound({ up, down }) {
  const z = 1.959963984540054;
  const votes = up + down;
  if (up === 0) return 0;
  const spread = z * Math.sqrt((up * down) / votes + z ** 2 / 4);
  return Math.floor((1e9 * (up + z ** 2 / 2 - spread)) / (votes + z ** 2));
}

const firstRoot = {
  best: (one, other) => bound(other) - bound(one) || one.minutes_ago - other.minutes_ago,
  votes: (one, other) => score(other) - score(one) || one.minutes_ago - other.minutes_ago,
  newest: (one, other) => one.minutes_ago - other.minutes_ago,
  oldest: (one, other) => other.minutes_ago - one.minutes_ago,
};

export function score({ up, down }) {
  return up - down;
}

/** The comments of a demo thread in reading order: roots as `sort` says, replies oldest first. */
export function conversation(thread, sort = 'votes') {
  const { comments } = seed.threads.find(({ key }) => key === thread);
  const below = (parent, order) =>
    comments
      .filter((comment) => comment.parent === parent)
      .sort(order)
      .flatMap((comment) => [comment, ...below(comment.key, firstRoot.oldest)]);
  return below(null, firstRoot[sort]);
}

/** What the comments of a demo thread are called, in reading order. */
export function names(thread, sort) {
  const all = conversation(thread, sort);
  return all.map(({ author, parent }) =>
    parent === null
      ? `Comment by ${author}`
      : `Reply by ${author} to ${all.find(({ key }) => key === parent).author}`,
  );
}

/** A page of comments as the API has them. */
export async function readPage(server, thread, query = '') {
  const path = `/v1/sites/demo/threads/${thread}/comments?limit=50&${query}`;
  const response = await fetch(server.url + path);
  return response.json();
}
