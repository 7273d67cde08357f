import { imageAddress, linkAttributes, targetOf } from './links';
import { Role, Tristate, type SemanticNode } from './patch-reader';
import { exactTime, isoTime } from './times';

/** Attributes by name; those that are undefined are not set. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** The tags that the mirror is made of. */
export type Tag =
  'div' | 'span' | 'article' | 'a' | 'button' | 'input' | 'textarea' | 'img' | Heading;
type Heading = 'h2' | 'h3' | 'h4' | 'h5' | 'h6';

const headings: readonly Heading[] = ['h2', 'h3', 'h4', 'h5', 'h6'];

export function tagOf(node: SemanticNode): Tag {
  switch (node.role) {
    case Role.Heading:
      return headings[Math.min(Math.max(node.level, 2), 6) - 2] ?? 'h6';
    case Role.Article:
      return 'article';
    case Role.Text:
    case Role.Item:
    case Role.Status:
    case Role.Alert:
      return node.lines.length > 0 ? 'div' : 'span';
    case Role.Time:
    case Role.Link:
      return targetOf(node.href) ? 'a' : 'span';
    case Role.Button:
      return 'button';
    case Role.TextField:
      return 'input';
    case Role.TextArea:
      return 'textarea';
    case Role.Image:
      return 'img';
    default:
      return 'div';
  }
}

/** What `node` says as attributes. Classes, geometry and texts are elsewhere. */
export function attributesOf(node: SemanticNode): Attributes {
  const common = {
    'aria-label': node.name || undefined,
    'aria-description': node.description || undefined,
    dir: node.isRightToLeft ? 'rtl' : node.text || node.role === Role.Article ? 'ltr' : undefined,
  };
  switch (node.role) {
    case Role.Group:
      return { ...common, role: node.name ? 'group' : undefined };
    case Role.Feed:
      return {
        ...common,
        role: 'feed',
        'aria-keyshortcuts': 'J K',
        'aria-description': 'J and K go from comment to comment.',
      };
    case Role.Quote:
      return { role: 'blockquote', dir: node.isRightToLeft ? 'rtl' : 'ltr' };
    case Role.List:
      return { role: 'list' };
    case Role.Item:
      return {
        role: 'listitem',
        dir: common.dir,
        'aria-level': node.level > 1 ? String(node.level) : undefined,
      };
    case Role.Article:
      return {
        ...common,
        'aria-posinset': node.position > 0 ? String(node.position) : undefined,
        'aria-setsize': node.setSize !== 0 ? String(node.setSize) : undefined,
        'aria-busy': node.isBusy ? 'true' : undefined,
      };
    case Role.Time:
      return { ...linkAttributes(node.href), dir: common.dir, title: exactTime(node.value) };
    case Role.Link:
      return { ...common, ...linkAttributes(node.href) };
    case Role.Button:
      return {
        ...common,
        type: 'button',
        // What plain view shows of a button that is drawn as an icon.
        'data-short': node.text ? undefined : node.name.split(' ', 1)[0],
        'aria-pressed': tristate(node.pressed),
        'aria-expanded': tristate(node.expanded),
        'aria-busy': node.isBusy ? 'true' : undefined,
        // Not `disabled`: a button that is switched off while it has the focus would lose it.
        'aria-disabled': node.isDisabled ? 'true' : undefined,
      };
    case Role.TextField:
    case Role.TextArea:
      return { ...common, ...fieldAttributes(node) };
    case Role.Image:
      return {
        alt: '',
        src: imageAddress(node.href),
        loading: 'lazy',
        decoding: 'async',
        referrerpolicy: 'no-referrer',
        draggable: 'false',
      };
    case Role.Heading:
      // People are called what they are called.
      return { ...common, translate: node.level > 2 ? 'no' : undefined };
    default:
      if (isCode(node)) return { ...common, role: 'code', translate: 'no' };
      // A span has no role that could carry a name: what is only a picture is said to be one.
      return node.name && !node.text
        ? { ...common, role: 'img' }
        : {
            dir: common.dir,
            'aria-hidden': node.isSaidElsewhere ? 'true' : undefined,
          };
  }
}

/** Whether `node` is a block of code in a comment. */
export function isCode(node: SemanticNode): boolean {
  return node.face.isMono && node.lines.length > 0;
}

/** The attributes of the `<time>` inside. */
export function timeElementAttributes(node: SemanticNode): Attributes {
  return { datetime: isoTime(node.value) };
}

function fieldAttributes(node: SemanticNode): Attributes {
  const isEmail = node.autocomplete === 'email';
  const isLine = node.role === Role.TextField;
  return {
    type: isLine ? (isEmail ? 'email' : 'text') : undefined,
    rows: isLine ? undefined : '1',
    name: node.autocomplete || undefined,
    autocomplete: node.autocomplete || (isLine ? 'off' : undefined),
    placeholder: node.placeholder || undefined,
    // Empty, it begins where the page's lines do; then the words decide.
    dir: node.value ? 'auto' : node.isRightToLeft ? 'rtl' : 'ltr',
    // Whatever the page around says.
    spellcheck: String(!isLine),
    autocapitalize: node.autocomplete === 'name' ? 'words' : undefined,
    required: node.isRequired ? '' : undefined,
    'aria-invalid': node.isInvalid ? 'true' : undefined,
    // Not `disabled`: a field that is switched off while it has the focus would lose it.
    readonly: node.isDisabled ? '' : undefined,
    'aria-disabled': node.isDisabled ? 'true' : undefined,
  };
}

function tristate(value: number): string | undefined {
  if (value === Tristate.None) return undefined;
  return value === Tristate.Yes ? 'true' : 'false';
}

const none: Attributes = {};

/** Brings the attributes that `element` has from `before` into line with `after`. */
export function setAttributes(
  element: HTMLElement,
  after: Attributes,
  before: Attributes = none,
): void {
  for (const name in after) {
    const value = after[name];
    if (value !== before[name] && value !== undefined) element.setAttribute(name, value);
  }
  for (const name in before) {
    if (before[name] !== undefined && after[name] === undefined) element.removeAttribute(name);
  }
}
