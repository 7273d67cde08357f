import { it } from 'node:test';

import { watchDrawing } from '../support/drawing.mjs';
import { translateAsFirefox, translateAsGoogle } from '../support/translators.mjs';
import { eachEngine } from './each.mjs';

eachEngine('page translators', (visitor) => {
  for (const [what, translate] of [
    ['elements of their own', translateAsGoogle],
    ['texts changed where they stand', translateAsFirefox],
  ]) {
    it(`are followed on the canvas: ${what}`, () =>
      visitor.visit('/harbour.html', async (reader) => {
        await reader.readsThread();
        await reader.standsStill();
        await reader.page.evaluate(watchDrawing);

        await reader.page.evaluate(translate);

        await reader.soon(() => reader.heading().text(), '47 commentslon');
        for (const words of ['47 commentslon', 'withlon the carpetlon', 'Replylon']) {
          const isDrawn = () => reader.page.evaluate((one) => globalThis.isDrawn(one), words);
          await reader.soon(isDrawn, true, `"${words}" is drawn`);
        }
        await reader.standsStill();
      }));
  }
});
