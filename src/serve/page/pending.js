// Changes that could not be saved, kept in the browser until they are.

import { current, isSame, keyOf, valueOf } from './edits.js';

const name = (file) => `gongbao.pending:${file}`;

/** Keeps changes of a report together with the values that they replace, and those that were sent before without an answer. */
export function keep(file, told, edits, sent) {
  const before = edits.flatMap((edit) => [current(told, edit), sent.get(keyOf(edit))]).filter(Boolean);
  const kept = { version: told.version, edits, before };
  try {
    localStorage.setItem(name(file), JSON.stringify(kept));
  } catch (error) {
    // The store of the browser is full or switched off: the page itself still has the changes.
  }
}

/** Removes the kept changes. */
export function forget(file) {
  try {
    localStorage.removeItem(name(file));
  } catch (error) {
    // As above.
  }
}

/** Returns kept changes, and those whose field has another value in the file by now; null if there are none. */
export function found(file, data) {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(name(file)) || 'null');
  } catch (error) {
    return null;
  }
  if (!kept) return null;
  const edits = kept.edits.filter((edit) => !isSame(current(data, edit), edit));
  const both = edits.filter((edit) => {
    const before = kept.before.filter((one) => keyOf(one) === keyOf(edit));
    return !before.some((one) => isSame(current(data, edit), one));
  });
  if (edits.length === 0) forget(file);
  return edits.length === 0 ? null : { edits, both: both.map((edit) => ({ edit, theirs: valueOf(current(data, edit)) })) };
}
