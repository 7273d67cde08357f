/** What the browser tells assistive technology about a thread, as text that people can review. */

/**
 * The widget's part of Chromium's accessibility tree: a line for each thing, indented below what it stands in. Exact times
 * are left out, since they are new with each run.
 *
 * @param {import('./reader.mjs').Reader} reader
 */
export async function accessibilityTree(reader) {
  const session = await reader.page.context().newCDPSession(reader.page);
  await session.send('DOM.enable');
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const { nodes: elements } = await session.send('DOM.getFlattenedDocument', {
    depth: -1,
    pierce: true,
  });
  await session.detach();
  const tree = new Tree(nodes, elements);
  const widget = nodes.find(
    ({ role, name }) => role?.value === 'region' && name?.value === 'Comments',
  );
  return tree.lines(widget).join('\n') + '\n';
}

class Tree {
  constructor(nodes, elements) {
    this.nodes = new Map(nodes.map((node) => [node.nodeId, node]));
    this.elements = new Map(elements.map((element) => [element.backendNodeId, element]));
  }

  /** The lines of `node` and of what is below it. */
  lines(node, indent = '') {
    const said = indent + describe(node, this.attributes(node));
    const below = this.children(node);
    const words = below.every((child) => isText(child) || child.role?.value === 'time')
      ? this.words(node)
      : '';
    if (words !== '') return [said + (words === nameOf(node) ? '' : ` “${words}”`)];
    return [said, ...below.flatMap((child) => this.lines(child, `${indent}  `))];
  }

  words(node) {
    const text = isText(node)
      ? nameOf(node)
      : this.children(node)
          .map((one) => this.words(one))
          .join('');
    return text.replaceAll('\n', '⏎');
  }

  /** What is told below `node`; what is there for layout only is passed over. */
  children({ childIds = [] }) {
    return childIds.flatMap((id) => {
      const child = this.nodes.get(id);
      if (!child || child.role?.value === 'InlineTextBox') return [];
      const isPassedOver = child.ignored || child.role?.value === 'generic';
      return isPassedOver ? this.children(child) : [child];
    });
  }

  attributes({ backendDOMNodeId }) {
    const { attributes = [] } = this.elements.get(backendDOMNodeId) ?? {};
    const pairs = [];
    for (let i = 0; i < attributes.length; i += 2) pairs.push([attributes[i], attributes[i + 1]]);
    return Object.fromEntries(pairs);
  }
}

const isText = ({ role }) => role?.value === 'StaticText' || role?.value === 'LineBreak';
const nameOf = ({ name }) => name?.value ?? '';

function describe(node, attributes) {
  const properties = new Map((node.properties ?? []).map(({ name, value }) => [name, value.value]));
  const level = properties.get('level');
  const position = attributes['aria-posinset'];
  const size = attributes['aria-setsize'];
  const href = attributes['href'] ?? '';
  return [
    isText(node) ? 'text' : node.role.value,
    level === undefined ? '' : String(level),
    nameOf(node) === '' ? '' : `“${nameOf(node)}”`,
    position === undefined ? '' : `${position} of ${size === '-1' ? 'unknown' : size}`,
    state(properties, 'pressed', 'pressed', 'not pressed'),
    state(properties, 'expanded', 'expanded', 'collapsed'),
    ...['disabled', 'required', 'readonly', 'multiline', 'busy'].map((name) =>
      properties.get(name) === true ? name : '',
    ),
    attributes['aria-invalid'] === 'true' ? 'invalid' : '',
    attributes['lang'] ? `lang ${attributes['lang']}` : '',
    attributes['dir'] === 'rtl' ? 'right to left' : '',
    /#comment-/.test(href) ? 'to this comment' : href ? `to ${href}` : '',
    attributes['aria-keyshortcuts'] ? `keys ${attributes['aria-keyshortcuts']}` : '',
    node.description?.value ? `(${withoutTimes(node.description.value)})` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function state(properties, name, on, off) {
  const value = properties.get(name);
  if (value === undefined) return '';
  return value === true || value === 'true' ? on : off;
}

const withoutTimes = (text) =>
  text.replace(/(\d+ \w+|\w+ \d+,) \d{4} at \d+:\d+( [AP]M)?/g, 'exact time');
