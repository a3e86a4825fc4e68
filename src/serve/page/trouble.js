// Says what keeps the page from saving, with what can be done about it.

import { ask, button, make, nameOf, openDialog, showError, whenNotComposing } from './dom.js';
import { keyOf } from './edits.js';

/** How far saving is, in words. */
export function stateWords(saver, refused, time) {
  if (saver.state === 'conflict') return '别处也改过，还没有保存';
  if (saver.state === 'locked') return '不能保存';
  if (saver.state === 'failed') return '没有保存';
  if (saver.state !== 'saved') return saver.state === 'saving' ? '正在保存' : '还没有保存';
  return refused > 0 ? `有${refused}处没有保存` : time ? `已保存 ${time}` : '已保存';
}

/** The bar below the header. */
export class Trouble {
  constructor(report, { show, placeOf }) {
    Object.assign(this, { report, show, placeOf });
    this.element = make('div', { class: 'trouble', role: 'alert', hidden: true });
    // The question is a bar and no dialog: a dialog would take the keys of somebody who is typing, and Enter would answer it.
    const draw = () => this.draw();
    report.addEventListener('state', () => whenNotComposing(draw));
    report.addEventListener('conflict', () => whenNotComposing(draw));
    this.draw();
  }

  draw() {
    const { saver } = this.report;
    const { trouble, state } = saver;
    this.element.hidden = !trouble;
    if (!trouble) return this.element.replaceChildren();
    const pending = saver.pending().length > 0 || saver.open.size > 0;
    const acts = [];
    if (state === 'conflict') acts.push(button('比较并选择…', () => this.compare(), { class: 'main' }));
    if (trouble.reason === 'gone' && trouble.moved_to) acts.push(button(`改到“${nameOf(trouble.moved_to)}”里接着填`, () => this.move(trouble.moved_to), { class: 'main' }));
    if (state === 'locked' && pending) acts.push(button('放弃这些改动', () => saver.discard().catch(showError)));
    if (state === 'locked' && !pending) acts.push(button('看文件里现在的', () => saver.discard().catch(showError)));
    acts.push(button('另存为…', () => this.saveAs()));
    const words = trouble.reason === 'gone' && !trouble.moved_to ? `${trouble.message}。这一页的内容都还在，可以另存；文件放回原处会自动接着保存`
      : trouble.reason === 'gone' ? `文件改名为“${nameOf(trouble.moved_to)}”了` : trouble.message;
    this.element.replaceChildren(make('span', { class: 'sign', 'aria-hidden': 'true' }, '!'), make('span', {}, words, pending && state === 'locked' ? '。没有保存的改动还在这一页上，可以另存为另一份' : ''), make('span', { class: 'acts' }, acts));
    return undefined;
  }

  move(file) {
    this.report.saver.moveTo(file);
    location.hash = encodeURIComponent(file);
  }

  async saveAs() {
    const stem = this.report.file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
    const name = await ask('另存为', '文件名', `${stem}-另存`, { hint: '存在同一个文件夹里；现在这一页的内容都在里面', confirm: '另存' });
    if (!name) return;
    try {
      location.hash = encodeURIComponent(await this.report.saver.saveAs(name));
    } catch (error) {
      showError(error);
    }
  }

  /** Shows both versions of each field that was changed twice. Closing the dialog keeps both. */
  async compare() {
    const { saver } = this.report;
    if (!saver.conflict || this.open) return;
    this.open = true;
    const shown = (value) => (value === null ? '（未填）' : Array.isArray(value) ? value.join('\n') || '（空）' : value === '' ? '（空白）' : String(value));
    const rows = saver.conflict.both.map(({ edit, theirs }, i) => {
      const side = (value, words, key) => make('label', {}, make('input', { type: 'radio', name: `side-${i}`, value: key, checked: key === 'yours' }), `${words}：`, make('span', { class: 'side-of' }, shown(value)));
      const own = 'chapter' in edit ? edit.paragraphs : 'note' in edit ? edit.note : edit.value;
      return { key: keyOf(edit), element: make('fieldset', {}, make('legend', {}, this.placeOf(edit)), side(theirs, '文件里现在的', 'theirs'), side(own, '这一页上的', 'yours')) };
    });
    const drop = await openDialog('这份报告在别处也改过', (dialog) => dialog.append(make('p', {}, '同一个地方两边都改了。请逐处选择；关掉这个窗口，两边都原样留着，以后再选。'), ...rows.map((row) => row.element)), {
      confirm: '按所选保存',
      cancel: '以后再选',
      done: () => rows.filter((row) => row.element.querySelector('input:checked').value === 'theirs').map((row) => row.key),
    });
    this.open = false;
    if (drop && saver.conflict) saver.resolve(drop);
  }
}
