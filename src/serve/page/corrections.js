// A correction of a published report: the differences as they arise, the reason, the date.

import { get, post } from './api.js';
import { announce, button, field, make, openDialog, showError, showMessage, whenNotComposing } from './dom.js';
import { today } from './publish.js';

/** Milliseconds after a change until the differences are shown again. */
const PAUSE = 400;

/** The panel above the form of a working copy; null for other reports. */
export function correctionPanel(editor) {
  return editor.report.data.corrects ? new Panel(editor).element : null;
}

class Panel {
  constructor(editor) {
    this.editor = editor;
    this.report = editor.report;
    this.withdrawn = new Set();
    this.reason = make('input', { required: true, autocomplete: 'off' });
    this.date = make('input', { required: true, autocomplete: 'off', value: today() });
    this.told = make('p', { class: 'refusal', role: 'alert' });
    this.list = make('div', { class: 'difference', 'aria-live': 'polite' });
    this.element = make('section', { class: 'correction', 'aria-labelledby': 'h-correction' },
      make('h2', { id: 'h-correction', tabindex: '-1' }, '更正'),
      make('p', {}, '这里改的是更正稿，公布的报告暂时不动。要改什么直接在下面改，改动会列在这里；写明原因和日期，再“写入更正”。'),
      this.list,
      make('div', { class: 'fields' }, field('更正原因', this.reason, '印在更正说明里，例如“台账重复登记一件”'), field('更正日期', this.date)),
      this.told,
      make('p', { class: 'tools' }, button('写入更正', () => this.finish(), { class: 'main' }), button('放弃这次更正', () => this.cancel())));
    this.report.addEventListener('version', () => this.later());
    this.look();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const told = await get('correction', { file: this.report.file }).catch(() => null);
    if (told) whenNotComposing(() => this.draw(told));
  }

  draw(told) {
    const { changes } = told;
    const value = (words) => (words === '' ? '（空）' : words);
    this.list.replaceChildren(make('p', {}, changes.length === 0 ? `和${told.published}公布的一样，还没有改动。` : `和${told.published}公布的相比，改了${changes.length}处：`),
      make('ul', { class: 'changes' }, changes.map((one) => make('li', {},
        button(one.place, () => this.editor.show(one.path), { class: 'link' }), '：',
        one.words ? one.words.map((piece) => (piece.op === 'deleted' ? make('del', {}, piece.text) : piece.op === 'inserted' ? make('ins', {}, piece.text) : piece.text))
          : [make('del', {}, value(one.old)), ' → ', make('ins', {}, value(one.new))],
        one.old !== '' && make('label', { class: 'withdraw' }, make('input', { type: 'checkbox', checked: this.withdrawn.has(one.path), onchange: (event) => {
          if (event.target.checked) this.withdrawn.add(one.path);
          else this.withdrawn.delete(one.path);
        } }), '撤下原来的内容，不再公布')))));
    this.paths = changes.map((one) => one.path);
  }

  async finish() {
    const { report } = this;
    await report.saver.flush();
    if (!report.saver.isSaved()) return showMessage('没有写入', '还有改动没有保存。请先看页面上方的提示。');
    this.editor.findings.ask();
    this.told.textContent = '';
    try {
      const redact = [...this.withdrawn].filter((path) => (this.paths || []).includes(path));
      const body = { file: report.file, base: report.told.version, reason: this.reason.value, date: this.date.value, redact };
      const made = await post('correction', body, { patience: 120000 });
      // The report is made again with the notice; what was published before goes to the history folder.
      const built = await post('build', { file: made.file }, { patience: 300000 }).catch(() => null);
      announce('更正已写入');
      report.saver.closed = true;
      location.hash = encodeURIComponent(made.file);
      showMessage('更正已写入', ...made.notices, built && built.state !== 'refused' ? '更正后的报告、更正说明和花脸稿都已生成，在“成品”里。' : '更正已写进报告；成品没有生成，请打开报告点“生成”。');
    } catch (error) {
      this.told.textContent = error.message;
      (error.body && error.body.path === 'reason' ? this.reason : this.date).focus();
    }
    return undefined;
  }

  async cancel() {
    const sure = await openDialog('放弃这次更正', (body) => body.append(make('p', {}, '更正稿会放进回收站，公布的报告不变。')), { confirm: '放弃' });
    if (!sure) return;
    try {
      const { file } = await post('correction/cancel', { file: this.report.file });
      this.report.saver.closed = true;
      location.hash = encodeURIComponent(file);
    } catch (error) {
      showError(error);
    }
  }
}
