// Earlier states of a report.

import { get } from './api.js';
import { announce, make, openDialog, showError, showMessage, when } from './dom.js';
import { restore } from './history.js';

/** Shows the saved versions with what differs from now, and restores the chosen one. */
export async function saves(report) {
  await report.saver.flush();
  const list = await get('saves', { file: report.file }).catch(showError);
  if (!Array.isArray(list)) return;
  if (list.length === 0) {
    showMessage('历史', '还没有。每次保存之前的样子会留在这里。');
    return;
  }
  const different = make('div', { class: 'difference', 'aria-live': 'polite' });
  const look = async (version) => {
    different.replaceChildren(make('p', {}, '正在比较……'));
    const told = await get('difference', { file: report.file, version }).catch((error) => ({ error: error.message }));
    different.replaceChildren(...(told.error ? [make('p', { class: 'error' }, told.error)] : differences(told.changes)));
  };
  const version = await openDialog('历史', (body) => {
    body.append(make('p', {}, '选一个看看和现在有什么不同。恢复以后，现在的样子也会留下，按“撤销”就回来。'),
      make('div', { class: 'two' },
        make('div', { class: 'choices', role: 'radiogroup', 'aria-label': '以前的样子' }, list.map((one, i) => make('label', {}, make('input', { type: 'radio', name: 'save', value: one.version, checked: i === 0, onchange: () => look(one.version) }), when(one.at), make('small', {}, one.summary)))),
        different));
    look(list[0].version);
  }, { confirm: '恢复成这样', wide: true, done: () => document.querySelector('input[name=save]:checked').value });
  if (!version) return;
  await report.saver.flush();
  const before = report.told.version;
  try {
    report.history.recordRestore(before, await restore(report, version));
    announce('已恢复');
  } catch (error) {
    showError(error);
  }
}

/** Returns the elements that show differences: place, what was, what is. */
export function differences(changes) {
  if (changes.length === 0) return [make('p', {}, '没有不同。')];
  const value = (words) => (words === '' ? '（空）' : words);
  return [make('p', {}, `有${changes.length}处不同：`), make('dl', { class: 'changes' }, changes.map((one) => [
    make('dt', {}, one.place),
    make('dd', {}, one.words
      ? one.words.map((piece) => (piece.op === 'deleted' ? make('del', {}, piece.text) : piece.op === 'inserted' ? make('ins', {}, piece.text) : piece.text))
      : [make('del', {}, value(one.old)), ' → ', make('ins', {}, value(one.new))]),
  ]).flat())];
}
