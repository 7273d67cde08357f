/** Remembers what is drawn on canvases from now on. Runs in the page. */
export function watchDrawing() {
  const texts = [];
  const { CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D } = globalThis;
  for (const context of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    if (!context) continue;
    const { prototype } = context;
    const { fillText } = prototype;
    prototype.fillText = function (text, ...where) {
      texts.push({ text, font: this.font });
      return fillText.call(this, text, ...where);
    };
  }
  globalThis.isDrawn = (words, size = '') =>
    texts.some(({ text, font }) => text.includes(words) && font.includes(size));
}
