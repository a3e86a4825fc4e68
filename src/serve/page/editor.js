// The view of one report: sections, form, findings, typeset pages.

import { announce, button, isComposing, make, nameOf, showError, whenNotComposing } from './dom.js';
import { correctionPanel } from './corrections.js';
import { draftMenu } from './drafts.js';
import { Findings, isMissing, ranked, sectionOf } from './findings.js';
import { Grid } from './grid.js';
import { head, note } from './head.js';
import { Outputs } from './outputs.js';
import { Pages } from './pages.js';
import * as pending from './pending.js';
import { publishing } from './publish.js';
import { Report } from './report.js';
import { addRow } from './rows.js';
import { saves } from './saves.js';
import { Side } from './side.js';
import { Text } from './texts.js';
import { Trouble, stateWords } from './trouble.js';

/** Milliseconds without typing after which findings are shown again. */
const CALM = 400;

/** Shows a report; returns the function to call when the view is left. */
export async function edit(file, top, main) {
  const report = await Report.open(file);
  const view = new Editor(report, top, main);
  restoreKept(report);
  return () => view.leave();
}

/** Puts changes back that could not be saved when the page was closed. */
function restoreKept(report) {
  const kept = report.data.editable ? pending.found(report.file, report.data) : null;
  if (!kept) return;
  if (kept.both.length > 0) report.saver.reopen(kept.edits, kept.both);
  else report.change(kept.edits);
  announce('上次没有保存的改动已经放回来了');
}

/** One open report. */
class Editor {
  constructor(report, top, main) {
    this.report = report;
    this.top = top;
    this.main = main;
    this.grids = new Map();
    this.texts = new Map();
    this.notes = new Map();
    this.lists = new Map();
    this.pages = new Pages(report, (path) => this.show(path));
    this.findings = new Findings(report, (path, at) => this.show(path, at), this.texts);
    this.findings.ask = () => { this.findings.asked = true; this.drawFindings(); };
    this.outputs = new Outputs(report, this.findings);
    this.trouble = new Trouble(report, { placeOf: (edit) => this.placeOf(edit) });
    this.side = new Side(report, (key) => this.goSection(key));
    this.build();
    this.header();
    this.listen();
    this.drawFindings();
    this.state();
  }

  lead(path, part) {
    this.pages.scroll(path, part);
    this.side.current(sectionOf({ path }, this.report.data));
  }

  /** Creates the form. */
  build() {
    const { report } = this;
    const { data } = report;
    this.heads = head(report, (path) => this.lead(path));
    const [first, filing] = this.heads.sections;
    const chapters = data.chapters.map((chapter) => this.chapter(chapter));
    const list = (section, key) => {
      const found = make('ul', { class: 'found', 'aria-label': '这一部分的提示' });
      this.lists.set(key, found);
      section.insertBefore(found, section.children[1] || null);
      return section;
    };
    this.greeting = make('p', { class: 'greeting' });
    this.locked = make('div', { class: 'locked', hidden: data.editable }, data.why_not || '这份文件在这里只能看。');
    this.form = make('div', { class: 'form', tabindex: '-1' }, this.locked, correctionPanel(this), this.greeting, this.outputs.element, list(first, 'head'), chapters.map((section, i) => list(section, data.chapters[i].key)), list(filing, 'filing'), data.editable && help());
    this.main.replaceChildren(this.side.element, this.form, this.pages.element);
  }

  chapter(chapter) {
    const { report } = this;
    const heading = make('h2', { id: `h-${chapter.key}`, tabindex: '-1' }, chapter.heading);
    const parts = [];
    if (chapter.kind === 'text') {
      const text = new Text(report, chapter, (path, part) => this.lead(path, part));
      this.texts.set(chapter.key, text);
      parts.push(text.element);
    }
    for (const key of chapter.tables || []) {
      const grid = new Grid(report, key, (path) => this.lead(path));
      this.grids.set(key, grid);
      const under = note(report, report.data.tables[key]);
      this.notes.set(under.path, under);
      parts.push(grid.element, under.element, this.beside(chapter));
      grid.element.addEventListener('leave', () => heading.focus());
    }
    return make('section', { class: 'chapter', id: `s-${chapter.key}`, 'aria-labelledby': `h-${chapter.key}` }, heading, parts);
  }

  /** Creates the inputs for the texts before, between and after a table, folded unless the report has any. */
  beside(chapter) {
    const passages = (chapter.passages || []).map((passage) => {
      const text = new Text(this.report, passage, (path, part) => this.lead(path, part));
      this.texts.set(passage.key, text);
      return make('div', { class: 'passage' }, make('h3', {}, passage.label), text.element);
    });
    if (passages.length === 0) return '';
    const open = chapter.passages.some((passage) => (this.report.data.texts[passage.key] || []).length > 0);
    return make('details', { class: 'help', open }, make('summary', {}, '表格前后的文字（没有的不填）'), passages);
  }

