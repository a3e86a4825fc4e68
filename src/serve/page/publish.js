// Publication: recording it, showing the record, beginning a correction.

import { get, post } from './api.js';
import { announce, button, field, make, openDialog, showError, showMessage } from './dom.js';

/** Returns what the header offers for publication. */
export function publishing(editor) {
  const { report } = editor;
  const { data } = report;
  if (data.corrects) return [];
  if (data.published) return [button('公布记录', () => showRecord(report)), button('更正…', () => beginCorrection(report), { class: 'main' })];
  return data.editable ? [button('公布…', () => publish(editor))] : [];
}

/** Shows what was published when, with the digest of each version. */
async function showRecord(report) {
  const told = await get('publication', { file: report.file }).catch(showError);
  if (!told || !told.events) return;
  openDialog('公布记录', (body) => body.append(
    make('table', { class: 'list' },
      make('thead', {}, make('tr', {}, ['日期', '事项', '校验值'].map((head) => make('th', { scope: 'col' }, head)))),
      make('tbody', {}, told.events.map((one) => make('tr', {}, make('td', {}, one.date), make('td', {}, one.what + (one.changes ? `（${one.changes}处）` : '')), make('td', {}, make('code', { class: 'digest' }, one.digest || '没有记'))))))), { confirm: null, wide: true });
}

/** Asks for the date and records the publication. */
async function publish(editor) {
  const { report } = editor;
  await report.saver.flush();
  if (!report.saver.isSaved()) {
    showMessage('没有登记', '还有改动没有保存。请先看页面上方的提示。');
    return;
  }
  editor.findings.ask();
  const { counts } = report.data;
  if (counts.errors > 0) {
    showMessage('还不能公布', `报告还有${counts.errors}处错误或没有填的地方，左边标出了在哪里。改好以后再登记。`);
    return;
  }
  const name = (report.data.head.find((one) => one.path === 'agency.name') || {}).value;
  const date = make('input', { required: true, autocomplete: 'off', value: today() });
  const told = make('small', { class: 'refusal', role: 'alert' });
  let made = null;
  await openDialog('登记公布', (body, leave) => {
    body.append(
      make('p', {}, `登记以后，文件里会记下：${name}${report.data.form.year}年报告的公布日期，和公布时全部内容的校验值。`),
      make('p', {}, '公布后数据和文字就不能直接改了，只能“更正”。登记以后请重新生成，让网站用PDF也带上公布的记录。'),
      counts.warnings + counts.unsure > 0 ? make('p', { class: 'outdated' }, `还有${counts.warnings + counts.unsure}处提醒没有处理。`) : '',
      field('公布日期', date, '例如 2026年1月26日'), told);
    date.form.addEventListener('submit', async (event) => {
      event.stopImmediatePropagation();
      event.preventDefault();
      try {
        made = await post('publish', { file: report.file, base: report.told.version, date: date.value });
        leave(true);
      } catch (error) {
        told.textContent = error.message;
        date.focus();
      }
    }, true);
  }, { confirm: '登记公布' });
  if (!made) return;
  announce('已登记公布');
  report.adopt(await get('report', { file: report.file }), []);
}

/** Opens the working copy of a published report. */
async function beginCorrection(report) {
  try {
    const { file } = await post('correction/begin', { file: report.file });
    location.hash = encodeURIComponent(file);
  } catch (error) {
    showError(error);
  }
}

/** Returns today's date as offices write it. */
export function today() {
  const now = new Date();
  return `${now.getFullYear()}年${now.getMonth() + 1}月${now.getDate()}日`;
}
