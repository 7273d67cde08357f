/** The lines of text of a thread: what stands in each, where it is, and how its ink lies in it. */
import { brightness, decodePng } from './png.mjs';

/** How different from what is behind it a pixel has to be to count as ink, which the ground of code does not. */
const faint = 48;

/**
 * Goes down the thread and answers all paragraphs that were whole in the window at some time, by "comment/number":
 * their lines as [{text, left, right, ink, rows, columns}]: the edges in CSS pixels from the paragraph's left edge, the ink in all,
 * by rows and by columns of the screen's pixels.
 */
export async function readLines(reader, scale) {
  const found = new Map();
  await reader.goToComments();
  for (;;) {
    await reader.standsStill();
    const paragraphs = await reader.widget.evaluate(paragraphsInWindow);
    const fresh = paragraphs.filter(({ key }) => !found.has(key));
    if (fresh.length > 0) {
      const image = decodePng(await reader.page.screenshot());
      for (const paragraph of fresh) {
        const lines = paragraph.lines.map((text, index) => ({
          text,
          ...inkOf(image, scale, paragraph, index),
        }));
        found.set(paragraph.key, lines);
      }
    }
    const isAtEnd = await reader.page.evaluate(() => {
      const before = scrollY;
      scrollBy({ top: Math.round(innerHeight * 0.6), behavior: 'instant' });
      return scrollY === before;
    });
    if (isAtEnd) return found;
  }
}

// Runs in the page.
function paragraphsInWindow({ shadowRoot }) {
  const isPlain = shadowRoot.querySelector('.mirror').classList.contains('plain');
  const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

  // The browser's own lines: a letter that lies lower than those before it begins a new one.
  const brokenLines = (paragraph, step) => {
    const lines = [];
    const { top } = paragraph.getBoundingClientRect();
    const texts = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const node = texts.currentNode;
      for (const { segment, index } of segments.segment(node.data)) {
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        // What a soft hyphen shows stands before the letter, on another line.
        const rect = [...range.getClientRects()].findLast(({ width }) => width > 0);
        const line = rect
          ? Math.floor((rect.top + rect.height / 2 - top) / step)
          : Math.max(lines.length - 1, 0);
        lines[line] = (lines[line] ?? '') + segment;
      }
    }
    return lines;
  };

  const all = [];
  for (const article of shadowRoot.querySelectorAll('article:not([hidden])')) {
    const comment = article.querySelector('a.time')?.href.split('#')[1];
    [...article.querySelectorAll('.paragraph')].forEach((paragraph, number) => {
      // Authors stand elsewhere in plain view.
      if (paragraph.closest('.heading')) return;
      const { left, top, right, bottom } = paragraph.getBoundingClientRect();
      if (top < 40 || bottom > innerHeight - 40) return;
      const step = parseFloat(getComputedStyle(paragraph).lineHeight);
      const lines = isPlain
        ? brokenLines(paragraph, step)
        : [...paragraph.querySelectorAll('.line')].map((line) => line.textContent);
      all.push({
        ...{ key: `${comment}/${number}`, left, top, right, step },
        lines: Array.from(lines, (line) => (line ?? '').trim()),
      });
    });
  }
  return all;
}

/** Where the ink of a line begins and ends, and how much of it there is. */
function inkOf(image, scale, { left, top, right, step }, index) {
  const x0 = Math.max(Math.round((left - 2) * scale), 0);
  const x1 = Math.min(Math.round((right + 2) * scale), image.width);
  const exact = (top + step * index) * scale;
  const y0 = Math.round(exact);
  const y1 = Math.round((top + step * (index + 1)) * scale);
  const ground = brightness(image, x0, y0);
  const rows = [];
  const columns = new Array(Math.max(x1 - x0, 0)).fill(0);
  let [from, to] = [Infinity, -Infinity];
  for (let y = y0; y < y1; y++) {
    let row = 0;
    for (let x = x0; x < x1; x++) {
      const strength = Math.abs(brightness(image, x, y) - ground);
      if (strength < faint) continue;
      row += strength;
      columns[x - x0] += strength;
      [from, to] = [Math.min(from, x), Math.max(to, x)];
    }
    rows.push(row);
  }
  return {
    rows,
    columns,
    rounded: y0 - exact,
    left: from / scale - left,
    right: to / scale - left,
    ink: rows.reduce(sum, 0),
  };
}

const sum = (one, other) => one + other;

/** By how many pixels the ink of one line would have to be moved sideways, on average, to lie as another's does. */
export function displacementBetween(line, other) {
  let [moved, carried] = [0, 0];
  line.columns.forEach((column, x) => {
    carried += column / (line.ink || 1) - (other.columns[x] ?? 0) / (other.ink || 1);
    moved += Math.abs(carried);
  });
  return moved;
}

/** By how many pixels one line's ink lies lower than another's, told from where most of it is. */
export function shiftBetween(line, other, most = 8) {
  let best = { shift: 0, error: Infinity };
  for (let shift = -most; shift <= most; shift++) {
    const error = line.rows
      .map(
        (row, y) => (row / (line.ink || 1) - (other.rows[y - shift] ?? 0) / (other.ink || 1)) ** 2,
      )
      .reduce(sum, 0);
    if (error < best.error) best = { shift, error };
  }
  return best.shift + line.rounded - other.rounded;
}
