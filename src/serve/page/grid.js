// An official table, laid out as on paper and edited like a spreadsheet.

import { announce, make, openDialog } from './dom.js';

/** Converts typed text to a value of the file: empty text removes the value, a space is a deliberate blank. */
const typed = (words) => {
  const word = words.trim().replace(/[０-９．－／]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)).replace(/,(?=\d{3}(\D|$))/g, '');
  if (word === '空白' || (words !== '' && word === '')) return '';
  return word === '' ? null : word === '—' || word === '-' ? '/' : word;
};

const STATES = { missing: '未填', blank: '空白' };

/** The grid of one table. `onfocus(path)` is called when a cell gets the focus. */
export class Grid {
  constructor(report, key, onfocus) {
    this.report = report;
    this.table = report.data.tables[key];
    this.onfocus = onfocus;
    this.cells = new Map();
    this.at = null;
    this.anchor = null;
    this.input = null;
    this.figures = this.table.cells.filter((cell) => cell.path);
    this.labels = new Map(report.data.placeholders.map((one) => [one.name.slice(2, -2), one.label]));
    this.element = this.draw();
    this.refresh(this.figures.map((cell) => cell.path));
    const first = this.figures[0];
    if (first) this.cells.get(first.path).tabIndex = 0;
  }

  draw() {
    const { columns, rows, cells, name, title } = this.table;
    const total = columns.reduce((sum, width) => sum + width, 0);
    const lines = Array.from({ length: rows }, () => make('tr', {}));
    for (const cell of [...cells].sort((a, b) => a.y - b.y || a.x - b.x)) {
      const span = { colspan: cell.colspan > 1 && cell.colspan, rowspan: cell.rowspan > 1 && cell.rowspan };
      let element;
      if (cell.path) {
        element = make('td', { ...span, role: 'gridcell', tabindex: '-1', 'data-path': cell.path, class: cell.total ? 'figure total' : 'figure', 'aria-readonly': !this.report.data.editable && 'true' });
        element.cell = cell;
        this.cells.set(cell.path, element);
      } else {
        const words = (cell.lines || []).join('') + (cell.remark || '');
        const header = cell.kind === 'row' || cell.kind === 'column' || cell.kind === 'band';
        element = make(header ? 'th' : 'td', { ...span, scope: header && (cell.kind === 'row' ? 'row' : 'col'), class: `${cell.kind} ${cell.align || ''} at-${cell.y < this.table.header_rows ? 'top' : 'body'}`, title: cell.hint }, words);
      }
      lines[cell.y].append(element);
    }
    const table = make('table', { class: 'grid', role: 'grid', 'aria-label': `${name}，${title || ''}`, 'aria-multiselectable': 'true' },
      make('colgroup', {}, columns.map(() => make('col', {}))),
      make('thead', {}, lines.slice(0, this.table.header_rows)),
      make('tbody', {}, lines.slice(this.table.header_rows)));
    // Widths as on paper. The content security policy forbids style attributes, but not properties.
    table.querySelectorAll('col').forEach((col, i) => { col.style.width = `${(100 * columns[i]) / total}%`; });
    table.addEventListener('keydown', (event) => this.key(event));
    table.addEventListener('focusin', (event) => event.target.cell && this.arrive(event.target));
    table.addEventListener('mousedown', (event) => this.press(event));
    table.addEventListener('dblclick', (event) => { const td = event.target.closest('.figure'); if (td) this.type(td, null); });
    table.addEventListener('copy', (event) => this.copy(event));
    table.addEventListener('cut', (event) => { this.copy(event); this.clear(); });
    table.addEventListener('paste', (event) => this.paste(event));
    requestAnimationFrame(() => this.hold(table));
    return make('div', { class: 'scroll grid-scroll' }, table);
  }

  /** Keeps row labels visible when the table is scrolled horizontally. */
  hold(table) {
    for (const th of table.querySelectorAll('th.row')) th.style.left = `${th.offsetLeft}px`;
  }

