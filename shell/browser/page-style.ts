import type { PageStyle } from './contracts';

/** Attributes by which pages switch themes, languages and directions. */
const themeAttributes = [
  ...['class', 'style', 'dir', 'lang', 'theme'],
  ...['data-theme', 'data-bs-theme', 'data-mode', 'data-color-mode', 'data-color-scheme'],
];
/** Attributes by which what stands in the head changes. */
const headAttributes = ['media', 'disabled', 'href', 'content'];

/** Red, green, blue and alpha from 0 to 1. */
type Colour = readonly [number, number, number, number];

const black: Colour = [0, 0, 0, 1];
const white: Colour = [1, 1, 1, 1];
const blue: Colour = [0.04, 0.34, 0.82, 1];

/** The page's style where a widget stands, and word of its changes. */
export interface PageStyleWatch {
  style(): PageStyle;
  destroy(): void;
}

/**
 * Reads what the page around `element` looks like. `onChange` is called when that has changed, or when
 * fonts have finished loading, at most once a frame. Custom properties on `element` or above it come before what is found:
 * --parlance-text, --parlance-background, --parlance-link, --parlance-font-size.
 */
export function watchPageStyle(element: HTMLElement, onChange: () => void): PageStyleWatch {
  const probe = new Probe(element);
  const stop = new AbortController();
  const signal = stop.signal;
  let last = readStyle(element, probe);
  let frame = 0;
  let hasNewFonts = false;

  const check = () => {
    frame = 0;
    const now = readStyle(element, probe);
    const isSame = (Object.keys(now) as (keyof PageStyle)[]).every((key) => now[key] === last[key]);
    last = now;
    if (!isSame || hasNewFonts) onChange();
    hasNewFonts = false;
  };
  const checkSoon = () => {
    frame ||= requestAnimationFrame(check);
  };

  // Whoever lays the widget out changes the element's height, again and again, and no more than that.
  let height = element.style.height;
  const themes = new MutationObserver((records) => {
    const isOwnStyle = records.every(
      ({ target, attributeName }) => target === element && attributeName === 'style',
    );
    const isHeight = isOwnStyle && element.style.height !== height;
    height = element.style.height;
    if (!isHeight) checkSoon();
  });
  for (const ancestor of ancestors(element)) {
    themes.observe(ancestor, { attributes: true, attributeFilter: themeAttributes });
  }
  themes.observe(document.head, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: headAttributes,
  });
  document.head.addEventListener('load', checkSoon, { signal, capture: true });
  const queries = [
    '(prefers-color-scheme: dark)',
    '(prefers-reduced-motion: reduce)',
    '(prefers-contrast: more)',
    '(pointer: coarse)',
  ];
  for (const query of queries) matchMedia(query).addEventListener('change', checkSoon, { signal });
  const onTransition = ({ target }: Event) => {
    if (target instanceof Node && target.contains(element)) checkSoon();
  };
  document.addEventListener('transitionend', onTransition, { signal });
  window.addEventListener('resize', checkSoon, { signal });
  document.fonts.addEventListener(
    'loadingdone',
    () => {
      hasNewFonts = true;
      checkSoon();
    },
    { signal },
  );

  return {
    style: () => last,
    destroy() {
      stop.abort();
      themes.disconnect();
      cancelAnimationFrame(frame);
      probe.destroy();
    },
  };
}

function readStyle(element: HTMLElement, probe: Probe): PageStyle {
  probe.attach();
  const computed = getComputedStyle(element);
  const own = (name: string) => computed.getPropertyValue(`--parlance-${name}`).trim();

  const background = probe.colour(own('background')) ?? backgroundBehind(element, probe);
  const text = probe.colour(own('text')) ?? probe.colour(computed.color) ?? black;
  const link = probe.colour(own('link')) ?? probe.linkColour() ?? blue;
  const ownSize = probe.length(own('font-size'));
  const fontSize = ownSize ?? (parseFloat(computed.fontSize) || 16);
  const height = parseFloat(computed.lineHeight);
  const ratio = Number.isNaN(height) ? 1.5 : height / (parseFloat(computed.fontSize) || 16);
  return {
    text: pack(blend(text, background)),
    background: pack(background),
    link: pack(blend(link, background)),
    fontFamily: computed.fontFamily,
    fontSize,
    lineHeight: ownSize === undefined && !Number.isNaN(height) ? height : fontSize * ratio,
    isRightToLeft: computed.direction === 'rtl',
    prefersReducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    hasCoarsePointer: matchMedia('(pointer: coarse)').matches,
    language: languageOf(element),
  };
}

