// Runs in the page: a mirror over nothing, patches written by hand, and a log of what the mirror tells.
import { createMirror } from '../../../shell/browser/mirror/mirror';
import { watchPageStyle } from '../../../shell/browser/page-style';

const roles = [
  ...['Group', 'Heading', 'Feed', 'Article', 'Text', 'Time', 'Link', 'Button', 'TextField'],
  ...['TextArea', 'Image', 'Status', 'Alert', 'Quote', 'List', 'Item'],
];
const feed = 900_000;
const encoder = new TextEncoder();

class Writer {
  bytes = [];
  number(kind, size, value) {
    const view = new DataView(new ArrayBuffer(size));
    view[kind](0, value, true);
    for (let i = 0; i < size; i++) this.bytes.push(view.getUint8(i));
    return this;
  }
  u8 = (value) => this.number('setUint8', 1, Number(value));
  u16 = (value) => this.number('setUint16', 2, value);
  u32 = (value) => this.number('setUint32', 4, value);
  i32 = (value) => this.number('setInt32', 4, value);
  f32 = (value) => this.number('setFloat32', 4, value);
  f64 = (value) => this.number('setFloat64', 8, value);
  string(text) {
    const bytes = encoder.encode(text);
    this.u32(bytes.length);
    for (const byte of bytes) this.bytes.push(byte);
  }
  rect({ x = 0, y = 0, w = 0, h = 0 }) {
    this.f32(x).f64(y).f32(w).f32(h);
  }
}

const tristate = (value) => (value === undefined ? 0 : value ? 2 : 1);

function put(writer, node) {
  writer
    .u32(1)
    .u32(node.id)
    .u32(node.parent ?? 0)
    .u8(roles.indexOf(node.role));
  const flags = [
    node.disabled,
    node.required,
    node.invalid,
    node.busy,
    node.hidden,
    node.elsewhere,
  ];
  writer.u8(flags.reduce((all, flag, bit) => all | (flag ? 1 << bit : 0), 0));
  writer.u8(tristate(node.pressed)).u8(tristate(node.expanded));
  writer.rect(node);
  writer
    .f32(node.size ?? 16)
    .u16(node.weight ?? 400)
    .u8(node.mono ? 1 : 0);
  writer.u8((node.italic ? 1 : 0) | (node.rtl ? 2 : 0));
  writer
    .i32(node.level ?? 0)
    .i32(node.position ?? 0)
    .i32(node.setSize ?? 0);
  writer.string(node.name ?? '');
  writer.string(node.lines ? node.lines.map((line) => line.text).join('') : (node.text ?? ''));
  for (const field of ['description', 'value', 'placeholder', 'href', 'autocomplete']) {
    writer.string(node[field] ?? '');
  }
  writer.u32(node.lines?.length ?? 0);
  for (const line of node.lines ?? []) {
    writer.u32(encoder.encode(line.text).length).u32(line.ends ? 1 : 0);
    writer.rect(line);
  }
  writer.u32(node.spans?.length ?? 0);
  for (const span of node.spans ?? []) {
    writer.u32(span.begin);
    writer.u32(span.end);
    writer.u8(span.style);
    writer.string(span.href ?? '');
  }
}

/** The bytes of a patch: {put}, {remove} and {order: [parent, [ids]]}, each one operation. */
function encode(operations) {
  const writer = new Writer();
  writer.u32(operations.length);
  for (const operation of operations) {
    if (operation.put) put(writer, operation.put);
    else if (operation.remove) writer.u32(2).u32(operation.remove);
    else {
      const [parent, children] = operation.order;
      writer.u32(3).u32(parent).u32(children.length);
      for (const child of children) writer.u32(child);
    }
  }
  return new DataView(Uint8Array.from(writer.bytes).buffer);
}

/** A comment of the kind that the widget says: author, time, text, two buttons. */
function comment(id, { y = id * 100, position = id, extra = [] } = {}) {
  const nodes = [
    {
      id,
      parent: feed,
      role: 'Article',
      y,
      w: 600,
      h: 90,
      name: `Comment by Author ${id}`,
      level: 1,
      position,
      setSize: 100,
    },
    {
      id: id + 100000,
      parent: id,
      role: 'Text',
      x: 40,
      w: 100,
      h: 20,
      weight: 700,
      text: `Author ${id}`,
    },
    {
      id: id + 200000,
      parent: id,
      role: 'Time',
      x: 150,
      w: 80,
      h: 20,
      text: '5 years ago',
      value: '1600000000',
      href: `#comment-${id}`,
    },
    {
      id: id + 300000,
      parent: id,
      role: 'Text',
      x: 40,
      y: 24,
      w: 300,
      h: 48,
      lines: [
        { text: `Words of number ${id} that are `, x: 40, y: 24, w: 200, h: 24 },
        { text: 'drawn on two lines', x: 40, y: 48, w: 120, h: 24, ends: true },
      ],
    },
    {
      id: id + 400000,
      parent: id,
      role: 'Button',
      x: 40,
      y: 72,
      w: 30,
      h: 28,
      name: `Upvote comment by Author ${id}`,
      pressed: false,
    },
    {
      id: id + 500000,
      parent: id,
      role: 'Button',
      x: 80,
      y: 72,
      w: 60,
      h: 28,
      text: 'Reply',
      name: `Reply to Author ${id}`,
    },
    ...extra,
  ];
  const children = nodes.filter((node) => node.parent === id).map((node) => node.id);
  return [...nodes.map((node) => ({ put: node })), { order: [id, children] }];
}

const host = document.createElement('div');
host.id = 'host';
host.style.position = 'relative';
host.style.height = '4000px';
document.body.append(host);
const root = host.attachShadow({ mode: 'open' });
const log = [];
const mirror = createMirror({
  action: (...told) => log.push(['action', ...told]),
  pointed: (...told) => log.push(['pointed', ...told]),
  revealNode: (...told) => log.push(['reveal', ...told]),
});
root.append(mirror.element);
mirror.setPalette({
  text: '#222222',
  muted: '#555555',
  faint: '#dddddd',
  border: '#767676',
  surface: '#ffffff',
  hover: '#eeeeee',
  accent: '#0b57d0',
  onAccent: '#ffffff',
  danger: '#b3261e',
  focus: '#0b57d0',
  highlight: '#fff3c4',
  background: '#ffffff',
});
mirror.setFontFamily('DejaVu Serif, serif');

globalThis.harness = {
  host,
  root,
  mirror,
  log,
  watchPageStyle,
  apply: (operations) => mirror.apply(encode(operations.flat())),
  encode: (operations) => encode(operations.flat()),
  comment,
  feed: { put: { id: feed, role: 'Feed', w: 600, h: 400 } },
  /** A feed that shows the comments `ids`; `gone` were there before. */
  show(ids, gone = []) {
    this.apply([
      [this.feed],
      ...ids.map((id) => comment(id)),
      gone.map((id) => ({ remove: id })),
      [{ order: [0, [feed]] }, { order: [feed, ids] }],
    ]);
  },
  sync(order) {
    mirror.syncReadingOrder(Uint32Array.from(order), (id) => ({
      author: `Author ${id}`,
      text: `Words of number ${id} that nobody has drawn`,
    }));
  },
  /** Ids of all comments in the document's order; dormant ones negative. */
  slots() {
    return [...root.querySelectorAll('.comment')].map((element) => {
      const words = /^Author (\d+)\n/.exec(element.textContent);
      const id = Number(element.hidden ? words[1] : element.getAttribute('aria-posinset'));
      return element.hidden ? -id : id;
    });
  },
};