  header() {
    const { report } = this;
    const { data } = report;
    this.saved = make('span', { class: 'saved', role: 'status' });
    const last = data.last_year && button(`上年数（${data.last_year.year}年）`, () => {
      const on = document.body.classList.toggle('with-last');
      last.setAttribute('aria-pressed', String(on));
      this.grids.forEach((grid) => grid.findings());
    }, { 'aria-pressed': 'false' });
    const sight = button('看版面', () => {
      const on = document.body.classList.toggle('with-pages');
      sight.setAttribute('aria-pressed', String(on));
      sight.textContent = on ? '回到填写' : '看版面';
      if (on) {
        this.pages.resize();
        this.pages.view.focus();
      }
    }, { class: 'sight', 'aria-pressed': 'false' });
    const name = (data.head.find((field) => field.path === 'agency.name') || {}).value || nameOf(report.file);
    document.title = `${name} ${data.form.year}年 — 填报`;
    this.undo = button('撤销', () => report.history.undo().catch(showError), { title: 'Ctrl+Z' });
    this.redo = button('重做', () => report.history.redo().catch(showError), { title: 'Ctrl+Y' });
    this.top.replaceChildren(
      make('div', { class: 'bar' },
        make('h1', {}, make('a', { href: '#' }, '报告列表'), make('span', { class: 'sep', 'aria-hidden': 'true' }, '›'), `${name} ${data.form.year}年报告`),
        this.saved,
        make('div', { class: 'tools' },
          data.editable && this.undo, data.editable && this.redo, button('历史', () => saves(report)), last, sight,
          make('span', { class: 'sep', 'aria-hidden': 'true' }),
          data.editable && draftMenu(this),
          !data.corrects && (data.editable || data.published) && button('生成', () => this.outputs.build(), { class: 'main' }),
          publishing(this))),
      this.trouble.element);
  }

