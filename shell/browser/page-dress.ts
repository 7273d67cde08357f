import type { Mirror, PageStyle } from './contracts';
import { withFallbacks } from './fallback-fonts';
import { cssPalette } from './frame-io';
import { watchPageStyle } from './page-style';
import type { TextCanvas } from './text-canvas';

/** What a widget looks like on its page: the page's own style on the way in, the colours that came of it on the way out. */
export class PageDress {
  /** As the page has it now. */
  page: PageStyle;
  private readonly style: ReturnType<typeof watchPageStyle>;
  private palette = '';

  /** `onChange` is called when the page looks another way. */
  constructor(
    element: HTMLElement,
    private readonly text: TextCanvas,
    private readonly mirror: Mirror,
    onChange: () => void,
  ) {
    this.style = watchPageStyle(element, () => {
      this.page = this.style.style();
      onChange();
    });
    this.page = this.style.style();
  }

  /** Has texts measured, drawn and mirrored in the page's font. Answers its family. */
  applyFonts(): string {
    const { language, fontFamily } = this.page;
    const family = withFallbacks(fontFamily, language);
    this.text.setLanguage(language);
    this.mirror.setFontFamily(family);
    return family;
  }

  /** Shows the colours of a frame, where they are others than before. */
  applyPalette(colours: Float64Array): void {
    const palette = colours.join();
    if (palette !== this.palette) this.mirror.setPalette(cssPalette(colours));
    this.palette = palette;
  }

  destroy(): void {
    this.style.destroy();
  }
}
