// The fields that are not in a table of the form: the body, dates, the sign-off sheet; and the notes under tables.

import { keyOf } from './edits.js';
import { make } from './dom.js';

/** Milliseconds without typing after which a field of text is saved. */
const PAUSE = 300;

/** Connects an input with a field: saves it when it is left or after a pause, shows refusals beside it. */
class Field {
  constructor(report, path, input, told, { typed = false, onfocus = null } = {}) {
    Object.assign(this, { report, path, input, told, typed });
    this.steps = 0;
    input.addEventListener('focus', () => {
      this.steps += 1;
      if (onfocus) onfocus(path);
    });
    input.addEventListener('change', () => this.keep());
    input.addEventListener('compositionstart', () => report.saver.typing(path, true));
    input.addEventListener('compositionend', () => setTimeout(() => this.later()));
    input.addEventListener('input', (event) => { if (!event.isComposing) this.later(); });
    input.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.isComposing || !report.refused.has(path)) return;
      event.preventDefault();
      report.giveUp(path);
    });
  }

  later() {
    this.report.saver.typing(this.path, true);
    clearTimeout(this.timer);
    // A date is not one until it is complete.
    if (this.typed) this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  keep() {
    clearTimeout(this.timer);
    const value = this.input.value.trim() === '' ? null : this.input.value;
    this.report.change([{ path: this.path, value }], { group: `${this.path} ${this.steps}` });
    this.report.saver.typing(this.path, false);
  }

  /** Shows the value of the report, unless somebody is typing. */
  refresh(value) {
    const isOpen = document.activeElement === this.input && this.report.saver.open.has(this.path);
    if (isOpen || this.input.value === (value || '')) return;
    this.input.value = value === null || value === undefined ? '' : value;
  }

  /** Shows why the value was not accepted. */
  refusal() {
    const refused = this.report.refused.get(keyOf({ path: this.path }));
    this.told.textContent = refused ? refused.message : '';
    this.input.setAttribute('aria-invalid', refused ? 'true' : 'false');
  }
}

/** Creates the form for the fields of the head. */
export function head(report, onfocus) {
  const fields = new Map();
  const draw = (field) => {
    const told = make('small', { class: 'refusal', id: `told-${field.path}`, role: 'alert' });
    const common = { id: `head-${field.path}`, disabled: !report.data.editable, autocomplete: 'off', required: field.required, 'aria-describedby': `told-${field.path}` };
    let input;
    if (field.kind === 'choice') input = make('select', common, make('option', { value: '' }, '未选'), (field.options || []).map((one) => make('option', { value: one.value }, one.label)));
    else if (field.kind === 'lines') input = make('textarea', { ...common, rows: '2' });
    else input = make('input', { ...common, inputmode: field.kind === 'number' && 'numeric' });
    input.value = field.value === null ? '' : field.value;
    fields.set(field.path, new Field(report, field.path, input, told, { typed: field.kind === 'text' || field.kind === 'lines', onfocus }));
    return make('div', { class: 'field' }, make('label', { for: `head-${field.path}` }, field.label, field.required && make('span', { class: 'needed' }, '必填')), input, told, field.hint && make('small', {}, field.hint));
  };
  const groups = [['基本情况', report.data.head.filter((field) => !field.path.startsWith('filing'))], ['落款和审签', report.data.head.filter((field) => field.path.startsWith('filing'))]];
  const sections = groups.map(([title, list], i) => make('section', { class: 'chapter head', id: i === 0 ? 's-head' : 's-filing', 'aria-labelledby': i === 0 ? 'h-head' : 'h-filing' },
    make('h2', { id: i === 0 ? 'h-head' : 'h-filing', tabindex: '-1' }, title),
    make('div', { class: 'fields' }, list.map(draw))));
  const refresh = () => report.data.head.forEach((field) => {
    const known = fields.get(field.path);
    if (known) known.refresh(field.value);
  });
  const refusals = () => fields.forEach((field) => field.refusal());
  return { sections, fields, refresh, refusals };
}

/** Creates the input for the note under a table. */
export function note(report, table) {
  const path = `${table.key}.note`;
  const told = make('small', { class: 'refusal', role: 'alert' });
  const area = make('textarea', { id: `note-${table.key}`, rows: '1', disabled: !report.data.editable });
  area.value = report.data.notes[table.key] || '';
  const field = new Field(report, path, area, told, { typed: true });
  return {
    path,
    area,
    element: make('div', { class: 'field table-note' }, make('label', { for: `note-${table.key}` }, `${table.name}下面的注`), area, told),
    refresh: () => field.refresh(report.data.notes[table.key]),
    refusal: () => field.refusal(),
  };
}
