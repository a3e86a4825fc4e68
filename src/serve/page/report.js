// One report in the browser: the state of the server with the changes that the page has made to it.

import { get } from './api.js';
import { current, isSame, keyOf, set } from './edits.js';
import { History } from './history.js';
import { Saver } from './saver.js';

/**
 * Events: `values` (paths), `findings`, `texts`, `head`, `state`, `version`, `refusals`, `conflict`, `replaced`,
 * `moved` (undo or redo), `reform` (another form), `elsewhere`.
 */
export class Report extends EventTarget {
  constructor(file, data) {
    super();
    this.file = file;
    /** What the page shows. */
    this.data = data;
    /** What the server has told last, without changes of the page. */
    this.told = { ...data };
    this.editable = data.editable;
    /** Changes that the server did not accept: key → {edit, message}. */
    this.refused = new Map();
    this.history = new History(this);
    this.saver = new Saver(this);
  }

  static async open(file) {
    return new Report(file, await get('report', { file }));
  }

  close() {
    this.saver.close();
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /**
   * Applies changes to the page at once and sends them to the server. Changes of the same `group` are one step of the
   * history; `carets` are the states of the input before and after the change.
   */
  change(edits, { undoable = true, group = null, carets = null } = {}) {
    if (!this.data.editable) return;
    const real = edits.filter((edit) => !isSame(current(this.data, edit), edit) || this.refused.has(keyOf(edit)));
    if (real.length === 0) {
      if (carets && undoable) this.history.moveCaret(group, carets);
      return;
    }
    if (undoable) this.history.record(real.map((edit) => ({ from: current(this.data, edit), to: edit })), group, carets);
    for (const edit of real) {
      set(this.data, edit);
      this.refused.delete(keyOf(edit));
    }
    this.show(real);
    this.emit('refusals');
    this.saver.queue(real);
  }

  /** Tells the views which fields have changed. */
  show(edits) {
    const paths = edits.filter((edit) => edit.path && this.data.values[edit.path]).map((edit) => edit.path);
    if (paths.length > 0) this.emit('values', paths);
    this.emit('changed', edits);
  }

  /** Notes that the server does not accept an edit. The page keeps what was typed. */
  refuse(edit, message) {
    this.refused.set(keyOf(edit), { edit, message });
    this.show([edit]);
    this.emit('refusals');
  }

  /** Returns to the value of the server for a refused edit. */
  giveUp(key) {
    const refused = this.refused.get(key);
    if (!refused) return;
    this.refused.delete(key);
    const edit = current(this.told, refused.edit);
    set(this.data, edit);
    this.show([edit]);
    this.emit('replaced');
    this.emit('refusals');
    this.saver.settle();
  }

  /** Applies the answer of the server to a change. `pending` are the edits that are not saved yet. */
  take(reply, pending) {
    const { told } = this;
    told.version = reply.version;
    for (const key of ['findings', 'counts', 'placeholders', 'saves', 'built']) if (key in reply) told[key] = reply[key];
    told.values = { ...told.values, ...reply.values };
    if (reply.texts) told.texts = { ...told.texts, ...reply.texts };
    if (reply.head) told.head = reply.head;
    if (reply.notes) told.notes = reply.notes;
    const before = this.data;
    this.data = { ...told };
    this.overlay(pending);
    const paths = Object.keys(reply.values || {});
    // Another year may have another form with other tables: the view is created again.
    if (reply.fields_changed) this.emit('reform');
    if (paths.length > 0) this.emit('values', paths);
    if (before.texts !== this.data.texts) this.emit('texts');
    if (before.head !== this.data.head) this.emit('head');
    this.emit('findings');
    this.emit('version', reply.version);
  }

  /** Replaces all data by that of the file; changes that are not saved yet stay. */
  adopt(data, pending) {
    const is = JSON.stringify;
    const reformed = is(data.tables) !== is(this.told.tables) || is(data.chapters) !== is(this.told.chapters);
    this.told = { ...data };
    this.data = { ...data };
    this.overlay(pending);
    if (reformed || data.editable !== this.editable) this.emit('reform');
    this.editable = data.editable;
    this.emit('replaced');
    this.emit('findings');
    this.emit('version', data.version);
  }

  /** Puts changes that the server does not have over its data. */
  overlay(pending) {
    for (const edit of pending) set(this.data, edit);
    for (const { edit } of this.refused.values()) set(this.data, edit);
  }
}
