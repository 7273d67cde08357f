import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, readPage } from './support/conversation.mjs';
import { displacementBetween, readLines, shiftBetween } from './support/lines.mjs';
import { openWorld } from './support/world.mjs';

/**
 * Comments whose lines end where the browser ends them, but whose ink may lie so many pixels aside: a canvas finds the fonts for a line
 * where the DOM finds them for a paragraph, and where several have its letters, or have no-break spaces of another width, the two
 * differ. In `code` and the styled ones grounds and bars are ink, too.
 */
const looser = new Map([
  ...[
    ['arabic', 14],
    ['chinese', 5],
    ['burmese', 4],
    ['astral', 20],
    ['code', 4],
  ],
  ...[
    ['styled-arabic', 8],
    ['styled-hebrew', 3],
    ['combining', 4],
    ['invisible', 3],
  ],
]);

// The canvas beside the same thread as ordinary HTML, which the browser lays out and draws by itself.
describe('text on the canvas', () => {
  let world;
  before(async () => (world = await openWorld()));
  after(() => world.close());

  for (const [thread, scale, widths] of [
    ['harbour', 1, [720]],
    ['specimen', 1, [720, 480, 320]],
    ['specimen', 1.5, [560]],
    ['specimen', 2, [720, 400]],
    ['rtl', 1, [720, 340]],
    ['rtl', 2, [560]],
  ]) {
    it(`stands where the browser would put it: ${thread} at scale ${scale}`, (test) =>
      world.visit(
        `/${thread}.html`,
        async (reader) => {
          const keys = await keysOf(world.server, thread);
          await reader.readsThread();
          const drawn = await readAtWidths(reader, scale, widths);
          await reader.widget.evaluate((element) => element.setAttribute('view', 'plain'));
          await reader.soon(() => reader.widget.locator('.plain').count(), 1);
          await reader.readsThread();
          const plain = await readAtWidths(reader, scale, widths);
          assert.ok(drawn.size > 8 * widths.length, `${drawn.size} paragraphs have been read`);

          const faults = [];
          for (const [place, lines] of drawn) {
            const expected = plain.get(place);
            if (!expected) continue;
            const [id, number, width] = place.split('/');
            const name = `${keys.get(id)}, paragraph ${number}, ${width} wide`;
            const [found, wanted] = [lines, expected].map((all) => all.map(({ text }) => text));
            if (found.join('\n') !== wanted.join('\n')) {
              const [is, should] = [found, wanted].map((one) => JSON.stringify(one));
              test.diagnostic(`${name}: ${is} instead of ${should}`);
              faults.push(`${name}: other lines`);
              continue;
            }
            lines.forEach((line, index) => {
              const most = looser.get(keys.get(id));
              const fault = differences(line, expected[index], scale, most);
              if (fault) faults.push(`${name}, line ${index + 1}: ${fault}`);
            });
          }
          assert.deepEqual(faults, []);
        },
        { deviceScaleFactor: scale, viewport: { width: widths[0], height: 1200 } },
      ));
  }
});

/** All paragraphs as `readLines` has them, by "comment/number/width", in windows of these widths. */
async function readAtWidths(reader, scale, widths) {
  const all = new Map();
  for (const width of widths) {
    await reader.page.setViewportSize({ width, height: 1200 });
    for (const [place, lines] of await readLines(reader, scale)) {
      all.set(`${place}/${width}`, lines);
    }
  }
  return all;
}

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

/**
 * How two drawings of one line differ; nothing when they do not. Where something else than the text may differ, only whether their ink
 * lies further aside than `most` pixels.
 */
function differences(line, expected, scale, most) {
  const faults = [];
  const displacement = displacementBetween(line, expected) / scale;
  if (displacement > (most ?? 2)) faults.push(`ink ${displacement.toFixed(1)} pixels aside`);
  if (most !== undefined) return faults.join(', ');
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
