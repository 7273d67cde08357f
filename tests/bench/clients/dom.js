// The plainest comment section there is: nested <div>s with textContent, in the pages that Parlance asks for.
(() => {
  const { api, thread, all, skip } = document.currentScript.dataset;
  const place = document.getElementById('plain');
  const list = make('div', 'list');
  const parts = new Map();
  const roots = [];
  const orders = {
    'Most voted': (a, b) => b.up - b.down - (a.up - a.down) || b.created - a.created,
    Newest: (a, b) => b.created - a.created,
    Oldest: (a, b) => a.created - b.created,
  };
  // Roots that are out of sight are not laid out, where the browser is asked for that.
  const skipping =
    '.list > .comment { content-visibility: auto; contain-intrinsic-size: auto 400px }';
  const style = make(
    'style',
    '',
    '.replies { padding-left: 24px }' + (skip === undefined ? '' : skipping),
  );

  function make(tag, name, text = '', children = []) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    if (text) element.textContent = text;
    element.append(...children);
    return element;
  }

  function show(comment, page) {
    const date = new Date(comment.created * 1000).toLocaleDateString();
    const replies = make('div', 'replies');
    const head = [make('b', '', comment.author), ' ', make('time', '', date)];
    const tools = ['▲', `${comment.up - comment.down}`, '▼', 'Reply'];
    const element = make('div', 'comment', '', [
      make('div', 'head', '', head),
      make('div', 'text', comment.text),
      make(
        'div',
        'tools',
        '',
        tools.map((name) => make('button', '', name)),
      ),
      replies,
    ]);
    parts.set(comment.id, replies);
    if (!comment.parent) roots.push({ ...comment, element });
    (parts.get(comment.parent) ?? page).append(element);
  }

  async function load(limit, cursor) {
    const query = `sort=votes&limit=${limit}` + (cursor ? `&cursor=${cursor}` : '');
    const answer = await fetch(`${api}/v1/sites/bench/threads/${thread}/comments?${query}`);
    const { comments, next } = await answer.json();
    const page = document.createDocumentFragment();
    for (const comment of comments) show(comment, page);
    list.append(page);
    list.loaded = parts.size;
    if (next && all !== undefined) await load(250, next);
  }

  const order = make(
    'div',
    'order',
    '',
    Object.keys(orders).map((name) => make('button', '', name)),
  );
  order.addEventListener('click', ({ target }) => {
    const sorted = roots.sort(orders[target.textContent]).map(({ element }) => element);
    list.replaceChildren(...sorted);
  });
  place.append(style, order, list);
  load(50);
})();
