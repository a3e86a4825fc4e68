// Saving: sends the changes of one report, one request at a time, and says how far they are.

import { get, post } from './api.js';
import { current, everything, isSame, keyOf, valueOf } from './edits.js';
import * as pending from './pending.js';

/** Milliseconds between checks for changes by other programs. */
const POLL = 1000;
/** Milliseconds until a failed request is repeated; doubled up to the last value. */
const RETRY = [500, 4000];

/** Reasons for which saving can go on later. */
const LATER = ['read_only', 'full', 'gone', 'system', 'entry'];
/** Reasons for which the page may not change the file any more. */
const LOCKED = ['published', 'format'];

/**
 * States: `saved`; `waiting` (not sent yet), `saving`; `failed` (tried again by itself), `conflict` and `locked` (the user
 * must decide). `trouble` is `{reason, message, moved_to?}` or null.
 */
export class Saver {
  constructor(report) {
    this.report = report;
    this.state = 'saved';
    this.trouble = null;
    this.waiting = new Map();
    this.flight = new Map();
    /** The last values that were sent, whether or not an answer came. */
    this.sent = new Map();
    /** Inputs with text that is not an edit yet: an open composition, a half-typed value. */
    this.open = new Set();
    this.running = null;
    this.closed = false;
    this.seq = 0;
    this.timer = setInterval(() => this.poll(), POLL);
    this.onfocus = () => this.poll();
    this.onleave = (event) => {
      if (this.isSaved()) return;
      this.store();
      event.preventDefault();
      event.returnValue = '';
    };
    this.onhide = () => this.leave();
    addEventListener('focus', this.onfocus);
    addEventListener('beforeunload', this.onleave);
    addEventListener('pagehide', this.onhide);
  }

  close() {
    this.closed = true;
    clearInterval(this.timer);
    removeEventListener('focus', this.onfocus);
    removeEventListener('beforeunload', this.onleave);
    removeEventListener('pagehide', this.onhide);
    if (this.wake) this.wake();
  }

  /** Returns all changes that the server has not confirmed. */
  pending() {
    return [...new Map([...this.flight, ...this.waiting]).values()];
  }

  isSaved() {
    return this.waiting.size === 0 && this.flight.size === 0 && this.open.size === 0;
  }

  /** Sends changes. */
  queue(edits) {
    for (const edit of edits) {
      this.waiting.delete(keyOf(edit));
      this.waiting.set(keyOf(edit), edit);
    }
    if (this.state === 'conflict' || this.state === 'locked') return this.store();
    if (this.state === 'saved') this.set('waiting');
    if (this.state === 'failed') this.store();
    return this.run();
  }

  /** Notes that an input has text that is not an edit yet, or no longer. */
  typing(name, is) {
    if (is) this.open.add(name);
    else this.open.delete(name);
    if (is && this.state === 'saved') this.set('waiting');
    if (!is) this.settle();
  }