  /** Updates cells. */
  refresh(paths) {
    for (const path of paths) {
      const element = this.cells.get(path);
      if (!element || (this.input && element.contains(this.input))) continue;
      const value = this.report.data.values[path] || {};
      const computed = value.raw === null || value.raw === undefined ? value.computed : null;
      const state = computed !== null && computed !== undefined ? 'computed' : value.raw === null || value.raw === undefined ? 'missing' : value.raw === '' ? 'blank' : '';
      const shown = state === 'computed' ? computed : STATES[state] || value.raw;
      const last = this.report.data.last_year && this.report.data.last_year.values[path];
      element.className = ['figure', element.cell.total && 'total', state].filter(Boolean).join(' ');
      element.replaceChildren(
        make('span', { class: 'value' }, String(shown)),
        value.note ? make('small', { class: 'note' }, `（${value.note}）`) : '',
        last !== undefined && last !== null ? make('small', { class: 'last' }, `上年${last}`) : '');
      element.title = state === 'computed' ? `按各项自动合计 ${value.formula || ''}；直接填写可以改成别的数` : value.formula || '';
      this.name(element, path);
    }
    this.mark();
  }

  /** Sets the accessible name of a cell: label, visible content, findings. */
  name(element, path) {
    const visible = element.querySelector('.value') ? [...element.children].filter((part) => !part.classList.contains('last') || document.body.classList.contains('with-last')).map((part) => part.textContent).join('') : '';
    const words = [this.labels.get(path) || path, visible];
    if (element.classList.contains('computed')) words.push('自动合计');
    words.push(...this.found(path).map((one) => `${one.severity === 'error' ? '错误' : '提醒'}：${one.message}`));
    element.setAttribute('aria-label', words.join('，'));
  }

  found(path) {
    return this.report.data.findings.filter((one) => one.figure === path || (one.path === path && !one.figure));
  }

  /** Marks cells with findings: by a sign (in the style sheet) and a frame, not by colour alone. */
  mark() {
    for (const [path, element] of this.cells) {
      const found = this.found(path);
      const worst = found.some((one) => one.severity === 'error') ? 'error' : found.length > 0 ? 'warning' : '';
      element.classList.toggle('error', worst === 'error');
      element.classList.toggle('warning', worst === 'warning');
      if (worst) element.title = found.map((one) => one.message).join('\n');
      element.setAttribute('aria-invalid', worst === 'error' ? 'true' : 'false');
    }
  }

  findings() {
    for (const [path, element] of this.cells) {
      if (this.input && element.contains(this.input)) continue;
      this.name(element, path);
    }
    this.mark();
  }

  arrive(element) {
    if (this.at && this.at !== element) this.at.tabIndex = -1;
    this.at = element;
    element.tabIndex = 0;
    if (!this.extending) this.anchor = element;
    this.paint();
    this.onfocus(element.cell.path);
  }

  /** Returns the selected figures, row by row. */
  block() {
    if (!this.at) return [];
    const [a, b] = [(this.anchor || this.at).cell, this.at.cell];
    const [x0, x1, y0, y1] = [Math.min(a.x, b.x), Math.max(a.x, b.x), Math.min(a.y, b.y), Math.max(a.y, b.y)];
    const rows = new Map();
    for (const cell of this.figures) {
      if (cell.x < x0 || cell.x > x1 || cell.y < y0 || cell.y > y1) continue;
      if (!rows.has(cell.y)) rows.set(cell.y, []);
      rows.get(cell.y).push(cell);
    }
    return [...rows.entries()].sort(([a], [b]) => a - b).map(([, row]) => row.sort((a, b) => a.x - b.x));
  }

  paint() {
    const chosen = new Set(this.block().flat().map((cell) => cell.path));
    for (const [path, element] of this.cells) {
      const is = chosen.size > 1 && chosen.has(path);
      element.classList.toggle('chosen', is);
      if (is) element.setAttribute('aria-selected', 'true');
      else element.removeAttribute('aria-selected');
    }
  }

