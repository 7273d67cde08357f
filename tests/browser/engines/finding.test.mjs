import { it } from 'node:test';

import { readPage } from '../support/conversation.mjs';
import { eachEngine } from './each.mjs';

eachEngine('finding', (visitor) => {
  it('follows an address to words in a comment that is not drawn', async () => {
    const { comments } = await readPage(visitor.server, 'marathon', 'sort=votes');
    const words = comments
      .at(-1)
      .text.split(/\s+/)
      .slice(0, 6)
      .join(' ')
      .replace(/[*_`>]/g, '');
    await visitor.visit('/marathon.html', async (reader) => {
      await reader.readsThread();
      await reader.standsStill();
      await reader.soon(() => isDormant(reader, words), true, 'the comment is not drawn');

      await reader.page.evaluate((text) => {
        location.hash = `#:~:text=${encodeURIComponent(text)}`;
      }, words);

      const found = reader.comments(words);
      await found.isThere();
      await reader.soon(
        () =>
          found.first((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return bottom > 0 && top < innerHeight;
          }),
        true,
        'the comment is in the window',
      );
    });
  });
});

function isDormant(reader, words) {
  return reader.widget.evaluate(
    ({ shadowRoot }, words) =>
      [...shadowRoot.querySelectorAll('article[hidden]')].some(({ textContent }) =>
        textContent.includes(words),
      ),
    words,
  );
}
