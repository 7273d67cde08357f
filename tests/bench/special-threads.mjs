/** Threads for Parlance's own figures, in the form of thread.mjs. */
import { readFile } from 'node:fs/promises';

import { latin, randomNumbers } from './words.mjs';

const seed = new URL('../../web/demo/seed.json', import.meta.url);
const beginning = 1_700_000_000;
const wordsInComment = 50;

/** How many words the thread of never-seen ones has. */
export const unseenWords = 50_000;

/** The demo's specimen page: every script, mixed directions, long tokens. */
export async function specimenThread() {
  const { threads } = JSON.parse(await readFile(seed, 'utf8'));
  const found = threads.find(({ key }) => key === 'specimen');
  const known = new Map();
  return found.comments.map(({ key, parent: parentKey, author, text, up = 0, down = 0 }, at) => {
    const parent = known.get(parentKey);
    const comment = {
      ...{ id: key, number: at + 1, author, text, up, down, parent },
      ...{ created: beginning + at, depth: parent ? parent.depth + 1 : 0 },
    };
    comment.root = parent?.root ?? comment;
    known.set(key, comment);
    return comment;
  });
}

/** Comments of 50 words each, none of which is there twice. */
export function unseenThread() {
  const random = randomNumbers(11);
  const comments = [];
  for (let number = 1; number <= unseenWords / wordsInComment; number += 1) {
    const words = Array.from({ length: wordsInComment }, (_, at) => {
      const word = latin[Math.floor(random() * latin.length)];
      return (
        word + (number * wordsInComment + at).toString(26).replace(/\d/g, (d) => 'qrstuvwxyz'[d])
      );
    });
    const comment = {
      ...{ id: `u${number}`, number, author: `Reader ${number}`, text: words.join(' ') },
      ...{ created: beginning + number, depth: 0, up: 0, down: 0, parent: undefined },
    };
    comment.root = comment;
    comments.push(comment);
  }
  return comments;
}
