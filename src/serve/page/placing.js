// Finds the places of a pasted block in an official table by the labels of its rows and columns.

import { isFigure } from './clipboard.js';

/** Reduces a label to what different copies of it have in common. */
export const norm = (label) => label.replace(/[\s\u00a0（）()：:、，,。.．“”"'‘’/／]/g, '').replace(/[０-９]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));

/** Returns a label without its ordinal. */
const unnumbered = (label) => label.trim().replace(/^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|[\d０-９]+[.．、])/, '');

/** Whether two labels mean the same: equal, or equal without ordinals, or one begins with the other. */
function isSame(a, b) {
  const [x, y] = [norm(a), norm(b)];
  if (x === '' || y === '') return false;
  if (x === y) return true;
  const [u, v] = [norm(unnumbered(a)), norm(unnumbered(b))];
  if (u === v && u !== '') return true;
  const [short, long] = u.length < v.length ? [u, v] : [v, u];
  return short.length >= 4 && long.startsWith(short);
}

/** How well a list of labels agrees with that of a header; 0 if the innermost label differs. */
function score(given, own) {
  if (given.length === 0 || own.length === 0) return 0;
  if (!isSame(given[given.length - 1], own[own.length - 1])) return 0;
  let found = 1;
  let at = own.length - 1;
  for (const label of given.slice(0, -1).reverse()) {
    const next = own.slice(0, at).map((one) => isSame(label, one)).lastIndexOf(true);
    if (next >= 0) {
      found += 1;
      at = next;
    }
  }
  // Labels that the header does not have count against it.
  return found * 10 - (given.length - found) * 3 - Math.abs(own.length - given.length);
}

/** Returns the labels of a figure of the form: those of its row from the left, those of its column from the top. */
function labelsOf(cell, cells) {
  const words = (one) => (one.lines || []).join('') + (one.remark || '');
  const covers = (from, length, at) => from <= at && at < from + length;
  const row = cells.filter((one) => one.kind === 'row' && one.x < cell.x && covers(one.y, one.rowspan, cell.y)).sort((a, b) => a.x - b.x);
  const above = cells.filter((one) => one.kind === 'column' && one.y < cell.y && covers(one.x, one.colspan, cell.x)).sort((a, b) => a.y - b.y);
  // A table of several blocks has headers between them: only those of the own block count.
  const figures = cells.filter((one) => one.path && one.y < cell.y && covers(one.x, one.colspan, cell.x)).map((one) => one.y);
  const lastOther = Math.max(-1, ...figures.filter((y) => above.some((one) => one.y > y)));
  return { row: row.map(words), column: above.filter((one) => one.y > lastOther).map(words) };
}

/** Removes neighbours that are equal. */
const distinct = (labels) => labels.filter((label, i) => label !== '' && label !== labels[i - 1]);

/** Returns the best place, or null if there is none or two are equally good. */
function best(places) {
  const sorted = places.filter((one) => one.score > 0).sort((a, b) => b.score - a.score);
  if (sorted.length === 0 || (sorted[1] && sorted[1].score === sorted[0].score)) return null;
  return sorted[0];
}

/**
 * Places a block that has labels. Returns null if it has none; otherwise `{pairs: [[cell, words]], lost: [{labels, words,
 * why}]}`.
 */
export function placeByLabels(rows, cells) {
  const isLabel = (words) => words !== '' && !isFigure(words);
  const figures = cells.filter((cell) => cell.path).map((cell) => ({ cell, ...labelsOf(cell, cells) }));
  const known = figures.flatMap((one) => [...one.row, ...one.column]);
  const labels = rows.flat().filter(isLabel);
  if (labels.filter((label) => known.some((one) => isSame(label, one))).length < Math.max(1, labels.length / 3)) return null;
  const pairs = [];
  const lost = [];
  const taken = new Set();
  rows.forEach((row, y) => row.forEach((words, x) => {
    if (words === '' || isLabel(words)) return;
    const left = distinct(row.slice(0, x).filter(isLabel));
    const above = columnLabels(rows, x, y, isLabel);
    const places = figures.map((one) => {
      const [r, c] = [score(left, one.row), score(above, one.column)];
      const needs = [left.length > 0 && one.row.length > 0, above.length > 0 && one.column.length > 0];
      return { one, score: (needs[0] && r <= 0) || (needs[1] && c <= 0) ? 0 : r + c };
    });
    const place = best(places);
    const about = [...left, ...above].join(' › ');
    if (!place) lost.push({ labels: about, words, why: places.some((one) => one.score > 0) ? '有几处都像' : '表里没有这样的行或栏' });
    else if (taken.has(place.one.cell.path)) lost.push({ labels: about, words, why: '同一格有两个数' });
    else {
      taken.add(place.one.cell.path);
      pairs.push([place.one.cell, words]);
    }
  }));
  return { pairs, lost };
}

/** Returns the labels above a cell, of the nearest group of rows that are labels. */
function columnLabels(rows, x, y, isLabel) {
  const above = [];
  let inHeader = false;
  for (let at = y - 1; at >= 0; at -= 1) {
    const words = rows[at][x];
    if (isLabel(words)) {
      inHeader = true;
      above.unshift(words);
    } else if (inHeader) {
      break;
    }
  }
  return distinct(above);
}

/** Places a block without labels with its top left corner at a cell: `{pairs, lost}`. */
export function placeFrom(rows, corner, figures) {
  const ys = [...new Set(figures.filter((cell) => cell.y >= corner.y).map((cell) => cell.y))].sort((a, b) => a - b);
  const pairs = [];
  const lost = [];
  rows.forEach((line, i) => {
    const row = figures.filter((cell) => cell.y === ys[i] && cell.x >= corner.x).sort((a, b) => a.x - b.x);
    line.forEach((words, j) => {
      if (row[j]) pairs.push([row[j], words]);
      else if (words.trim() !== '') lost.push({ labels: `第${i + 1}行第${j + 1}格`, words, why: '超出表格' });
    });
  });
  return { pairs, lost };
}