  go(element, extend) {
    if (!element) return false;
    this.extending = extend;
    element.focus();
    this.extending = false;
    return true;
  }

  /** Returns the next figure in a direction. */
  next(dx, dy, from = this.at.cell) {
    const beside = this.figures.filter((cell) => (dx
      ? from.y >= cell.y && from.y < cell.y + cell.rowspan && Math.sign(cell.x - from.x) === dx
      : from.x < cell.x + cell.colspan && cell.x < from.x + from.colspan && Math.sign(cell.y - from.y) === dy));
    beside.sort((a, b) => Math.abs(a.x - from.x) + Math.abs(a.y - from.y) - Math.abs(b.x - from.x) - Math.abs(b.y - from.y));
    return beside.length > 0 ? this.cells.get(beside[0].path) : null;
  }

  order(step) {
    const all = [...this.figures].sort((a, b) => a.y - b.y || a.x - b.x);
    const next = all[all.indexOf(this.at.cell) + step];
    return next ? this.cells.get(next.path) : null;
  }

  edge(step) {
    const row = this.figures.filter((cell) => cell.y === this.at.cell.y).sort((a, b) => a.x - b.x);
    return this.cells.get(row[step < 0 ? 0 : row.length - 1].path);
  }

  corner(step) {
    const all = [...this.figures].sort((a, b) => a.y - b.y || a.x - b.x);
    return this.cells.get(all[step < 0 ? 0 : all.length - 1].path);
  }

  key(event) {
    if (this.input || !event.target.cell) return;
    const { key, shiftKey: shift, altKey: alt } = event;
    const control = event.ctrlKey || event.metaKey;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    let does = null;
    if (arrows[key] && !control && !alt) does = () => this.go(this.next(...arrows[key]), shift);
    else if (key === 'Enter') does = () => this.go(this.next(0, shift ? -1 : 1), false);
    // At the first and last cell Tab leaves the table.
    else if (key === 'Tab' && this.order(shift ? -1 : 1)) does = () => this.go(this.order(shift ? -1 : 1), false);
    else if (key === 'Home') does = () => this.go(control ? this.corner(-1) : this.edge(-1), shift);
    else if (key === 'End') does = () => this.go(control ? this.corner(1) : this.edge(1), shift);
    else if (key === 'F2') does = () => this.type(this.at, null);
    else if (key === 'Delete' || key === 'Backspace') does = () => this.clear();
    else if (key === ' ') does = () => this.set(this.block().flat().map((cell) => [cell.path, '']));
    else if (key === 'Escape') does = () => this.leave();
    else if ((key === 'n' || key === 'N') && !control) does = () => this.note();
    else if (key.length === 1 && !control && !alt) does = () => this.type(this.at, key);
    if (!does) return;
    event.preventDefault();
    does();
  }

  leave() {
    this.element.dispatchEvent(new CustomEvent('leave', { bubbles: true }));
  }

  press(event) {
    const element = event.target.closest('.figure');
    if (!element || this.input) return;
    event.preventDefault();
    this.go(element, event.shiftKey);
    const over = (move) => {
      const other = move.target.closest && move.target.closest('.figure');
      if (other && this.cells.get(other.dataset.path) === other) this.go(other, true);
    };
    const up = () => { removeEventListener('mousemove', over); removeEventListener('mouseup', up); };
    addEventListener('mousemove', over);
    addEventListener('mouseup', up);
  }