  /** Connects the parts with the report. */
  listen() {
    const { report } = this;
    const on = (name, does) => report.addEventListener(name, does);
    on('values', ({ detail }) => this.grids.forEach((grid) => grid.refresh(detail)));
    const calm = () => whenNotComposing(this.redraw || (this.redraw = () => this.drawFindings()));
    on('findings', () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(calm, document.activeElement && document.activeElement.tagName === 'TEXTAREA' ? CALM : 0);
      this.texts.forEach((text) => text.refresh());
      this.heads.refresh();
    });
    on('texts', () => this.texts.forEach((text) => text.refresh()));
    on('head', () => this.heads.refresh());
    on('replaced', () => this.all());
    on('refusals', () => {
      this.grids.forEach((grid) => { grid.refusals(); grid.mark(); });
      this.heads.refusals();
      this.notes.forEach((one) => one.refusal());
      this.state();
    });
    on('moved', ({ detail }) => this.moved(detail));
    on('reform', () => setTimeout(() => dispatchEvent(new Event('hashchange'))));
    on('addrow', ({ detail }) => addRow(report, detail));
    on('elsewhere', () => {
      announce('这份报告在别处改过，这里已经换成新的');
      this.notice('这份报告在别处改过，这里已经换成新的。');
    });
    on('state', () => this.state());
    on('history', () => this.state());
    this.keys = (event) => this.key(event);
    addEventListener('keydown', this.keys);
  }

  /** Says something below the header for a while. */
  notice(words) {
    const line = make('p', { class: 'notice', role: 'status' }, words, button('知道了', () => line.remove()));
    this.top.querySelectorAll('.notice').forEach((one) => one.remove());
    this.top.append(line);
  }

  all() {
    this.grids.forEach((grid) => grid.refresh(grid.figures.map((cell) => cell.path)));
    this.texts.forEach((text) => text.refresh());
    this.notes.forEach((one) => one.refresh());
    this.heads.refresh();
  }

  /** Shows what undo or redo has changed, with the cursor where it was. */
  moved({ edits, caret }) {
    this.all();
    const [first] = edits;
    if (!first) return;
    const text = first.chapter && this.texts.get(first.chapter);
    if (text) text.restore(caret);
    else this.show(first.path);
  }

  state() {
    const { saver, history, refused } = this.report;
    if (saver.state === 'saved') this.time = new Date();
    const time = this.time && `${this.time.getHours()}:${String(this.time.getMinutes()).padStart(2, '0')}`;
    const words = stateWords(saver, refused.size, time);
    if (this.saved.textContent !== words) this.saved.textContent = words;
    this.saved.className = `saved ${saver.state}${refused.size > 0 ? ' refused' : ''}`;
    this.undo.disabled = history.done.length === 0;
    this.redo.disabled = history.undone.length === 0;
  }

  /** Puts the findings at the things that they are about. */
  drawFindings() {
    const { report, findings } = this;
    const focused = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.finding;
    const open = this.side.refresh(findings.asked);
    for (const [key, list] of this.lists) {
      const own = ranked(report.data.findings.filter((one) => sectionOf(one, report.data) === key && (findings.asked || !isMissing(one))));
      // A new report says what to do next, not what is wrong.
      const shown = findings.asked || this.side.filled(this.side.sections.find((section) => section.key === key)) ? own : own.filter((one) => one.severity === 'error');
      list.replaceChildren(...shown.map((one) => findings.element(one)));
      list.hidden = shown.length === 0;
    }
    if (focused) {
      const again = [...this.form.querySelectorAll('[data-finding]')].find((one) => one.dataset.finding === focused);
      if (again) again.focus({ preventScroll: true });
    }
    this.grids.forEach((grid) => grid.findings());
    this.texts.forEach((text) => text.findings());
    this.greet(open);
    const { counts } = report.data;
    const missing = report.data.findings.filter((one) => isMissing(one) && !one.accepted).length;
    const said = `错误${counts.errors - (findings.asked ? 0 : missing)}处，提醒${counts.warnings + counts.unsure}处`;
    if (this.said !== undefined && this.said !== said) announce(said);
    this.said = said;
  }

  greet(open) {
    const { report } = this;
    this.greeting.hidden = !report.data.editable;
    const rest = report.data.counts.errors + report.data.counts.warnings + report.data.counts.unsure;
    this.greeting.replaceChildren(...(open.length > 0
      ? [`还有${open.length}部分没有填完：`, ...open.map((section) => button(section.title, () => this.goSection(section.key), { class: 'link' }))]
      : [rest === 0 ? '都填好了，没有发现问题，可以生成。' : '都填好了。左边标出的地方请看一看，再生成。']));
  }

  /** Returns how people call the field of an edit. */
  placeOf(edit) {
    const { data } = this.report;
    if ('chapter' in edit) return (data.chapters.find((one) => one.key === edit.chapter) || {}).heading || edit.chapter;
    const known = (path) => data.placeholders.find((one) => one.name === `{{${path}}}`);
    const placeholder = known(edit.path) || (data.values[edit.path] && known(edit.path.replace(/\.[^.]*$/, '')));
    const field = data.head.find((one) => one.path === edit.path);
    const table = data.tables[edit.path.replace(/\.note$/, '')];
    return placeholder ? placeholder.label : field ? field.label : table ? `${table.name}下面的注` : '这一项';
  }

  goSection(key) {
    const heading = document.getElementById(`h-${key}`);
    if (!heading) return;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: 'start' });
    this.lead(key);
  }

  /** Leads to a field. */
  show(path, at) {
    document.body.classList.remove('with-pages');
    for (const grid of this.grids.values()) if (grid.show(path)) return;
    const [, key, number] = /^([a-z_.]+)(?:\[(\d+)\])?/.exec(path || '') || [];
    if (this.texts.has(key)) {
      const folded = this.texts.get(key).element.closest('details');
      if (folded) folded.open = true;
      this.texts.get(key).show(Number(number || 1), at);
      return;
    }
    const field = this.heads.fields.get(path) || this.heads.fields.get((path || '').split('[')[0]);
    const under = this.notes.get(path);
    const input = field ? field.input : under && under.area;
    if (input) {
      input.focus({ preventScroll: true });
      input.scrollIntoView({ block: 'center' });
    } else this.goSection(document.getElementById(`h-${(key || '').split('.')[0]}`) ? key.split('.')[0] : 'head');
  }

  key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isComposing() || document.querySelector('dialog[open]')) return;
    const { report } = this;
    const key = event.key.toLowerCase();
    const undo = key === 'z' && !event.shiftKey;
    const redo = key === 'y' || (key === 'z' && event.shiftKey);
    if (undo || redo) {
      event.preventDefault();
      // An open input ends; what was typed in it is the step that is undone.
      if (document.activeElement && document.activeElement.matches('.figure input, .head input')) document.activeElement.blur();
      (undo ? report.history.undo() : report.history.redo()).catch(showError);
    }
    if (key === 's') {
      event.preventDefault();
      report.saver.flush().then(() => announce(this.saved.textContent));
    }
  }

  /** Leaves the view; false keeps it. */
  async leave() {
    if (document.activeElement) document.activeElement.blur();
    await this.report.saver.flush();
    this.report.saver.store();
    removeEventListener('keydown', this.keys);
    clearTimeout(this.timer);
    document.body.classList.remove('with-last', 'with-pages');
    this.texts.forEach((text) => text.close());
    this.pages.close();
    this.report.close();
  }
}

/** How tables are filled in. */
function help() {
  return make('details', { class: 'help' }, make('summary', {}, '怎样填表'),
    make('ul', {}, ['方向键、Tab、回车在格子间移动，Home、End 到一行的头尾，Esc 离开表格。', '直接打字就填，F2 改原来的数，Delete 清除；Ctrl+Enter 把一个数填进选中的一块。', '没有发生填 0；不适用填 /；确实要留空的按空格，格子里显示“空白”。没有填的显示“未填”。',
      '灰色的数是自动合计的，直接填写可以改。', '按住 Shift 或拖动选一块，Ctrl+C 复制。从 Excel、WPS、Word 复制的一块，连同行和栏的名称一起粘贴，会自己找到位置。', '右键或 Shift+F10 有更多做法；按 N 给数字加注。'].map((line) => make('li', {}, line))));
}