  /** Resolves when everything is saved or nothing more can be done without the user. */
  async flush() {
    while (this.running) {
      if (this.state === 'failed') return;
      await Promise.race([this.running, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }

  set(state, trouble = null) {
    const is = (one) => one && `${one.reason} ${one.message} ${one.moved_to}`;
    if (state === this.state && is(trouble) === is(this.trouble)) return;
    this.state = state;
    this.trouble = trouble;
    this.report.emit('state', state);
  }

  /** Sets the state after something has been done. */
  settle() {
    if (this.running || this.state === 'conflict' || this.state === 'locked') return;
    if (this.waiting.size > 0) this.run();
    else if (this.open.size > 0) this.set('waiting');
    else if (this.state !== 'failed') this.set('saved');
  }

  run() {
    if (!this.running) {
      this.running = this.loop().finally(() => {
        this.running = null;
        this.settle();
      });
    }
    return this.running;
  }

  async loop() {
    let pause = RETRY[0];
    let alone = false;
    while (this.waiting.size > 0 && !this.closed) {
      // After a refusal that names no field, edits are sent one by one.
      this.flight = alone ? new Map([[...this.waiting][0]]) : this.waiting;
      if (alone) this.waiting.delete([...this.flight.keys()][0]);
      else this.waiting = new Map();
      const edits = [...this.flight.values()];
      if (this.state !== 'failed') this.set('saving');
      for (const edit of edits) this.sent.set(keyOf(edit), edit);
      try {
        const { file, told } = this.report;
        const reply = await post('edit', { file, base: told.version, edits, seq: ++this.seq }, { keepalive: this.leaving });
        this.flight = new Map();
        this.report.take(reply, this.pending());
        pause = RETRY[0];
        this.set(this.waiting.size > 0 || this.open.size > 0 ? 'saving' : 'saved');
        if (this.waiting.size === 0) pending.forget(this.report.file);
      } catch (error) {
        const back = this.flight;
        this.flight = new Map();
        this.waiting = new Map([...back, ...this.waiting]);
        const next = await this.failed(error, [...back.values()]);
        if (next === 'stop') return;
        if (next === 'alone') alone = true;
        if (next === 'later') {
          this.store();
          await this.sleep(pause);
          pause = Math.min(pause * 2, RETRY[1]);
        }
      }
    }
    if (this.waiting.size === 0) this.set(this.open.size > 0 ? 'waiting' : 'saved');
  }

  /** Handles a failed request: 'next' (go on), 'later' (after a pause), 'alone' (one by one) or 'stop'. */
  async failed(error, edits) {
    const trouble = { reason: error.reason, message: error.message, moved_to: error.body && error.body.moved_to };
    if (error.status === undefined) throw error;
    if (error.status === 409 && LOCKED.includes(error.reason)) {
      this.store();
      this.set('locked', trouble);
      return 'stop';
    }
    if (error.status === 409) return this.merge(error.body.theirs);
    if (LATER.includes(error.reason) || error.status === 0 || error.status === 401 || error.status >= 500) {
      this.set('failed', { ...trouble, reason: trouble.reason || 'server' });
      return 'later';
    }
    const about = edits.filter((edit) => error.body.path && (edit.path || edit.chapter) === error.body.path);
    const refused = about.length > 0 ? about : edits.length === 1 ? edits : [];
    if (refused.length === 0) return 'alone';
    for (const edit of refused) {
      // A later value of the same field is sent instead.
      if (this.waiting.get(keyOf(edit)) !== edit) continue;
      this.waiting.delete(keyOf(edit));
      this.report.refuse(edit, error.message);
    }
    return 'next';
  }

  /** Puts the changes of the page over a file that was changed elsewhere, unless both have changed the same field. */
  merge(theirs) {
    if (!theirs || !theirs.editable) {
      this.store();
      this.set('locked', { reason: 'published', message: (theirs && theirs.why_not) || '这份报告现在不能改了' });
      return 'stop';
    }
    const both = [];
    for (const [key, edit] of [...this.waiting]) {
      const now = current(theirs, edit);
      if (isSame(now, edit)) this.waiting.delete(key);
      else if (!isSame(now, current(this.report.told, edit)) && !(this.sent.has(key) && isSame(now, this.sent.get(key)))) both.push({ edit, theirs: valueOf(now) });
    }
    if (both.length > 0) {
      this.conflict = { theirs, both };
      this.store();
      this.set('conflict', { reason: 'changed', message: '这份报告在别处也改过，这里的改动还没有保存' });
      this.report.emit('conflict');
      return 'stop';
    }
    this.report.adopt(theirs, this.pending());
    this.report.emit('elsewhere');
    return 'next';
  }

  /** Takes up changes that were kept when the page was closed, some of which contradict the file. */
  reopen(edits, both) {
    edits.forEach((edit) => this.waiting.set(keyOf(edit), edit));
    this.conflict = { theirs: this.report.told, both };
    this.report.adopt(this.report.told, edits);
    this.set('conflict', { reason: 'changed', message: '上次没有保存的改动，和文件里后来改的不一样' });
    this.report.emit('conflict');
  }

  /** Resolves a conflict: the fields in `drop` (keys) get the values of the file, the others those of the page. */
  resolve(drop) {
    const { theirs } = this.conflict;
    this.conflict = null;
    drop.forEach((key) => this.waiting.delete(key));
    this.report.adopt(theirs, this.pending());
    this.state = 'saving';
    this.report.emit('state', this.state);
    this.trouble = null;
    if (this.waiting.size === 0) pending.forget(this.report.file);
    return this.run();
  }

  /** Gives up all changes that are not saved and shows the file. */
  async discard() {
    this.waiting = new Map();
    this.open.clear();
    this.conflict = null;
    pending.forget(this.report.file);
    const data = await get('report', { file: this.report.file });
    this.report.refused.clear();
    this.report.adopt(data, []);
    this.report.emit('refusals');
    this.state = 'waiting';
    this.set('saved');
  }

  /** Saves the report of the page under another name; resolves with the new file. */
  async saveAs(name) {
    const { file, told, data } = this.report;
    const body = { file, base: told.version, name, year: String(data.form.year), edits: this.pending(), all: everything(data) };
    const { file: made } = await post('rescue', body);
    this.waiting = new Map();
    this.open.clear();
    pending.forget(file);
    return made;
  }

  /** Goes on under the new name of a renamed file. */
  moveTo(file) {
    pending.forget(this.report.file);
    if (this.waiting.size > 0) pending.keep(file, this.report.told, [...this.waiting.values()], this.sent);
    this.closed = true;
    this.waiting = new Map();
    this.open.clear();
  }

  /** Keeps what is not saved in the browser, for the case that the page is closed. */
  store() {
    const edits = this.pending();
    if (edits.length > 0) pending.keep(this.report.file, this.report.told, edits, this.sent);
  }

  leave() {
    this.leaving = true;
    this.store();
    this.run();
  }

  sleep(milliseconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }

  /** Checks whether another program has changed the file, and whether it can be written. */
  async poll() {
    if (this.closed || this.polling || document.hidden || this.flight.size > 0) return;
    this.polling = true;
    try {
      await this.look();
    } catch (error) {
      if (error.status === undefined) throw error;
      const trouble = { reason: error.reason || 'server', message: error.message, moved_to: error.body.moved_to };
      if (this.state !== 'conflict' && this.state !== 'locked' && !this.closed) this.set('failed', trouble);
    } finally {
      this.polling = false;
    }
  }

  async look() {
    const { report } = this;
    const known = report.told.version;
    const told = await get('version', { file: report.file }, 5000);
    const busy = () => this.flight.size > 0 || this.waiting.size > 0 || report.told.version !== known || this.closed;
    if (this.state === 'failed') {
      // What could not be done is tried at once.
      if (told.reason) return this.set('failed', { reason: told.reason, message: told.error });
      if (this.wake) this.wake();
      if (this.waiting.size > 0) return undefined;
      this.set(this.open.size > 0 ? 'waiting' : 'saved');
    } else if (told.reason && this.state === 'saved' && report.data.editable) {
      return this.set('failed', { reason: told.reason, message: told.error });
    }
    if (told.version === known || busy()) return undefined;
    const data = await get('report', { file: report.file });
    // What was typed meanwhile is compared by the server.
    if (busy()) return undefined;
    report.adopt(data, []);
    report.emit('elsewhere');
    return undefined;
  }
}
