/**
 * Whether a line of text is kerned. Canvases shape Chinese and Japanese letter by letter and so do
 * not kern them, while the DOM does; lines with such letters go without it in both.
 */
export function isKerned(line: string): boolean {
  return !/[\u3040-\u30ff\u3400-\u9fff]/.test(line);
}
