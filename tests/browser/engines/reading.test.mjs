import assert from 'node:assert/strict';
import { it } from 'node:test';

import { names } from '../support/conversation.mjs';
import { eachEngine } from './each.mjs';

eachEngine('reading', (visitor) => {
  it('shows the whole conversation', () =>
    visitor.visit('/harbour.html', async (reader) => {
      await reader.readsThread();

      assert.equal(await reader.heading().text(), '47 comments');
      assert.deepEqual(await reader.readsToTheEnd(), names('harbour'));
    }));
});
