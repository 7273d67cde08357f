import { it } from 'node:test';

import { Client } from '../../conformance/api.mjs';
import { eachEngine } from './each.mjs';

eachEngine('a thread that is read while others write', (visitor) => {
  it('tells of a new comment, and shows it where the reader asks for it', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();
      const tove = await new Client(visitor.server, 'demo').sign_in();

      await tove.post(
        { author: 'Tove Lind', text: 'I have asked the crew.' },
        { thread: 'harbour' },
      );

      const fresh = reader.button('1 new comment');
      await fresh.isThere();
      await reader.comments('I have asked the crew.').isGone();
      await fresh.click();
      const shown = reader.comments('I have asked the crew.');
      await shown.isThere();
      await shown.isFocused();
      await fresh.isGone();
    }));
});
