import {
  attributesOf,
  isCode,
  setAttributes,
  tagOf,
  type Attributes,
  type Tag,
} from './attributes';
import { px, type Faces } from './faces';
import { isField, writeField, type FieldElement } from './fields';
import type { LineFitter } from './line-fitter';
import { Role, type SemanticNode } from './patch-reader';
import { TextContent } from './text-content';

const classNames: Readonly<Record<number, string>> = {
  [Role.Group]: 'group',
  [Role.Heading]: 'heading',
  [Role.Feed]: 'feed',
  [Role.Article]: 'comment',
  [Role.Text]: 'text',
  [Role.Time]: 'time',
  [Role.Link]: 'link',
  [Role.Button]: 'button',
  [Role.TextField]: 'field',
  [Role.TextArea]: 'field',
  [Role.Image]: 'image',
  [Role.Status]: 'text status',
  [Role.Alert]: 'text alert',
  [Role.Quote]: 'quote',
  [Role.List]: 'list',
  [Role.Item]: 'text',
};

/** One node of the semantic tree as an element. */
export class MirrorNode {
  readonly element: HTMLElement;
  /** What the last put said; nothing before the first. */
  said: SemanticNode | undefined;
  private readonly tag: Tag;
  private readonly faces: Faces;
  readonly text: TextContent;
  private readonly field: FieldElement | undefined;
  private attributes: Attributes | undefined;
  private className = '';

  /** `element` is taken over where it is given, and must be of the node's tag and empty. */
  constructor(node: SemanticNode, faces: Faces, fitter: LineFitter, element?: HTMLElement) {
    this.tag = tagOf(node);
    this.element = element ?? document.createElement(this.tag);
    this.faces = faces;
    this.text = new TextContent(this.element, faces, fitter);
    if (isField(this.element)) this.field = this.element;
  }

  /** Whether `node` can be shown by changing this element; otherwise it needs another. */
  fits(node: SemanticNode): boolean {
    return this.said?.role === node.role && tagOf(node) === this.tag;
  }

  /** Says `node`. Touches only what differs from what was said before. Answers a field that may want another height now. */
  update(node: SemanticNode): FieldElement | undefined {
    const before = this.said;
    this.said = node;

    const attributes = attributesOf(node);
    setAttributes(this.element, attributes, this.attributes);
    this.attributes = attributes;
    const isRestyled = this.setClassName(node);
    this.place(node, before);
    const { field } = this;
    if (!field) {
      if (node.role !== Role.Image) this.text.update(node, before);
      return undefined;
    }
    const isRewritten = writeField(field, node.value);
    const isReshaped = node.value !== '' && (isRestyled || node.width !== before?.width);
    return node.role === Role.TextArea && (isRewritten || isReshaped) ? field : undefined;
  }

  private setClassName(node: SemanticNode): boolean {
    let className = classNames[node.role] ?? '';
    if (hasFace(node)) className += ` ${this.faces.className(fieldSafe(node), lineHeight(node))}`;
    if (isFittedItself(node)) className += ' line alone';
    if (node.lines.length > 0) className += blockClasses(node);
    if (node.isVisuallyHidden) className += ' said';
    if (className === this.className) return false;
    this.className = className;
    this.element.className = className;
    return true;
  }

  private place(node: SemanticNode, before: SemanticNode | undefined): void {
    const style = this.element.style;
    if (!isPlaced(node)) {
      // Plain view keeps the width, so that its lines end where the drawn ones do.
      if (node.lines.length > 0 && node.width !== before?.width) style.width = px(node.width);
      return;
    }
    if (node.x !== before?.x) style.left = px(node.x);
    if (node.y !== before?.y) style.top = px(node.y);
    if (node.role === Role.Article && node.value !== before?.value) {
      style.setProperty('--indent', `${node.value}px`);
    }
    if (isFittedItself(node)) return;
    if (node.width !== before?.width) style.width = px(node.width);
    if (node.height !== before?.height) style.height = px(node.height);
  }
}

/** What only holds others together. */
const frames: ReadonlySet<number> = new Set([Role.Group, Role.Feed, Role.Quote, Role.List]);

/** Whether the node's own element lies at its rectangle. Paragraphs do so themselves. */
function isPlaced(node: SemanticNode): boolean {
  if (frames.has(node.role) || node.isVisuallyHidden) return false;
  return node.lines.length === 0 || node.role === Role.Button;
}

/** Plain view draws the ground of code, as the canvas does otherwise. */
function blockClasses(node: SemanticNode): string {
  return ` block${isCode(node) ? ' code' : ''}`;
}

function isText(node: SemanticNode): boolean {
  return node.role === Role.Text || node.role === Role.Status || node.role === Role.Alert;
}

function isFittedItself(node: SemanticNode): boolean {
  return isText(node) && node.lines.length === 0 && !node.isVisuallyHidden;
}

function hasFace(node: SemanticNode): boolean {
  switch (node.role) {
    case Role.Article:
    case Role.Image:
      return false;
    // Plain view has words for what is drawn as an icon.
    case Role.Button:
    case Role.TextField:
    case Role.TextArea:
      return true;
    default:
      return node.text !== '';
  }
}

/** Phones zoom the page in on fields with smaller letters than these. */
const leastFieldSize = 16;

function isFieldNode(node: SemanticNode): boolean {
  return node.role === Role.TextField || node.role === Role.TextArea;
}

function fieldSafe(node: SemanticNode): SemanticNode['face'] {
  if (!isFieldNode(node) || node.face.size >= leastFieldSize) return node.face;
  return { ...node.face, size: leastFieldSize };
}

function lineHeight(node: SemanticNode): number {
  if (isFieldNode(node)) return Math.round(fieldSafe(node).size * 1.5);
  return node.lines[0]?.height ?? node.height;
}
