// The chapters that are text, edited with one paragraph per line.

import { post } from './api.js';
import { announce, button, isComposing, make, openDialog, whenNotComposing } from './dom.js';
import { Labels } from './labels.js';
import { Mirror } from './mirror.js';
import { fullWidth, halfWidth } from './punctuation.js';

/** Milliseconds without typing after which a new step of the history begins. */
const PAUSE = 1000;
/** Milliseconds without typing after which the punctuation is looked at. */
const IDLE = 700;
/** Characters after which a new step of the history begins. */
const WORD_END = /[\s，。；：、！？,.;:!?）)”』」]$/;

const paragraphs = (words) => words.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** The editor of one chapter. `onfocus(path, part)` is called when the cursor moves. */
export class Text {
  constructor(report, chapter, onfocus) {
    this.report = report;
    this.chapter = chapter;
    this.key = chapter.key;
    this.onfocus = onfocus;
    this.group = 0;
    this.last = { at: 0, kind: null };
    this.labels = new Labels(report.data.placeholders);
    this.area = make('textarea', { id: `text-${chapter.key}`, rows: '3', spellcheck: 'false', readonly: !report.data.editable, 'aria-label': chapter.heading, 'aria-describedby': `hint-${chapter.key}` });
    this.mirror = new Mirror();
    this.told = make('div', { class: 'told', id: `told-${chapter.key}` });
    this.count = make('span', { class: 'count' });
    this.element = make('div', { class: 'text' },
      make('div', { class: 'paper' }, this.mirror.element, this.area),
      make('p', { class: 'under', id: `hint-${chapter.key}` },
        make('span', {}, [chapter.hint, '一行一段；以“（一）”“1.”“（1）”开头的是标题'].filter(Boolean).join('。')), this.count),
      report.data.editable && make('p', { class: 'tools' }, button('插入表中的数', () => this.insert())),
      this.told);
    this.area.addEventListener('input', (event) => this.oninput(event));
    this.area.addEventListener('beforeinput', (event) => this.onbefore(event));
    this.area.addEventListener('compositionstart', () => {
      this.composing = true;
      report.saver.typing(this.key, true);
    });
    this.area.addEventListener('compositionend', () => {
      this.composing = false;
      report.saver.typing(this.key, false);
      this.keep('compose');
    });
    this.area.addEventListener('blur', () => this.keep('blur'));
    this.area.addEventListener('focus', () => { this.last.kind = null; this.here(); });
    ['click', 'keyup'].forEach((name) => this.area.addEventListener(name, () => { this.snap(); this.here(); }));
    this.area.addEventListener('pointerdown', () => { this.last.kind = null; });
    this.onsize = () => this.measure();
    addEventListener('resize', this.onsize);
    this.refresh();
    requestAnimationFrame(() => this.measure());
  }

  close() {
    removeEventListener('resize', this.onsize);
    clearTimeout(this.timer);
  }

  /** Returns the text of the file. */
  raw() {
    return this.labels.raw(this.area.value);
  }

  /** Returns the state of the input for the history; the cursor is an offset in the text of the file. */
  caret() {
    const at = this.labels.raw(this.area.value.slice(0, this.area.selectionEnd)).length;
    return { key: this.key, text: this.raw(), at };
  }