/** What lies behind the element, opaque: the backgrounds of everything it stands in, on the browser's own. */
function backgroundBehind(element: HTMLElement, probe: Probe): Colour {
  const layers: Colour[] = [];
  let isOpaque = false;
  for (const ancestor of ancestors(element)) {
    const colour = probe.colour(getComputedStyle(ancestor).backgroundColor);
    if (!colour || colour[3] === 0) continue;
    layers.push(colour);
    isOpaque = colour[3] === 1;
    if (isOpaque) break;
  }
  const ground = isOpaque ? white : (probe.canvasColour() ?? white);
  return layers.reduceRight((behind, colour) => blend(colour, behind), ground);
}

/** The element and all that it stands in, out of shadow roots too, nearest first. */
function* ancestors(element: Element): Generator<Element> {
  for (let at: Element | null = element; at;) {
    yield at;
    const parent: Node | null = at.assignedSlot ?? at.parentNode;
    at = parent instanceof ShadowRoot ? parent.host : parent instanceof Element ? parent : null;
  }
}

function languageOf(element: Element): string {
  for (const ancestor of ancestors(element)) {
    const language = ancestor.getAttribute('lang');
    if (language) return language;
  }
  return '';
}

/**
 * A hidden link among the element's children, which wears what the page's links wear, and the hidden slot that
 * holds it, which turns any CSS colour or length into numbers.
 */
class Probe {
  private readonly element: HTMLElement;
  private readonly link = document.createElement('a');
  private readonly slot = document.createElement('slot');

  constructor(element: HTMLElement) {
    this.element = element;
    this.link.href = '#';
    this.link.slot = this.slot.name = 'parlance-probe';
    for (const part of [this.link, this.slot]) {
      part.hidden = true;
      part.setAttribute('aria-hidden', 'true');
    }
  }

  /** Styles are only computed for what is on the page. */
  attach(): void {
    const root = this.element.shadowRoot ?? this.element;
    if (this.link.parentNode !== this.element) this.element.append(this.link);
    if (this.slot.parentNode !== root) root.append(this.slot);
  }

  destroy(): void {
    this.link.remove();
    this.slot.remove();
  }

  linkColour(): Colour | undefined {
    return this.colour(getComputedStyle(this.link).color);
  }

  /** The browser's own background, light or dark as the page asks for. */
  canvasColour(): Colour | undefined {
    return this.colour('Canvas');
  }

  colour(css: string): Colour | undefined {
    return parseColour(css) ?? (css ? this.converted(css) : undefined);
  }

  /** CSS pixels. */
  length(css: string): number | undefined {
    this.slot.style.fontSize = '';
    this.slot.style.fontSize = css;
    if (this.slot.style.fontSize === '') return undefined;
    return parseFloat(getComputedStyle(this.slot).fontSize) || undefined;
  }

  private converted(css: string): Colour | undefined {
    const style = this.slot.style;
    for (const value of [css, `color-mix(in srgb, ${css}, ${css})`]) {
      style.color = '';
      style.color = value;
      const colour =
        style.color === '' ? undefined : parseColour(getComputedStyle(this.slot).color);
      if (colour) return colour;
    }
    return undefined;
  }
}

/** Understands "rgb(…)", "rgba(…)" and "color(srgb …)": what computed styles come down to. */
function parseColour(css: string): Colour | undefined {
  const [, space, body] = /^(rgba?\(|color\(srgb )(.+)\)$/.exec(css) ?? [];
  const numbers = body?.match(/none|-?[\d.]+(e-?\d+)?%?/g)?.map(parseNumber);
  const [red, green, blueness, alpha = 1] = numbers ?? [];
  if (red === undefined || green === undefined || blueness === undefined) return undefined;
  const most = space === 'color(srgb ' ? 1 : 255;
  return [clamp(red / most), clamp(green / most), clamp(blueness / most), clamp(alpha)];
}

function parseNumber(text: string): number {
  if (text === 'none') return 0;
  return text.endsWith('%') ? parseFloat(text) / 100 : parseFloat(text);
}

function clamp(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}

function blend(over: Colour, under: Colour): Colour {
  const alpha = over[3];
  const mix = (i: 0 | 1 | 2) => over[i] * alpha + under[i] * (1 - alpha);
  return [mix(0), mix(1), mix(2), 1];
}

function pack(colour: Colour): number {
  const [red, green, blueness, alpha] = colour.map((part) => Math.round(part * 255)) as [...Colour];
  return ((red << 24) | (green << 16) | (blueness << 8) | alpha) >>> 0;
}
