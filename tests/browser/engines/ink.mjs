/** What stands on the canvas, told from pictures of the window. */
import { brightness } from '../support/png.mjs';

/** How different from what is behind it a pixel has to be to count as ink. */
const faint = 48;

/** The mirror's lines of comments that are whole in the window, as boxes in CSS pixels with their text. */
export function linesInWindow(reader) {
  return reader.widget.evaluate(({ shadowRoot }) =>
    [...shadowRoot.querySelectorAll('article:not([hidden]) .paragraph > .line')]
      .map((line) => {
        const { left, right, top, bottom } = line.getBoundingClientRect();
        return { text: line.textContent.trim(), left, right, top, bottom };
      })
      .filter(({ text, top, bottom }) => text && top > 4 && bottom < innerHeight - 4),
  );
}

/** Where the ink in a box begins and ends sideways, in CSS pixels, and how many of the screen's pixels have some. */
export function inkIn(image, scale, { left, right, top, bottom }) {
  const [x0, x1] = [Math.max(Math.round((left - 6) * scale), 0), Math.round((right + 6) * scale)];
  const [y0, y1] = [Math.round(top * scale), Math.round(bottom * scale)];
  const ground = brightness(image, x0, y0);
  let [from, to, count] = [Infinity, -Infinity, 0];
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < Math.min(x1, image.width); x++) {
      if (Math.abs(brightness(image, x, y) - ground) < faint) continue;
      [from, to] = [Math.min(from, x), Math.max(to, x + 1)];
      count += 1;
    }
  }
  return { left: from / scale, right: to / scale, count };
}

/** Lines whose ink does not stand where they can be selected; none when all is well. */
export async function misplacedLines(reader, scale = 1, tolerance = 3) {
  await reader.standsStill();
  const lines = await linesInWindow(reader);
  const image = await reader.sees();
  if (lines.length === 0) return ['no line is in the window'];
  return lines.flatMap(({ text, ...box }) => {
    const { left, right } = inkIn(image, scale, box);
    const isThere = [left - box.left, right - box.right].every((gap) => Math.abs(gap) < tolerance);
    if (isThere) return [];
    return [`“${text}” from ${left} to ${right} instead of ${box.left} to ${box.right}`];
  });
}

/** Lines in the window that nothing is drawn of. */
export async function missingLines(reader, scale = 1) {
  const lines = await linesInWindow(reader);
  const image = await reader.sees();
  return lines
    .filter((line) => inkIn(image, scale, line).count < 10)
    .map(({ text, top }) => `“${text}” at ${top}`);
}

/** How bright the first line in the window is, and what is behind it. */
export async function tones(reader, scale = 1) {
  const [line] = await linesInWindow(reader);
  const image = await reader.sees();
  const ground = brightness(
    image,
    Math.round((line.left - 4) * scale),
    Math.round(line.top * scale),
  );
  let ink = ground;
  for (let y = Math.round(line.top * scale); y < line.bottom * scale; y++) {
    for (let x = Math.round(line.left * scale); x < line.right * scale; x++) {
      const tone = brightness(image, x, y);
      if (Math.abs(tone - ground) > Math.abs(ink - ground)) ink = tone;
    }
  }
  return { ground, ink };
}
