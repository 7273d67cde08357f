const encoder = new TextEncoder();

let segmenter: Intl.Segmenter | undefined;

/**
 * The UTF-8 bytes of `text` at which words begin, by the browser's dictionaries for scripts that write without spaces.
 * None where it has no Intl.Segmenter (Firefox before 125).
 */
export function findWords(text: string): number[] {
  if (!('Segmenter' in Intl)) return [];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  let end = 0;
  return Array.from(segmenter.segment(text), ({ segment }) => {
    const start = end;
    end += encoder.encode(segment).length;
    return start;
  });
}
