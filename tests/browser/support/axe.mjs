/** What axe-core and the colours say about a page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { repositoryFile } from './world.mjs';

const axe = readFileSync(repositoryFile('node_modules/axe-core/axe.min.js'), 'utf8');

/** Asserts that axe-core finds nothing wrong with the page, or what is `within`, as it is now, and that what is drawn can be read. */
export async function findsNothing(reader, within = 'html') {
  for (const colorScheme of ['light', 'dark']) {
    await reader.page.emulateMedia({ colorScheme });
    await reader.standsStill();
    await reader.page.evaluate(axe);
    const violations = await reader.page.evaluate(
      async (context) => (await axe.run(context)).violations,
      within,
    );
    const told = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
    assert.deepEqual(told, [], colorScheme);
    // axe does not see what is behind letters on a canvas.
    for (const [pair, found, least] of await contrasts(reader)) {
      assert.ok(
        found >= least,
        `${pair} has a contrast of ${found.toFixed(2)} in ${colorScheme} colours`,
      );
    }
  }
}

/** The contrast of each pair of colours that the widget draws on one another, and the least that it may be (WCAG 2, 1.4.3 and 1.4.11). */
async function contrasts(reader) {
  const pairs = [
    ...['text', 'muted', 'accent', 'danger'].map((name) => [name, 'background', 4.5]),
    ...['text', 'muted', 'danger'].map((name) => [name, 'highlight', 4.5]),
    ...['text', 'muted'].map((name) => [name, 'surface', 4.5]),
    ['text', 'hover', 4.5],
    ['on-accent', 'accent', 4.5],
    ...['border', 'focus'].map((name) => [name, 'background', 3]),
  ];
  const mirrors = reader.widget.locator('.mirror');
  if ((await mirrors.count()) === 0) return [];
  const luminances = await mirrors.evaluate(({ style }) => {
    const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    const entries = [...style]
      .filter(
        (name) =>
          /^--[a-z-]+$/.test(name) && /^#[0-9a-f]{6}/i.test(style.getPropertyValue(name).trim()),
      )
      .map((name) => {
        const colour = style.getPropertyValue(name).trim();
        const [r, g, b] = [1, 3, 5].map((at) =>
          linear(parseInt(colour.slice(at, at + 2), 16) / 255),
        );
        return [name.slice(2), 0.2126 * r + 0.7152 * g + 0.0722 * b];
      });
    return Object.fromEntries(entries);
  });
  return pairs.map(([one, other, least]) => {
    const [light, dark] = [luminances[one], luminances[other]].sort((a, b) => b - a);
    return [`${one} on ${other}`, (light + 0.05) / (dark + 0.05), least];
  });
}
