/** Scripts that several fonts of one computer have, where browsers find them by chance: all of them in families by name. */
const sans = "'Noto Sans Arabic','Noto Sans Math','Noto Sans Myanmar'";
const serif = "'Noto Naskh Arabic','Noto Sans Math','Noto Serif Myanmar'";

/**
 * The page's font-family list, and what is to be tried behind it. For a letter that no font of the list has a browser looks for any
 * font of the computer, and which one it takes depends on the letters around: on a canvas, where each line stands alone, often another
 * than in a paragraph, and sometimes two in one word. A font by name has all of a script's letters.
 */
export function withFallbacks(family: string, language: string): string {
  const isSerif = /\bserif\b/.test(family.replaceAll('sans-serif', ''));
  // Urdu is read in another hand.
  const urdu = /^ur\b/i.test(language) ? "'Noto Nastaliq Urdu'," : '';
  return `${family},${urdu}${isSerif ? serif : sans}`;
}
