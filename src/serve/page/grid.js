// An official table, laid out as on paper and edited like a spreadsheet.

import { CellInput } from './cell.js';
import { tableIn, toValue } from './clipboard.js';
import { keyOf } from './edits.js';
import { announce, button, make, openDialog } from './dom.js';
import { showMenu } from './menu.js';
import { placeByLabels, placeFrom } from './placing.js';

const STATES = { missing: '未填', blank: '空白' };

/** The grid of one table. `onfocus(path)` is called when a cell gets the focus. */
export class Grid {
  constructor(report, key, onfocus) {
    this.report = report;
    this.section = key;
    this.table = report.data.tables[key];
    this.onfocus = onfocus;
    this.cells = new Map();
    this.at = null;
    this.anchor = null;
    this.input = null;
    this.figures = this.table.cells.filter((cell) => cell.path);
    this.labels = new Map(report.data.placeholders.map((one) => [one.name.slice(2, -2), one.label]));
    this.told = make('p', { class: 'grid-told refusal', role: 'alert' });
    this.element = make('div', { class: 'grid-holder' }, this.draw(), this.tools(), this.told);
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
    table.addEventListener('contextmenu', (event) => this.menu(event));
    table.addEventListener('copy', (event) => this.copy(event));
    table.addEventListener('cut', (event) => { if (!this.input) { this.copy(event); this.clear(); } });
    table.addEventListener('paste', (event) => this.onpaste(event));
    return table;
  }

  tools() {
    if (!this.report.data.editable) return null;
    return make('p', { class: 'tools grid-tools' },
      button('其余填0', () => this.fillRest(), { title: '没有填的格都填 0；选了一块的，只填选中的' }),
      button('加注…', () => this.note(), { title: '给选中的数加注，键盘按 N' }),
      this.table.extra_rows && button('加一行…', () => this.report.emit('addrow', this.section)));
  }

  /** Updates cells. */
  refresh(paths) {
    for (const path of paths) {
      const element = this.cells.get(path);
      if (!element || (this.input && this.input.element === element)) continue;
      const value = this.report.data.values[path] || {};
      const refused = this.report.refused.get(path);
      const given = value.raw !== null && value.raw !== undefined;
      const computed = given ? null : value.computed;
      const state = refused ? 'refused' : computed !== null && computed !== undefined ? 'computed' : !given ? 'missing' : value.raw === '' ? 'blank' : '';
      const shown = refused ? refused.edit.value : state === 'computed' ? computed : STATES[state] || value.raw;
      const last = this.report.data.last_year && this.report.data.last_year.values[path];
      element.className = ['figure', element.cell.total && 'total', state, element.classList.contains('chosen') && 'chosen'].filter(Boolean).join(' ');
      element.replaceChildren(
        make('span', { class: 'value' }, String(shown)),
        value.note ? make('small', { class: 'note' }, `（${value.note}）`) : '',
        last !== undefined && last !== null ? make('small', { class: 'last' }, `上年${last}`) : '');
      element.title = refused ? refused.message : state === 'computed' ? `按各项自动合计 ${value.formula || ''}；直接填写可以改成别的数` : value.formula || '';
      this.name(element, path);
    }
    this.mark();
  }

  /** Sets the accessible name of a cell: label, visible content, findings. */
  name(element, path) {
    const visible = element.querySelector('.value') ? [...element.children].filter((part) => !part.classList.contains('last') || document.body.classList.contains('with-last')).map((part) => part.textContent).join('') : '';
    const words = [this.label(path), visible];
    if (element.classList.contains('computed')) words.push('自动合计');
    const refused = this.report.refused.get(path);
    if (refused) words.push(`没有保存：${refused.message}`);
    words.push(...this.found(path).map((one) => `${one.severity === 'error' ? '错误' : '提醒'}：${one.message}`));
    element.setAttribute('aria-label', words.join('，'));
  }

  label(path) {
    // The placeholder of a row with one figure has the path of the row.
    return this.labels.get(path) || this.labels.get(path.replace(/\.[^.]*$/, '')) || '这一格';
  }

  found(path) {
    return this.report.data.findings.filter((one) => one.rule !== 'missing' && !one.accepted && (one.figure === path || (one.path === path && !one.figure)));
  }

