// One report in the browser: the last state from the server, unsent changes, undo and redo.

import { get, post } from './api.js';

/** Milliseconds until a failed request is repeated. */
const RETRY = 2000;
/** Milliseconds between checks for changes by other programs. */
const POLL = 3000;

/** Returns the key of the changed field: a later change of a field replaces an earlier one that is not sent yet. */
const keyOf = (edit) => ('chapter' in edit ? edit.chapter : edit.path + ('note' in edit ? '#note' : ''));

/**
 * Events: `values` (paths), `findings`, `texts`, `head`, `state`, `version`, `refused` (error, edits), `conflict` (body).
 */
export class Report extends EventTarget {
  constructor(file, data) {
    super();
    this.file = file;
    this.data = data;
    this.state = 'saved';
    this.waiting = [];
    this.sending = null;
    this.seq = 0;
    this.undone = [];
    this.done = [];
    this.polling = setInterval(() => this.poll(), POLL);
    this.onfocus = () => this.poll();
    addEventListener('focus', this.onfocus);
    this.onleave = (event) => { if (this.state !== 'saved') event.preventDefault(), (event.returnValue = ''); };
    addEventListener('beforeunload', this.onleave);
  }

  static async open(file) {
    return new Report(file, await get('report', { file }));
  }

  close() {
    clearInterval(this.polling);
    removeEventListener('focus', this.onfocus);
    removeEventListener('beforeunload', this.onleave);
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** Returns the edit that would restore the current value. */
  before(edit) {
    if ('chapter' in edit) return { chapter: edit.chapter, paragraphs: this.data.texts[edit.chapter] || [] };
    if ('note' in edit) return { path: edit.path, note: (this.data.values[edit.path] || {}).note || null };
    const value = this.data.values[edit.path];
    if (value) return { path: edit.path, value: value.raw === undefined ? null : value.raw };
    const field = this.data.head.find((field) => field.path === edit.path);
    if (field) return { path: edit.path, value: field.value };
    return { path: edit.path, value: this.data.notes[edit.path.replace(/\.note$/, '')] || null };
  }

  /** Applies changes to the page at once and sends them to the server. */
  change(edits, { undoable = true } = {}) {
    if (!this.data.editable) return;
    const real = edits.filter((edit) => JSON.stringify(this.before(edit)) !== JSON.stringify(edit));
    if (real.length === 0) return;
    if (undoable) {
      const last = this.done[this.done.length - 1];
      // Continued typing in one text is one undo step.
      if (last && real.length === 1 && 'chapter' in real[0] && last.length === 1 && keyOf(last[0].to) === keyOf(real[0]) && Date.now() - last.at < 3000) {
        last[0].to = real[0];
        last.at = Date.now();
      } else {
        const step = real.map((edit) => ({ from: this.before(edit), to: edit }));
        step.at = Date.now();
        this.done.push(step);
      }
      this.undone = [];
    }
    const paths = [];
    for (const edit of real) {
      if ('chapter' in edit) {
        this.data.texts[edit.chapter] = edit.paragraphs;
      } else if ('note' in edit) {
        this.data.values[edit.path] = { ...this.data.values[edit.path], note: edit.note };
        paths.push(edit.path);
      } else if (this.data.values[edit.path]) {
        this.data.values[edit.path] = { ...this.data.values[edit.path], raw: edit.value };
        paths.push(edit.path);
      } else {
        const field = this.data.head.find((field) => field.path === edit.path);
        if (field) field.value = edit.value;
        else this.data.notes[edit.path.replace(/\.note$/, '')] = edit.value;
      }
      this.waiting = this.waiting.filter((other) => keyOf(other) !== keyOf(edit)).concat(edit);
    }
    if (paths.length > 0) this.emit('values', paths);
    this.emit('changed', real);
    this.send();
  }

  step(from, to, way) {
    const step = from.pop();
    if (!step) return;
    to.push(step);
    this.change(step.map((one) => one[way]), { undoable: false });
    this.emit('moved', step.map((one) => one[way]));
  }

  undo() { this.step(this.done, this.undone, 'from'); }

  redo() { this.step(this.undone, this.done, 'to'); }

  set(state) {
    if (state === this.state) return;
    this.state = state;
    this.emit('state', state);
  }

  /** Sends changes: one request at a time, later changes in the next request. */
  async send() {
    if (this.sending || this.waiting.length === 0) return this.sending;
    this.sending = (async () => {
      while (this.waiting.length > 0) {
        const edits = this.waiting;
        this.waiting = [];
        this.set('saving');
        try {
          this.take(await post('edit', { file: this.file, base: this.data.version, edits, seq: ++this.seq }));
        } catch (error) {
          if (!(await this.failed(error, edits))) break;
        }
      }
    })();
    await this.sending;
    this.sending = null;
    if (this.waiting.length === 0 && this.state === 'saving') this.set('saved');
  }

  /** Handles a failed request; returns whether to continue sending. */
  async failed(error, edits) {
    const newer = (edit) => this.waiting.some((other) => keyOf(other) === keyOf(edit));
    const again = () => { this.waiting = edits.filter((edit) => !newer(edit)).concat(this.waiting); };
    if (error.status === 0 || error.status >= 500) {
      again();
      this.set('failed');
      await new Promise((resolve) => setTimeout(resolve, RETRY));
      return true;
    }
    if (error.status === 409) {
      again();
      this.set('conflict');
      this.emit('conflict', error.body);
      return false;
    }
    // The server applies all edits of a request or none: each edit is sent separately.
    if (edits.length > 1) {
      for (const edit of edits) {
        try {
          this.take(await post('edit', { file: this.file, base: this.data.version, edits: [edit], seq: ++this.seq }));
        } catch (other) {
          if (other.status === 422) this.emit('refused', { error: other, edit });
          else { this.waiting.push(edit); return this.failed(other, []); }
        }
      }
    } else {
      this.emit('refused', { error, edit: edits[0] });
    }
    const fresh = await get('report', { file: this.file });
    this.replace(fresh);
    return true;
  }

  /** Applies the answer of the server to a change. */
  take(reply) {
    this.data.version = reply.version;
    for (const key of ['findings', 'counts', 'placeholders', 'saves']) if (reply[key]) this.data[key] = reply[key];
    const mine = new Set(this.waiting.map(keyOf));
    const values = Object.entries(reply.values || {}).filter(([path]) => !mine.has(path));
    for (const [path, value] of values) this.data.values[path] = value;
    for (const [key, paragraphs] of Object.entries(reply.texts || {})) if (!mine.has(key)) this.data.texts[key] = paragraphs;
    if (reply.head) this.data.head = reply.head;
    // Another year may have another form with other tables: the view is created again.
    if (reply.fields_changed) this.emit('reform');
    if (values.length > 0) this.emit('values', values.map(([path]) => path));
    this.emit('findings');
    this.emit('version', reply.version);
  }

  /** Replaces all data by that of the file. */
  replace(data) {
    this.data = data;
    this.emit('replaced');
    this.emit('findings');
    this.emit('version', data.version);
  }

  /** Resolves a conflict: loads the version of the file and applies the edits that the user keeps. */
  resolve(theirs, edits) {
    this.waiting = [];
    this.replace(theirs);
    this.set('saved');
    this.change(edits);
  }

  /** Checks whether another program has changed the file. */
  async poll() {
    if (this.sending || this.waiting.length > 0 || document.hidden) return;
    const known = this.data.version;
    const told = await get('version', { file: this.file }).catch(() => null);
    if (!told) return this.set('failed');
    if (this.state === 'failed' && this.waiting.length === 0) this.set('saved');
    if (told.version !== known && known === this.data.version && !this.sending && this.waiting.length === 0) {
      this.replace(await get('report', { file: this.file }));
      this.emit('elsewhere');
    }
  }
}
