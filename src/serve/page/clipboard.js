// Tables in the clipboard, as Excel, WPS, Word and browsers put them there.

/**
 * Returns the table in a clipboard as rows of texts, or null. Merged cells of an HTML table have their text at every place
 * that they cover, so that each figure has the labels of its row and column.
 */
export function tableIn(clipboard) {
  // Styles say nothing about places, and the policy of the page forbids them.
  const html = clipboard.getData('text/html').replace(/<style[\s\S]*?<\/style>/gi, '').replace(/\sstyle\s*=\s*(?:"[^"]*"|'[^']*')/gi, '');
  const table = html ? new DOMParser().parseFromString(html, 'text/html').querySelector('table') : null;
  if (table) return trimmed(fromHtml(table));
  const text = clipboard.getData('text/plain');
  return text === '' ? null : trimmed(fromText(text));
}

/** Expands an HTML table. */
function fromHtml(table) {
  const rows = [];
  [...table.rows].forEach((row, y) => {
    rows[y] = rows[y] || [];
    let x = 0;
    for (const cell of row.cells) {
      while (rows[y][x] !== undefined) x += 1;
      const words = textOf(cell);
      const [width, height] = [Math.min(cell.colSpan || 1, 100), Math.min(cell.rowSpan || 1, table.rows.length - y)];
      for (let dy = 0; dy < height; dy += 1) {
        rows[y + dy] = rows[y + dy] || [];
        // A figure stands once; only labels reach over several places.
        for (let dx = 0; dx < width; dx += 1) rows[y + dy][x + dx] = isFigure(words) && (dx > 0 || dy > 0) ? '' : words;
      }
      x += width;
    }
  });
  const length = Math.max(...rows.map((row) => row.length));
  return rows.map((row) => Array.from({ length }, (_, x) => row[x] || ''));
}

/** Returns the words of a cell. Line breaks within a cell are only those of its width. */
function textOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('style, script').forEach((one) => one.remove());
  return copy.textContent.replace(/[\u00a0\s]+/g, ' ').trim();
}

/** Takes text apart: lines of cells separated by tabs; a cell in quotation marks may have line breaks. */
function fromText(text) {
  const rows = [[]];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const words = match[1] !== undefined ? match[1].replace(/""/g, '"') : match[2];
    // A blank on purpose is copied as a space.
    rows[rows.length - 1].push(/^ +$/.test(words) ? ' ' : words.replace(/\s+/g, ' ').trim());
    if (match[3] === '') break;
    if (match[3] !== '\t') rows.push([]);
  }
  return rows;
}

/** Removes empty rows and columns at the end. */
function trimmed(rows) {
  const isEmpty = (row) => row.every((words) => words === '');
  const kept = rows.slice();
  while (kept.length > 1 && isEmpty(kept[kept.length - 1])) kept.pop();
  return kept;
}

/** Whether a text can stand in a cell of figures. */
export function isFigure(words) {
  return /^[-－—/／]?$|^[-－]?[\d０-９,，]+(?:[.．][\d０-９]+)?\s*(?:万?元|件|条)?$/.test(words.trim()) && words.trim() !== '';
}

/** Converts typed or pasted text to a value of the file: empty text removes the value, a space is a deliberate blank. */
export function toValue(words) {
  const word = words.trim().replace(/[０-９．－／，]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/,(?=\d{3}(\D|$))/g, '');
  if (word === '空白' || (words !== '' && word === '')) return '';
  return word === '' ? null : word === '—' || word === '-' ? '/' : word;
}
