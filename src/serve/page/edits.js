// Edits: changes of one field, as the server takes them.
//
// `{path, value}` is a figure, a field of the head or the note under a table; `{path, note}` the note on a figure;
// `{chapter, paragraphs}` a text.

/** Returns the key of the changed field: a later change of a field replaces an earlier one that is not sent yet. */
export const keyOf = (edit) => ('chapter' in edit ? edit.chapter : edit.path + ('note' in edit ? '#note' : ''));

/** Whether two edits set the same value. */
export const isSame = (a, b) => JSON.stringify(valueOf(a)) === JSON.stringify(valueOf(b));

/** Returns the value that an edit sets. */
export function valueOf(edit) {
  if ('chapter' in edit) return edit.paragraphs;
  return 'note' in edit ? edit.note : edit.value;
}

/** Returns the edit that sets the value which `data` has for the field of another edit. */
export function current(data, edit) {
  if ('chapter' in edit) return { chapter: edit.chapter, paragraphs: data.texts[edit.chapter] || [] };
  const value = data.values[edit.path];
  if ('note' in edit) return { path: edit.path, note: (value || {}).note || null };
  if (value) return { path: edit.path, value: value.raw === undefined ? null : value.raw };
  const field = data.head.find((one) => one.path === edit.path);
  if (field) return { path: edit.path, value: field.value };
  return { path: edit.path, value: data.notes[edit.path.replace(/\.note$/, '')] || null };
}

/** Sets the value of an edit in `data`; objects that other copies share are replaced, not changed. */
export function set(data, edit) {
  if ('chapter' in edit) {
    data.texts = { ...data.texts, [edit.chapter]: edit.paragraphs };
  } else if ('note' in edit) {
    data.values = { ...data.values, [edit.path]: { ...data.values[edit.path], note: edit.note } };
  } else if (data.values[edit.path]) {
    data.values = { ...data.values, [edit.path]: { ...data.values[edit.path], raw: edit.value } };
  } else if (data.head.some((field) => field.path === edit.path)) {
    data.head = data.head.map((field) => (field.path === edit.path ? { ...field, value: edit.value } : field));
  } else {
    data.notes = { ...data.notes, [edit.path.replace(/\.note$/, '')]: edit.value };
  }
}

/** Returns edits that make an empty report equal to `data`. */
export function everything(data) {
  const edits = data.head.filter((field) => field.value !== null).map((field) => ({ path: field.path, value: field.value }));
  for (const [path, value] of Object.entries(data.values)) {
    if (value.raw !== null && value.raw !== undefined) edits.push({ path, value: value.raw });
    if (value.note) edits.push({ path, note: value.note });
  }
  for (const [key, note] of Object.entries(data.notes)) if (note) edits.push({ path: `${key}.note`, value: note });
  for (const [chapter, paragraphs] of Object.entries(data.texts)) if (paragraphs.length > 0) edits.push({ chapter, paragraphs });
  return edits;
}
