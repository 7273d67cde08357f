import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { conversation, readPage } from './support/conversation.mjs';
import { displacementBetween, readLines, shiftBetween } from './support/lines.mjs';
import { openWorld } from './support/world.mjs';

/** How many pixels a line's ink may lie aside, on average: at scale 1 letters stand on whole pixels. */
const mostAside = (scale) => (scale === 1 ? 1.75 : 1.25);

/**
 * Comments with lines whose ink may lie further aside, and why: a browser shows a letter that no font of the computer has as the box of
 * whichever font it tried last; a paragraph with Chinese or Japanese letters is not kerned, a line of it without them is on the canvas;
 * in a line with links the ink of underlines counts, too, and a browser draws one of one and a half pixels with a soft edge; where a line
 * of code ends among words of the other direction, what stands at its end is on the other side.
 */
const looser = new Map([
  ...[
    ['astral', 8.5],
    ['chinese', 3.5],
    ['invisible', 2.5],
    ['code', 7.5],
  ],
  ...[
    ['styled-arabic', 5],
    ['styled-hebrew', 3.5],
    ['r6', 2],
    ['r7', 2],
  ],
]);

// The canvas beside the same thread as ordinary HTML, which the browser lays out and draws by itself.
for (const [scale, threads] of [
  [1, { harbour: [720], specimen: [720, 480, 320], rtl: [720, 340] }],
  [1.5, { specimen: [560] }],
  [2, { specimen: [720, 400], rtl: [560] }],
]) {
  describe(`text on the canvas of a screen at scale ${scale}`, () => {
    let world;
    before(async () => (world = await openWorld({ screenScale: scale })));
    after(() => world.close());

    for (const [thread, widths] of Object.entries(threads)) {
      it(`stands where the browser would put it: ${thread}`, (test) =>
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
}

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

/** How two drawings of one line differ; nothing when they do not. */
function differences(line, expected, scale, most) {
  if (line.ink === 0 && expected.ink === 0) return '';
  const faults = [];
  const displacement = displacementBetween(line, expected) / scale;
  if (displacement > (most ?? mostAside(scale)))
    faults.push(`ink ${displacement.toFixed(1)} pixels aside`);
  const shift = shiftBetween(line, expected) / scale;
  if (Math.abs(shift) > 0.75) faults.push(`${shift.toFixed(1)} pixels lower`);
  if (most !== undefined) return faults.join(', ');
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
