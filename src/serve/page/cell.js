// The input in a cell that is being typed in.

import { toValue } from './clipboard.js';
import { make } from './dom.js';

let sessions = 0;

/** The input of one cell. What is typed is one step of the history. */
export class CellInput {
  constructor(grid, element, first) {
    this.grid = grid;
    // While the cell is open, nothing else may replace its content.
    grid.input = this;
    this.element = element;
    this.path = element.cell.path;
    this.report = grid.report;
    this.group = `${this.path} ${++sessions}`;
    const value = this.report.data.values[this.path] || {};
    const refused = this.report.refused.get(this.path);
    this.before = value.raw === undefined ? null : value.raw;
    this.selection = grid.block().flat();
    this.input = make('input', { 'aria-label': grid.label(this.path), inputmode: 'decimal', autocomplete: 'off' });
    this.input.value = first === null ? (refused ? refused.edit.value : this.before || '') : first;
    element.classList.add('open');
    element.replaceChildren(this.input);
    this.input.focus();
    this.input.addEventListener('keydown', (event) => this.key(event));
    this.input.addEventListener('input', (event) => { if (!event.isComposing) this.follow(); });
    this.input.addEventListener('compositionstart', () => { this.composing = true; this.report.saver.typing(this.path, true); });
    this.input.addEventListener('compositionend', () => { this.composing = false; setTimeout(() => { if (!this.over) this.follow(); }); });
    this.input.addEventListener('blur', () => this.end(true, null));
    if (first !== null) this.follow();
  }

  /** Figures are saved while they are typed, so that the pages follow; Escape restores the old value. */
  follow() {
    const value = toValue(this.input.value);
    const isNumber = value !== null && /^-?\d+(\.\d+)?$/.test(value);
    this.report.saver.typing(this.path, !isNumber);
    if (isNumber) this.report.change([{ path: this.path, value }], { group: this.group });
  }

  key(event) {
    event.stopPropagation();
    if (event.isComposing || event.keyCode === 229) return;
    const { grid, element } = this;
    const ways = {
      Enter: () => grid.next(0, event.shiftKey ? -1 : 1, element.cell),
      Tab: () => grid.order(event.shiftKey ? -1 : 1, element.cell),
      ArrowUp: () => grid.next(0, -1, element.cell),
      ArrowDown: () => grid.next(0, 1, element.cell),
    };
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.fill();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.end(false, () => element);
    } else if (ways[event.key]) {
      event.preventDefault();
      this.end(true, ways[event.key]);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') {
      event.preventDefault();
      this.end(true, () => element);
    }
  }

  /** Puts the typed value into all cells of the selection. */
  fill() {
    const value = toValue(this.input.value);
    const { selection, grid, element } = this;
    this.close();
    this.report.change(selection.map((cell) => ({ path: cell.path, value })), { group: this.group });
    grid.refresh(selection.map((cell) => cell.path));
    grid.go(element, true);
  }

  close() {
    this.over = true;
    this.grid.input = null;
    this.element.classList.remove('open');
    this.report.saver.typing(this.path, false);
  }

  /** Closes the input; `way` returns the cell to go to. */
  end(keep, way) {
    if (this.over) return;
    const value = toValue(this.input.value);
    this.close();
    this.report.change([{ path: this.path, value: keep ? value : this.before }], { group: this.group });
    this.grid.refresh([this.path]);
    if (way) this.grid.go(way() || this.element, false);
  }
}