  /** Marks cells with findings: by a sign (in the style sheet) and a frame, not by colour alone. */
  mark() {
    for (const [path, element] of this.cells) {
      const found = this.found(path);
      const worst = this.report.refused.has(path) || found.some((one) => one.severity === 'error') ? 'error' : found.length > 0 ? 'warning' : '';
      element.classList.toggle('error', worst === 'error');
      element.classList.toggle('warning', worst === 'warning');
      if (found.length > 0 && !this.report.refused.has(path)) element.title = found.map((one) => one.message).join('\n');
      element.setAttribute('aria-invalid', worst === 'error' ? 'true' : 'false');
    }
  }

  findings() {
    for (const [path, element] of this.cells) {
      if (this.input && this.input.element === element) continue;
      this.name(element, path);
    }
    this.mark();
  }

  /** Lists the values that were not accepted, in one message. */
  refusals() {
    const own = [...this.report.refused.values()].filter(({ edit }) => edit.path && this.cells.has(edit.path));
    if (own.length === 0) return this.told.replaceChildren();
    const shown = own.slice(0, 3).map(({ edit, message }) => make('li', {}, button(this.label(edit.path), () => this.show(edit.path), { class: 'link' }), `：${message}`));
    this.told.replaceChildren(`有${own.length}格没有保存`, make('ul', {}, shown, own.length > 3 && make('li', {}, `还有${own.length - 3}格`)),
      button('都改回原来的', () => own.forEach(({ edit }) => this.report.giveUp(keyOf(edit)))));
    return undefined;
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

  order(step, from = this.at.cell) {
    const all = [...this.figures].sort((a, b) => a.y - b.y || a.x - b.x);
    const next = all[all.indexOf(from) + step];
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
    else if (key === 'Enter' && !control) does = () => this.go(this.next(0, shift ? -1 : 1), false);
    // At the first and last cell Tab leaves the table.
    else if (key === 'Tab' && this.order(shift ? -1 : 1)) does = () => this.go(this.order(shift ? -1 : 1), false);
    else if (key === 'Home') does = () => this.go(control ? this.corner(-1) : this.edge(-1), shift);
    else if (key === 'End') does = () => this.go(control ? this.corner(1) : this.edge(1), shift);
    else if (key === 'F2') does = () => this.type(this.at, null);
    else if (key === 'Delete' || key === 'Backspace') does = () => this.clear();
    else if (key === ' ') does = () => this.fill('');
    else if (key === 'Escape') does = () => this.element.dispatchEvent(new CustomEvent('leave', { bubbles: true }));
    else if ((key === 'a' || key === 'A') && control) does = () => this.all();
    else if (key === 'ContextMenu' || (key === 'F10' && shift)) does = () => this.menu(null);
    else if ((key === 'n' || key === 'N') && !control && !alt) does = () => this.note();
    // An input method begins: it needs an input.
    else if ((key === 'Process' || event.keyCode === 229) && !control && !alt) return this.type(this.at, '');
    else if (key.length === 1 && !control && !alt) does = () => this.type(this.at, key);
    if (!does) return;
    event.preventDefault();
    does();
  }

  all() {
    const [first, last] = [this.corner(-1), this.corner(1)];
    this.go(first, false);
    this.go(last, true);
  }

  press(event) {
    const element = event.target.closest('.figure');
    if (!element || (this.input && this.input.element === element)) return;
    event.preventDefault();
    if (this.input) this.input.end(true, null);
    // The right button keeps a selection that it is pressed in.
    if (event.button === 2 && element.classList.contains('chosen')) return;
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
    if (!this.report.data.editable || this.input || !element) return;
    new CellInput(this, element, first);
  }

  set(pairs, options) {
    if (!this.report.data.editable) return;
    this.report.change(pairs.map(([path, value]) => ({ path, value })), options);
  }

  /** Sets all selected cells to one value. */
  fill(value) {
    this.set(this.block().flat().map((cell) => [cell.path, value]));
  }

  clear() {
    this.fill(null);
  }

  /** Fills cells that have no value with 0: those of the selection, or all. */
  fillRest() {
    const chosen = this.block().flat();
    const among = chosen.length > 1 ? chosen : this.figures;
    const empty = among.filter(({ path }) => {
      const value = this.report.data.values[path] || {};
      return (value.raw === null || value.raw === undefined) && (value.computed === null || value.computed === undefined);
    });
    const rest = empty.filter((cell) => !cell.total);
    this.set((rest.length > 0 ? rest : empty).map((cell) => [cell.path, '0']));
    announce(`${empty.length}格填了0`);
  }

  text(cell) {
    const value = this.report.data.values[cell.path] || {};
    if (value.raw === '') return ' ';
    return value.raw === null || value.raw === undefined ? value.computed || '' : value.raw;
  }

  copy(event) {
    if (this.input || !this.at) return;
    event.clipboardData.setData('text/plain', this.block().map((row) => row.map((cell) => this.text(cell)).join('\t')).join('\r\n'));
    event.preventDefault();
    announce('已复制');
  }

  onpaste(event) {
    if (this.input || !this.at || !this.report.data.editable) return;
    event.preventDefault();
    const rows = tableIn(event.clipboardData);
    if (rows) this.paste(rows);
  }

  /** Pastes a block: by its labels if it has some, otherwise from the top left corner of the selection. */
  async paste(rows) {
    const chosen = this.block();
    if (rows.length === 1 && rows[0].length === 1) return this.fill(toValue(rows[0][0]));
    const labelled = placeByLabels(rows, this.table.cells);
    const { pairs, lost } = labelled || placeFrom(rows, { y: chosen[0][0].y, x: Math.min(...chosen.map((row) => row[0].x)) }, this.figures);
    if (labelled && !(await this.confirm(pairs, lost))) return undefined;
    this.set(pairs.map(([cell, words]) => [cell.path, toValue(words)]));
    const words = `已粘贴${pairs.length}格${lost.length > 0 ? `，有${lost.length}格没有粘贴` : ''}`;
    announce(words);
    if (lost.length > 0 && !labelled) this.told.replaceChildren(`${words}：`, make('ul', {}, lost.slice(0, 5).map((one) => make('li', {}, `${one.labels}“${one.words}”${one.why}`))));
    if (this.at) this.at.focus({ preventScroll: true });
    return undefined;
  }

  /** Shows what goes where. */
  confirm(pairs, lost) {
    const now = (cell) => this.text(cell).trim();
    return openDialog('按行和栏的名称粘贴', (body) => body.append(
      make('p', {}, `认出${pairs.length}格${lost.length > 0 ? `，有${lost.length}格没有认出，不会粘贴` : ''}。请看一遍再粘贴。`),
      lost.length > 0 ? make('ul', { class: 'lost' }, lost.slice(0, 20).map((one) => make('li', {}, `${one.labels || '没有名称'}：${one.words}（${one.why}）`))) : '',
      make('table', { class: 'list' }, make('thead', {}, make('tr', {}, ['格', '现在', '粘贴'].map((head) => make('th', { scope: 'col' }, head)))),
        make('tbody', {}, pairs.map(([cell, words]) => make('tr', { class: now(cell) !== '' && now(cell) !== toValue(words) && 'changes' }, make('th', { scope: 'row' }, this.label(cell.path)), make('td', {}, now(cell)), make('td', {}, words)))))), { confirm: `粘贴${pairs.length}格`, wide: true });
  }

  menu(event) {
    const td = event ? event.target.closest('.figure') : this.at;
    if (!td || this.input) return;
    if (event) event.preventDefault();
    const box = td.getBoundingClientRect();
    const at = event && event.clientX ? [event.clientX, event.clientY] : [box.left, box.bottom];
    const edits = this.report.data.editable;
    showMenu(at, [
      ['复制', () => document.execCommand('copy')],
      edits && ['粘贴', () => this.pasteFromMenu()],
      edits && ['清除', () => this.clear()],
      edits && ['填 0', () => this.fill('0')],
      edits && ['填 /（不适用）', () => this.fill('/')],
      edits && ['有意留空', () => this.fill('')],
      edits && ['其余填0', () => this.fillRest()],
      edits && ['加注…', () => this.note()],
    ].filter(Boolean), td);
  }

  async pasteFromMenu() {
    try {
      const text = await navigator.clipboard.readText();
      const rows = tableIn({ getData: (type) => (type === 'text/plain' ? text : '') });
      if (rows) this.paste(rows);
    } catch (error) {
      this.told.replaceChildren('浏览器不让网页自己读剪贴板，请按 Ctrl+V 粘贴');
    }
  }

  async note() {
    const element = this.at;
    if (!this.report.data.editable || !element) return;
    const { path } = element.cell;
    const input = make('input', { value: (this.report.data.values[path] || {}).note || '', autocomplete: 'off' });
    const note = await openDialog('数字的注', (body) => body.append(make('label', { class: 'field' },
      make('span', {}, this.label(path)), input, make('small', {}, '例如“其中修订16件”，印在数字后面的括号里；空着就是不注'))), { done: () => ({ note: input.value.trim() || null }) });
    if (note) this.report.change([{ path, note: note.note }]);
    element.focus({ preventScroll: true });
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

