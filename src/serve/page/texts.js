// The chapters that are text, edited with one paragraph per line.

import { post } from './api.js';
import { button, make, openDialog, showError } from './dom.js';

/** Milliseconds after typing until the text is saved. */
const PAUSE = 250;
const LEVELS = { 1: '一级标题', 2: '二级标题（一）', 3: '三级1.', 4: '四级（1）' };

const paragraphs = (words) => words.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** The editor of one chapter. */
export class Text {
  constructor(report, chapter, onfocus) {
    this.report = report;
    this.chapter = chapter;
    this.area = make('textarea', { id: `text-${chapter.key}`, rows: '6', spellcheck: 'false', readonly: !report.data.editable, 'aria-label': chapter.heading, 'aria-describedby': `hint-${chapter.key}` });
    this.told = make('div', { class: 'told', id: `told-${chapter.key}` });
    this.count = make('span', { class: 'count' });
    this.element = make('div', { class: 'text' },
      this.area,
      make('p', { class: 'under', id: `hint-${chapter.key}` },
        make('span', {}, [chapter.hint, '一行一段；“（一）”“1.”“（1）”开头的自动认作标题'].filter(Boolean).join('。')), this.count),
      report.data.editable && make('p', { class: 'tools' }, button('插入表中数字', () => this.insert()), button('看看怎样读入', () => this.preview())),
      this.told);
    this.refresh();
    let timer = null;
    this.area.addEventListener('input', () => {
      this.measure();
      clearTimeout(timer);
      timer = setTimeout(() => this.keep(), PAUSE);
    });
    this.area.addEventListener('blur', () => this.keep());
    const here = () => onfocus(`${chapter.key}[${this.line()}]`);
    ['focus', 'click', 'keyup'].forEach((name) => this.area.addEventListener(name, here));
  }

  /** Returns the number of the paragraph with the cursor, from 1. */
  line() {
    return Math.max(1, paragraphs(this.area.value.slice(0, this.area.selectionStart) + 'x').length);
  }

  keep() {
    this.report.change([{ chapter: this.chapter.key, paragraphs: paragraphs(this.area.value) }]);
  }

  measure() {
    const words = this.area.value.replace(/\s/g, '').length;
    if (!this.area.isConnected) requestAnimationFrame(() => this.area.isConnected && this.measure());
    this.count.textContent = `共${words}字` + (this.chapter.limit ? `，不超过${this.chapter.limit}字` : '');
    this.area.style.height = 'auto';
    this.area.style.height = `${Math.min(this.area.scrollHeight + 4, 600)}px`;
  }

  /** Shows the text of the file, unless the typed text is equal except for white space. */
  refresh() {
    const now = (this.report.data.texts[this.chapter.key] || []).join('\n');
    if (paragraphs(this.area.value).join('\n') !== now) this.area.value = now;
    this.measure();
  }

  findings() {
    const found = this.report.data.findings.filter((one) => (one.path || '').split('[')[0] === this.chapter.key);
    this.area.setAttribute('aria-invalid', found.some((one) => one.severity === 'error') ? 'true' : 'false');
    this.element.classList.toggle('has-error', found.some((one) => one.severity === 'error'));
    this.element.classList.toggle('has-warning', found.length > 0);
  }

  async preview() {
    const told = await post('preview', { file: this.report.file, edits: [{ chapter: this.chapter.key, paragraphs: paragraphs(this.area.value) }] }).catch(showError);
    const read = told && told.chapters && told.chapters[this.chapter.key];
    if (!read) return;
    const changed = read.filter((one) => one.typed !== one.read);
    this.told.replaceChildren(
      make('ol', { class: 'outline' }, read.map((one) => make('li', { class: `level-${one.level || 0}` },
        one.level ? make('strong', {}, `${LEVELS[one.level] || '标题'} `) : '', one.read.length > 40 ? one.read.slice(0, 40) + '……' : one.read,
        one.typed !== one.read ? make('em', {}, ` 读入时改正：${(one.changes || []).map((c) => (typeof c === 'string' ? c : c.message || c.what || '')).filter(Boolean).join('，') || '空格、标点'}`) : ''))),
      changed.length > 0 ? button(`照此改正${changed.length}段`, () => {
        this.report.change([{ chapter: this.chapter.key, paragraphs: read.map((one) => one.read) }]);
        this.refresh();
        this.told.replaceChildren();
      }) : make('p', {}, '读入时没有要改正的地方。'));
  }

  async insert() {
    const filter = make('input', { 'aria-label': '查找', autocomplete: 'off' });
    const names = make('select', { size: '10', 'aria-label': '表中的数字' });
    const fill = () => names.replaceChildren(...this.report.data.placeholders
      .filter((one) => (one.label + one.name).includes(filter.value.trim()))
      .map((one, i) => make('option', { value: one.name, selected: i === 0 }, `${one.label}：${one.value === null ? '没有' : one.value}`)));
    filter.addEventListener('input', fill);
    const [start, end] = [this.area.selectionStart, this.area.selectionEnd];
    const name = await openDialog('插入表中数字', (body, leave) => {
      fill();
      names.addEventListener('dblclick', () => leave(names.value));
      body.append(make('p', {}, '印出来的是表里当时的数，表里改了，这里跟着改。'), make('label', { class: 'field' }, make('span', {}, '查找'), filter), names);
    }, { confirm: '插入', done: () => names.value || undefined });
    if (!name) return;
    this.area.setRangeText(name, start, end, 'end');
    this.keep();
    this.measure();
    this.area.focus();
  }

  /** Selects a paragraph, or the part of it that a finding is about. */
  show(number, at) {
    const lines = this.area.value.split('\n');
    let start = 0;
    let seen = 0;
    for (const line of lines) {
      if (line.trim() !== '') seen += 1;
      if (seen === number) {
        const from = start + (at ? at.start : 0);
        this.area.focus({ preventScroll: true });
        this.area.setSelectionRange(from, at ? start + at.end : start + line.length);
        break;
      }
      start += line.length + 1;
    }
    if (document.activeElement !== this.area) this.area.focus({ preventScroll: true });
    this.area.scrollIntoView({ block: 'center' });
  }
}
