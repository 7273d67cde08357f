/** A comment's text as the servers of others send it: paragraphs of escaped text. */
export function toHtml(text) {
  const escaped = text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<p>${escaped.split('\n\n').join('</p><p>')}</p>`;
}
