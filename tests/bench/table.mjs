/** Rows of text as a Markdown table, the first column to the left and the others to the right. */
export function table(head, rows) {
  const widths = head.map((title, at) =>
    Math.max(3, title.length, ...rows.map((row) => row[at].length)),
  );
  const cell = (text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]));
  const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join('\n');
}
