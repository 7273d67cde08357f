import type { Face } from './patch-reader';

/**
 * Gives every font and line height that the widget uses a class of its own: one attribute on an
 * element instead of four properties.
 */
export class Faces {
  /** To be adopted by the root that holds the mirror. */
  readonly sheet = new CSSStyleSheet();
  private readonly names = new Map<string, string>();

  /** The class for `face` in lines that are `lineHeight` CSS pixels tall. */
  className(face: Face, lineHeight: number): string {
    const height = lineHeight > 0 ? `${round(lineHeight)}px` : 'normal';
    const style = face.isItalic ? 'italic' : 'normal';
    const family = face.isMono ? ';font-family:var(--mono)' : '';
    const rule = `font-size:${round(face.size)}px;font-weight:${face.weight};font-style:${style};line-height:${height}${family}`;
    const known = this.names.get(rule);
    if (known !== undefined) return known;

    const name = `face-${this.names.size + 1}`;
    this.names.set(rule, name);
    this.sheet.insertRule(`.${name}{${rule}}`, this.sheet.cssRules.length);
    return name;
  }
}

/** Hundredths of a pixel are all that layout keeps. */
function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

/** A length in CSS pixels, as CSS. */
export function px(pixels: number): string {
  return `${round(pixels)}px`;
}
