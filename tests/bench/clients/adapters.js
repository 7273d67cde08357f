// How each client is looked at from inside its page: where its comments are, how many there are, how they are sorted.
(() => {
  const first = (selector, within = document) => within?.querySelector(selector);
  const named = (selector, name, within = document) =>
    [...within.querySelectorAll(selector)].find((element) => element.textContent.trim() === name);

  const ourNames = { votes: 'Most voted', newest: 'Newest', oldest: 'Oldest' };

  const plain = {
    firstComment: () => first('.list > .comment'),
    count: () => first('.list')?.loaded ?? 0,
    orderControl: (order) => named('.order button', ourNames[order]),
  };

  const shadow = () => first('parlance-thread')?.shadowRoot;

  const adapters = {
    parlance: {
      /** The first of those that are drawn, once a frame was drawn. */
      firstComment() {
        if (!first('parlance-thread')?.parlance?.drawnFrames) return null;
        return first('[role=feed] article:not([hidden])', shadow());
      },
      count() {
        let count = 0;
        for (const block of shadow()?.querySelectorAll('[role=feed] > .slots') ?? []) {
          count += block.childElementCount;
        }
        return count;
      },
      orderControl: (order) => named('button', ourNames[order], shadow()),
      drawn: () => shadow().querySelectorAll('[role=feed] article:not([hidden])').length,
      buttons: (name) =>
        [...shadow().querySelectorAll('button')].filter(({ textContent }) => textContent === name),
      counters() {
        const { frames, drawnFrames, patches, atlasBytes, wasmBytes } =
          first('parlance-thread').parlance;
        return { frames, drawnFrames, patches, atlasBytes, wasmBytes };
      },
    },
    dom: plain,
    'dom-cv': plain,
    waline: {
      firstComment: () => first('.wl-cards .wl-card-item'),
      count: () => document.getElementsByClassName('wl-card-item').length,
      orderControl: (order) =>
        named('.wl-sort li', { votes: 'Hottest', newest: 'Latest', oldest: 'Oldest' }[order]),
    },
    artalk: {
      firstComment: () => first('.atk-list-comments-wrap .atk-comment'),
      count: () => document.getElementsByClassName('atk-comment').length,
      orderControl: (order) =>
        named(
          '.atk-dropdown-item span',
          { votes: 'Best', newest: 'Latest', oldest: 'Oldest' }[order],
        ),
    },
  };

  /** The adapter of this page's client: pages are titled for it. */
  window.benchAdapter = () => adapters[document.title.split(',')[0]];
})();
