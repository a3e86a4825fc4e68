// The first view: what the folder is. Nothing yet, some reports, or a county with a roster.

import { get, post } from './api.js';
import { ask, button, field, make, nameOf, openDialog, showError, showMessage, when } from './dom.js';
import { dropping, takeFiles } from './files.js';
import { office } from './office.js';

const open = (file) => { location.hash = encodeURIComponent(file); };

/** Asks for the data of a new report and creates it. */
export async function newReport(told, from = '') {
  const agency = make('input', { required: true, autocomplete: 'off' });
  const year = make('input', { required: true, inputmode: 'numeric', pattern: '[0-9]{4}', value: String(told.nextYear) });
  const last = make('select', {}, make('option', { value: '' }, '不用'),
    told.reports.filter((report) => report.year && !report.corrects).map((report) => make('option', { value: report.file, selected: report.file === from }, `${report.agency}${report.year}年`)));
  const begin = () => {
    const one = told.reports.find((report) => report.file === last.value);
    if (!one) return;
    agency.value = one.agency;
    year.value = String(one.year + 1);
  };
  last.addEventListener('change', begin);
  begin();
  const refusal = make('small', { class: 'refusal', role: 'alert' });
  let made = null;
  await openDialog('填写一份报告', (body, leave) => {
    body.append(field('单位名称', agency, '全称，与印章一致'), field('报告年度', year, '四位数'), field('从上年报告带入', last, '单位情况和上年结转的数字会带过来'), refusal);
    agency.form.addEventListener('submit', async (event) => {
      event.stopImmediatePropagation();
      event.preventDefault();
      try {
        made = await post('new', { agency: agency.value.trim(), year: year.value, ...(last.value ? { from: last.value } : {}) });
        leave(true);
      } catch (error) {
        refusal.textContent = error.message;
      }
    }, true);
  }, { confirm: '新建' });
  if (made) open(made.file);
}

/** Shows the bin; takes a report back. */
async function bin(again) {
  const list = await get('bin').catch(showError);
  if (!Array.isArray(list)) return;
  if (list.length === 0) {
    showMessage('回收站', '回收站是空的。');
    return;
  }
  const id = await openDialog('回收站', (body, leave) => body.append(make('ul', { class: 'files' }, list.map((one) => make('li', {}, make('span', { class: 'name' }, nameOf(one.file)), make('small', {}, when(one.at)), make('span', { class: 'acts' }, button('放回', () => leave(one.id))))))), { confirm: null, wide: true });
  if (id) await post('undelete', { id }).then(again, showError);
}

/** Deletes a report, after asking. */
export async function remove(report, again) {
  const sure = await openDialog('删除', (body) => body.append(make('p', {}, `“${nameOf(report.file)}”会放进回收站，以后可以放回。已经生成的成品不动。`)), { confirm: '删除' });
  if (sure) await post('delete', { file: report.file }).then(again, showError);
}

/** Renames a report. */
export async function rename(report, again) {
  const stem = report.file.replace(/^.*\//, '').replace(/\.[^.]*$/, '');
  const name = await ask('改名', '文件名', stem, { hint: '只改文件的名字，不改单位名称', confirm: '改名' });
  if (name && name !== stem) await post('rename', { file: report.file, name }).then(again, showError);
}

/** Creates the row of a report. */
function row(report, again) {
  const name = report.agency || nameOf(report.file);
  const trouble = [report.errors && `错误${report.errors}处`, report.warnings && `提醒${report.warnings}处`].filter(Boolean).join('，');
  const act = report.editable || report.state === 'published'
    ? make('a', { href: '#' + encodeURIComponent(report.file) }, report.corrects ? '接着更正' : report.editable ? '填报' : '查看')
    : report.state !== 'unreadable' && button('转为可填的文件', () => post('convert', { file: report.file }).then(({ file }) => open(file), showError));
  return make('tr', { class: report.state },
    make('th', { scope: 'row' }, name, make('small', {}, nameOf(report.file))),
    make('td', {}, report.year ? String(report.year) : ''),
    make('td', {}, make('span', { class: 'state' }, report.corrects ? '更正稿' : report.state_name)),
    make('td', {}, report.message || trouble || (report.errors === 0 ? '没有发现问题' : '')),
    make('td', { class: 'acts' }, act || '', button('改名', () => rename(report, again), { 'aria-label': `给${name}改名` }), button('删除', () => remove(report, again), { 'aria-label': `删除${name}` })));
}

/** Shows the view; returns the function to call when it is left. */
export async function list(top, main) {
  const told = await get('reports');
  const again = () => { dispatchEvent(new Event('hashchange')); };
  const years = told.reports.map((report) => report.year || 0);
  told.nextYear = Math.max(2019, ...years, new Date().getFullYear() - 1);
  document.title = '政府信息公开工作年度报告填报';
  top.replaceChildren(make('div', { class: 'bar' }, make('h1', {}, '政府信息公开工作年度报告'), make('span', { class: 'saved plain' }, `文件在“${told.folder}”，不会传到网上`)));
  const picker = make('input', { type: 'file', multiple: true, accept: '.docx,.xlsx,.xls,.html,.htm,.pdf,.toml,.json,.yaml,.yml,.csv,.txt', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true',
    onchange: () => { if (picker.files.length > 0) takeFiles([...picker.files], { board: again }); } });
  const stopDropping = dropping({ board: again });
  if (told.roster) {
    const leave = await office(top, main, told, { picker, again, bin: () => bin(again) });
    return () => { stopDropping(); leave(); };
  }
  const rows = told.reports.map((report) => row(report, again));
  const choice = (title, words, does, main) => make('div', { class: 'choice' }, button(title, does, { class: main && 'main' }), make('p', {}, words));
  main.replaceChildren(picker, make('div', { class: rows.length === 0 ? 'choices-three' : 'choices-three small' },
    choice('填写一份报告', '新建一份，边填边检查，旁边就是排好的版面。', () => newReport(told), true),
    choice('从去年的报告开始', '把去年的 Word、PDF、网页或 Excel 文件拖到这一页上，也可以点这里选。', () => picker.click()),
    choice('收集各单位的报告', '把名册（文件名里有“名册”的 Excel 或文本文件）和各单位的文件一起拖进来，也可以点这里选。', () => picker.click())),
  rows.length === 0 ? '' : make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': '报告列表' }, make('table', { class: 'list' },
    make('caption', {}, '这个文件夹里的报告'),
    make('thead', {}, make('tr', {}, ['单位', '年度', '状态', '检查结果', '操作'].map((head) => make('th', { scope: 'col' }, head)))),
    make('tbody', {}, rows))),
  make('p', { class: 'tools' }, button('回收站', () => bin(again))));
  return stopDropping;
}