  /** Tells where the cursor is. */
  here() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const number = Math.max(1, paragraphs(`${before}x`).length);
    const [start, end] = [before.lastIndexOf('\n') + 1, this.area.value.indexOf('\n', this.area.selectionStart)];
    const length = (end < 0 ? this.area.value.length : end) - start;
    this.onfocus(`${this.key}[${number}]`, length > 0 ? (before.length - start) / length : 0);
  }

  onbefore(event) {
    if (event.inputType === 'historyUndo' || event.inputType === 'historyRedo') {
      event.preventDefault();
      if (event.inputType === 'historyUndo') this.report.history.undo();
      else this.report.history.redo();
      return;
    }
    if (this.composing || isComposing()) return;
    this.before = this.caret();
    // A label is deleted as a whole.
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start !== end || !event.inputType.startsWith('deleteContent')) return;
    const back = event.inputType === 'deleteContentBackward';
    const range = this.labels.ranges(this.area.value).find((one) => (back ? one.start < start && start <= one.end : one.start <= start && start < one.end));
    if (!range || !(back || event.inputType === 'deleteContentForward')) return;
    event.preventDefault();
    this.area.setRangeText('', range.start, range.end, 'end');
    this.keep('delete');
    this.measure();
  }

  oninput(event) {
    this.measure();
    if (event.isComposing || this.composing) return;
    const kind = event.inputType.startsWith('delete') ? 'delete' : event.inputType === 'insertText' ? 'type' : event.inputType;
    this.keep(kind, event.data);
    this.here();
  }

  /** Moves the cursor out of a label. */
  snap() {
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start !== end || this.composing) return;
    const range = this.labels.ranges(this.area.value).find((one) => one.start < start && start < one.end);
    if (range) {
      const at = start - range.start < range.end - start ? range.start : range.end;
      this.area.setSelectionRange(at, at);
    }
  }

  /** Takes what was typed. Typing without a pause within a word, and deleting without a pause, are one step. */
  keep(kind, data) {
    if (this.composing || !this.report.data.editable) return;
    const now = Date.now();
    const goes = kind === this.last.kind && now - this.last.at < PAUSE && (kind === 'delete' || (kind === 'type' && !(WORD_END.test(this.last.data || '') && !WORD_END.test(data || ''))));
    if (!goes) this.group += 1;
    this.last = { at: now, kind, data };
    const from = this.before && goes === false ? this.before : this.before || this.caret();
    const to = this.caret();
    this.before = null;
    this.report.change([{ chapter: this.key, paragraphs: paragraphs(this.raw()) }], { group: `${this.key} ${this.group}`, carets: { from, to } });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), IDLE);
  }

  measure() {
    this.mirror.draw(this.area.value, this.labels, this.marks || []);
    if (!this.area.isConnected) return;
    // The page must not jump while the height is measured.
    const height = this.mirror.element.scrollHeight;
    if (height > 0) this.area.style.height = `${Math.max(height, 64)}px`;
    const words = this.report.data.words && this.report.data.words[this.key];
    this.count.textContent = `共${words === undefined ? this.raw().replace(/\s/g, '').length : words}字`;
  }

  /** Shows the text of the report, unless the typed text is equal except for white space. */
  refresh() {
    if (this.composing) return;
    this.labels = new Labels(this.report.data.placeholders);
    const now = this.report.data.texts[this.key] || [];
    const typed = this.raw();
    const raw = paragraphs(typed).join('\n') === now.join('\n') ? typed : now.join('\n');
    this.put(raw);
    this.measure();
  }

  /** Puts a text into the input; the cursor stays where it is. */
  put(raw, at = null) {
    const shown = this.labels.shown(raw);
    if (shown === this.area.value && at === null) return;
    const keeps = document.activeElement === this.area;
    const cursor = at === null ? this.labels.raw(this.area.value.slice(0, this.area.selectionEnd)).length : at;
    if (shown !== this.area.value) this.area.value = shown;
    if (keeps || at !== null) {
      const to = this.labels.offset(raw, Math.min(cursor, raw.length));
      this.area.setSelectionRange(to, to);
    }
  }

  /** Shows the state of a step of the history. */
  restore(caret) {
    const now = (this.report.data.texts[this.key] || []).join('\n');
    const fits = caret && caret.key === this.key && paragraphs(caret.text).join('\n') === now;
    this.area.focus({ preventScroll: true });
    this.put(fits ? caret.text : now, fits ? caret.at : Math.min(this.caret().at, now.length));
    this.last.kind = null;
    this.measure();
    this.reveal();
    this.here();
  }

  /** Shows the findings of the chapter as marks in the text. */
  findings() {
    const found = this.report.data.findings.filter((one) => (one.path || '').split('[')[0] === this.key && !one.accepted);
    this.area.setAttribute('aria-invalid', found.some((one) => one.severity === 'error' && one.rule !== 'missing') ? 'true' : 'false');
    this.marks = found.filter((one) => one.text_at).map((one) => ({ paragraph: Number((/\[(\d+)\]/.exec(one.path) || [])[1] || 1), ...one.text_at, severity: one.severity }));
    this.measure();
  }

  /** Asks how the text will be read, and offers the corrections that reading would make. */
  async look() {
    const typed = paragraphs(this.raw());
    if (typed.length === 0) return this.told.replaceChildren();
    const told = await post('preview', { file: this.report.file, edits: [{ chapter: this.key, paragraphs: typed }] }).catch(() => null);
    const read = told && told.chapters && told.chapters[this.key];
    if (!read || paragraphs(this.raw()).join('\n') !== typed.join('\n')) return undefined;
    const better = read.map((one) => ({ typed: one.typed, read: fullWidth(one.read), changes: [
      ...(one.changes || []), ...halfWidth(one.read).map((half) => ({ old: half.mark, new: half.full, why: '半角标点' }))] }));
    const changed = better.filter((one) => one.typed !== one.read);
    whenNotComposing(() => {
      if (changed.length === 0) return this.told.replaceChildren();
      const whys = [...new Set(changed.flatMap((one) => (one.changes || []).map((change) => change.why)))];
      this.told.replaceChildren(make('div', { class: 'offer' },
        make('span', {}, `有${changed.length}段的标点或空格不合规范${whys.length > 0 ? `（${whys.join('、')}）` : ''}。`),
        button('现在就改', () => {
          this.last.kind = null;
          this.before = this.caret();
          const all = paragraphs(this.raw()).map((one) => (better.find((other) => other.typed === one) || { read: one }).read);
          this.put(all.join('\n'));
          this.keep('correct');
          this.measure();
          this.told.replaceChildren();
          announce('已改正');
        }),
        make('details', {}, make('summary', {}, '看看改哪里'),
          make('ul', {}, changed.flatMap((one) => (one.changes || []).map((change) => make('li', {}, make('span', { class: 'old' }, change.old), ' → ', make('span', { class: 'new' }, change.new), `（${change.why}）`)))))));
      return undefined;
    });
    return undefined;
  }

  async insert() {
    const filter = make('input', { autocomplete: 'off', placeholder: '例如：新收 总计' });
    const names = make('select', { size: '10', 'aria-label': '表中的数' });
    const fill = () => {
      const words = filter.value.trim().split(/\s+/);
      names.replaceChildren(...this.report.data.placeholders
        .filter((one) => words.every((word) => one.label.includes(word)))
        .map((one, i) => make('option', { value: one.name, selected: i === 0 }, `${one.label}：${one.value === null ? '没有填' : one.value}`)));
    };
    filter.addEventListener('input', fill);
    const [start, end] = [this.area.selectionStart, this.area.selectionEnd];
    this.before = this.caret();
    const name = await openDialog('插入表中的数', (body, leave) => {
      fill();
      names.addEventListener('dblclick', () => leave(names.value));
      body.append(make('p', {}, '印出来的是表里当时的数，表里改了，这里跟着改。'), make('label', { class: 'field' }, make('span', {}, '按名称查找'), filter), names);
    }, { confirm: '插入', done: () => names.value || undefined, wide: true });
    if (!name) return;
    this.area.setRangeText(this.labels.label(name), start, end, 'end');
    this.last.kind = null;
    this.keep('insert');
    this.measure();
    this.area.focus();
  }

  /** Replaces a part of a paragraph; offsets are those of the file. */
  replace(number, at, words) {
    const lines = (this.report.data.texts[this.key] || []).slice();
    const line = lines[number - 1];
    if (line === undefined) return;
    lines[number - 1] = line.slice(0, at.start) + words + line.slice(at.end);
    this.report.change([{ chapter: this.key, paragraphs: lines }]);
    this.refresh();
  }

  /** Brings the cursor into view. */
  reveal() {
    const line = this.mirror.lineAt(this.area.value.slice(0, this.area.selectionEnd).split('\n').length - 1);
    if (line) line.scrollIntoView({ block: 'nearest' });
  }

  /** Puts the cursor into a paragraph, or selects the part of it that a finding is about. */
  show(number, at) {
    const lines = this.raw().split('\n');
    let start = 0;
    let seen = 0;
    for (const [i, line] of lines.entries()) {
      const shown = this.labels.shown(line);
      if (line.trim() !== '') seen += 1;
      if (seen === number) {
        const from = start + (at ? this.labels.offset(line, at.start) : 0);
        this.area.focus({ preventScroll: true });
        this.area.setSelectionRange(from, at ? start + this.labels.offset(line, at.end) : from);
        const element = this.mirror.lineAt(i);
        if (element) element.scrollIntoView({ block: 'center' });
        this.here();
        return;
      }
      start += shown.length + 1;
    }
    this.area.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'nearest' });
  }
}