  /** Opens an input in a cell; `first` is the key that opened it and replaces the old value, null keeps the value. */
  type(element, first) {
    if (!this.report.data.editable || this.input) return;
    const { path } = element.cell;
    const raw = (this.report.data.values[path] || {}).raw;
    const input = make('input', { 'aria-label': this.labels.get(path) || path, inputmode: 'decimal', autocomplete: 'off' });
    input.value = first === null ? raw || '' : first;
    this.input = input;
    element.classList.add('open');
    element.replaceChildren(input);
    input.focus();
    let over = false;
    const end = (keep, way) => {
      if (over) return;
      over = true;
      this.input = null;
      element.classList.remove('open');
      if (keep) this.report.change([{ path, value: typed(input.value) }]);
      this.refresh([path]);
      if (way) this.go(way() || element, false);
    };
    input.addEventListener('keydown', (event) => {
      event.stopPropagation();
      const ways = {
        Enter: () => this.next(0, event.shiftKey ? -1 : 1, element.cell),
        Tab: () => this.order(event.shiftKey ? -1 : 1),
        ArrowUp: () => this.next(0, -1, element.cell),
        ArrowDown: () => this.next(0, 1, element.cell),
      };
      if (event.isComposing || !(ways[event.key] || event.key === 'Escape')) return;
      event.preventDefault();
      if (event.key === 'Escape') end(false, () => element);
      else end(true, ways[event.key]);
    });
    // Figures are saved while they are typed, so that the pages are updated; Escape restores the old value.
    const follow = () => {
      const value = typed(input.value);
      if (value !== null && /^-?\d+(\.\d+)?$/.test(value)) this.report.change([{ path, value }]);
    };
    input.addEventListener('input', follow);
    if (first !== null) follow();
    input.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.report.change([{ path, value: raw === undefined ? null : raw }]);
    }, true);
    input.addEventListener('blur', () => end(true, null));
  }

  set(pairs) {
    if (!this.report.data.editable) return;
    this.report.change(pairs.map(([path, value]) => ({ path, value })));
  }

  clear() {
    this.set(this.block().flat().map((cell) => [cell.path, null]));
  }

  copy(event) {
    if (this.input || !this.at) return;
    const words = this.block().map((row) => row.map((cell) => {
      const value = this.report.data.values[cell.path] || {};
      return value.raw === null || value.raw === undefined ? value.computed || '' : value.raw;
    }).join('\t')).join('\r\n');
    event.clipboardData.setData('text/plain', words);
    event.preventDefault();
    announce('已复制');
  }

  /** Pastes a block as copied from Excel and WPS (lines of cells separated by tabs), starting at the current cell. */
  paste(event) {
    if (this.input || !this.at || !this.report.data.editable) return;
    event.preventDefault();
    const lines = event.clipboardData.getData('text/plain').replace(/\r?\n$/, '').split(/\r?\n/).map((line) => line.split('\t'));
    const from = this.at.cell;
    const rows = [...new Set(this.figures.filter((cell) => cell.y >= from.y).map((cell) => cell.y))].sort((a, b) => a - b);
    const pairs = [];
    let lost = 0;
    lines.forEach((line, i) => {
      const row = this.figures.filter((cell) => cell.y === rows[i] && cell.x >= from.x).sort((a, b) => a.x - b.x);
      line.forEach((words, j) => {
        if (row[j]) pairs.push([row[j].path, typed(words)]);
        else if (words.trim() !== '') lost += 1;
      });
    });
    this.set(pairs);
    announce(`已粘贴${pairs.length}格` + (lost > 0 ? `，有${lost}格超出表格，没有粘贴` : ''));
    this.element.dispatchEvent(new CustomEvent('pasted', { bubbles: true, detail: { lost } }));
  }

  async note() {
    const element = this.at;
    if (!this.report.data.editable) return;
    const { path } = element.cell;
    const input = make('input', { value: (this.report.data.values[path] || {}).note || '', autocomplete: 'off' });
    const note = await openDialog('数字的注', (body) => body.append(make('label', { class: 'field' },
      make('span', {}, this.labels.get(path) || path), input, make('small', {}, '例如“其中修订16件”，印在数字后面的括号里；空着就是不注'))), { done: () => ({ note: input.value.trim() || null }) });
    if (note) this.report.change([{ path, note: note.note }]);
  }

  /** Brings a figure into view with the cursor on it. */
  show(path) {
    const element = this.cells.get(path);
    if (!element) return false;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'center', inline: 'center' });
    return true;
  }
}
