/** The thread that every client is given: the same comments in every run and for every client. */
import { latin, pickScript, randomNumbers } from './words.mjs';

/** A reply to a comment of the last level is not answered in turn. */
const deepest = 6;

/** The first comment was written then (seconds since 1970); one follows another by ten minutes or so. */
const beginning = 1_700_000_000;

const rootShare = 0.4;

/**
 * `count` comments in the order in which they were written, so a parent comes before its replies:
 * `{ id, number, parent, root, depth, author, created, text, up, down }`; `parent` and `root` are comments.
 */
export function makeThread(count) {
  const random = randomNumbers(20_240_601);
  const comments = [];
  let created = beginning;
  for (let number = 1; number <= count; number += 1) {
    created += 1 + Math.floor(random() * 1200);
    const parent = random() < rootShare ? undefined : answered(comments, random);
    const comment = {
      id: `c${number.toString(36).padStart(11, '0')}`,
      number,
      parent,
      depth: parent ? parent.depth + 1 : 0,
      author: makeAuthor(random),
      created,
      text: makeText(random),
      up: Math.floor(random() ** 4 * 300),
      down: Math.floor(random() ** 6 * 60),
    };
    comment.root = parent ? parent.root : comment;
    comments.push(comment);
  }
  return comments;
}

/** The roots in the order `sort`; the server's own rules for equal ones. */
export function sortedRoots(comments, sort) {
  const newestFirst = (a, b) => b.created - a.created || b.number - a.number;
  const orders = {
    votes: (a, b) => b.up - b.down - (a.up - a.down) || newestFirst(a, b),
    newest: newestFirst,
    oldest: (a, b) => newestFirst(b, a),
  };
  return comments.filter(({ parent }) => !parent).sort(orders[sort]);
}

/** Every root's comments below it, oldest first, by the root's id. */
export function repliesByRoot(comments) {
  const replies = new Map();
  for (const comment of comments) {
    if (!comment.parent) replies.set(comment.id, []);
    else replies.get(comment.root.id).push(comment);
  }
  return replies;
}

/** One of those written lately; undefined when there is none that can still be answered. */
function answered(comments, random) {
  const back = 1 + Math.floor(random() * 30);
  const comment = comments[comments.length - back];
  return comment && comment.depth < deepest - 1 ? comment : undefined;
}

function makeAuthor(random) {
  const name = () => {
    const word = latin[Math.floor(random() * latin.length)];
    return word[0].toUpperCase() + word.slice(1);
  };
  return random() < 0.5 ? name() : `${name()} ${name()}`;
}

/** 20 to 80 words, in sentences, some of them in two paragraphs. */
function makeText(random) {
  const { words, space, stop } = pickScript(random);
  const count = 20 + Math.floor(random() * 61);
  const breakAt = random() < 0.25 ? Math.floor(count / 2) : -1;
  let text = '';
  let left = 0;
  for (let i = 0; i < count; i += 1) {
    if (left === 0) left = 6 + Math.floor(random() * 9);
    text += words[Math.floor(random() * words.length)];
    left -= 1;
    if (i === breakAt) {
      text += `${stop.trim()}\n\n`;
      left = 0;
    } else if (left === 0 || i === count - 1) text += stop;
    else text += space;
  }
  return text.trim();
}
