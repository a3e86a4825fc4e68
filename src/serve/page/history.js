// Undo and redo over all fields of a report.

import { post } from './api.js';
import { isSame, keyOf } from './edits.js';

/** Maximum number of steps. */
const MOST = 1000;

/** The steps of one report. A step is a list of `{from, to}`, or the restoration of a saved version. */
export class History {
  constructor(report) {
    this.report = report;
    this.done = [];
    this.undone = [];
    /** The steps that are being undone or redone, one after another. */
    this.work = Promise.resolve();
  }

  /** Adds a step, or adds to the last step if it has the same group. */
  record(items, group, carets) {
    const last = this.done[this.done.length - 1];
    if (group !== null && last && last.group === group && this.undone.length === 0) {
      for (const item of items) {
        const same = last.items.find((one) => keyOf(one.to) === keyOf(item.to));
        if (same) same.to = item.to;
        else last.items.push(item);
      }
      if (carets) last.carets = { from: last.carets ? last.carets.from : carets.from, to: carets.to };
      // An input that was left with Escape has changed nothing.
      if (!carets && last.items.every((item) => isSame(item.from, item.to))) this.done.pop();
      return;
    }
    this.done.push({ items, group, carets });
    if (this.done.length > MOST) this.done.shift();
    this.undone = [];
    this.report.emit('history');
  }

  /** Updates the state of the input after the last step, for typing that changes no value, such as an empty line. */
  moveCaret(group, carets) {
    const last = this.done[this.done.length - 1];
    if (last && group !== null && last.group === group && last.carets) last.carets.to = carets.to;
  }

  /** Adds the restoration of a saved version. */
  recordRestore(from, to) {
    this.done.push({ items: [], restore: { from, to }, group: null, carets: null });
    this.undone = [];
    this.report.emit('history');
  }

  undo() { return this.step(this.done, this.undone, 'from'); }

  redo() { return this.step(this.undone, this.done, 'to'); }

  step(from, to, way) {
    const done = this.work.then(() => this.take(from, to, way));
    this.work = done.catch(() => {});
    return done;
  }

  async take(from, to, way) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    if (step.restore) {
      await restore(this.report, step.restore[way]);
    } else {
      this.report.change(step.items.map((item) => item[way]), { undoable: false });
    }
    this.report.emit('moved', { edits: step.items.map((item) => item[way]), caret: step.carets && step.carets[way] });
    this.report.emit('history');
  }
}

/** Makes the file what it was in a saved version. */
export async function restore(report, version) {
  const { file, saver } = report;
  // Until the answer is there, nothing is said to be saved.
  saver.typing('restore', true);
  try {
    await saver.flush();
    const reply = await post('restore', { file, base: report.told.version, version });
    report.take(reply, saver.pending());
    report.emit('replaced');
    return reply.version;
  } finally {
    saver.typing('restore', false);
  }
}
