import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, readPage } from './support/conversation.mjs';
import { readLines, shiftBetween } from './support/lines.mjs';
import { openWorld } from './support/world.mjs';

/** Keys of the specimen's comments whose lines have to end where the browser ends them. */
const promised = [
  ...['latin', 'arabic', 'hebrew', 'devanagari', 'chinese', 'japanese', 'korean'],
  ...['vietnamese', 'greek', 'cyrillic'],
];

// The canvas beside the same thread as ordinary HTML, which the browser lays out and draws by itself.
describe('text on the canvas', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  for (const [thread, scale] of [
    ['harbour', 1],
    ['specimen', 1],
    ['specimen', 2],
    ['rtl', 2],
  ]) {
    it(`stands where the browser would put it: ${thread} at scale ${scale}`, (test) =>
      world.visit(
        `/${thread}.html`,
        async (reader) => {
          const keys = await keysOf(world.server, thread);
          await reader.readsThread();
          const drawn = await readLines(reader, scale);
          await reader.widget.evaluate((element) => element.setAttribute('view', 'plain'));
          await reader.soon(() => reader.widget.locator('.plain').count(), 1);
          await reader.readsThread();
          const plain = await readLines(reader, scale);
          assert.ok(drawn.size > 8, `${drawn.size} paragraphs have been read`);

          const breaks = [];
          const ink = [];
          for (const [place, lines] of drawn) {
            const expected = plain.get(place);
            if (!expected) continue;
            const [id, number] = place.split('/');
            const name = `${keys.get(id)}, paragraph ${number}`;
            const [found, wanted] = [lines, expected].map((all) => all.map(({ text }) => text));
            if (found.join('\n') !== wanted.join('\n')) {
              breaks.push({ key: keys.get(id), name, found, wanted });
              continue;
            }
            lines.forEach((line, index) => {
              const faults = differences(line, expected[index], scale);
              if (faults) ink.push(`${name}, line ${index + 1}: ${faults}`);
            });
          }

          for (const { name, found, wanted } of breaks) {
            test.diagnostic(
              `${name}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`,
            );
          }
          const isPromised = ({ key }) => thread !== 'specimen' || promised.includes(key);
          const broken = breaks.filter(isPromised).map(({ name }) => `${name}: other lines`);
          assert.deepEqual([...broken, ...ink], []);
        },
        { deviceScaleFactor: scale, viewport: { width: 720, height: 1200 } },
      ));
  }
});

/** The seed's keys of a thread's comments by the ids that the server has given them. */
async function keysOf(server, thread) {
  const { comments } = await readPage(server, thread);
  const seeded = conversation(thread);
  return new Map(
    comments.map(({ id, text, author }) => [
      `comment-${id}`,
      seeded.find((one) => one.author === author && one.text === text)?.key ?? author,
    ]),
  );
}

/** Letters for which the page's own font is there; others come from wherever the browser finds them. */
const ownLetters = /^[\u0000-\u024f\u0370-\u052f\u1e00-\u1fff\u2010-\u2026]*$/;

/** How two drawings of one line differ; nothing when they do not. */
function differences(line, expected, scale) {
  const faults = [];
  const shift = shiftBetween(line, expected) / scale;
  if (Math.abs(shift) > 1) faults.push(`${shift} pixels lower`);
  // Sideways the two may be rounded to whole pixels apart.
  const far = ['left', 'right'].filter((edge) => Math.abs(line[edge] - expected[edge]) > 2);
  if (ownLetters.test(line.text)) {
    faults.push(
      ...far.map((edge) => `${edge} ${line[edge].toFixed(1)} for ${expected[edge].toFixed(1)}`),
    );
  }
  const share = line.ink / expected.ink;
  if (share < 0.8 || share > 1.25) faults.push(`${Math.round(share * 100)} % of the ink`);
  return faults.join(', ');
}
