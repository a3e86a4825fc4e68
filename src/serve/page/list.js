// The list of reports, and the creation of new ones.

import { get, post } from './api.js';
import { announce, button, field, make, openDialog, showError, showMessage } from './dom.js';

const open = (file) => { location.hash = encodeURIComponent(file); };

/** Asks for the data of a new report and creates it. */
async function newReport(told) {
  const agency = make('input', { required: true, autocomplete: 'off' });
  const year = make('input', { required: true, inputmode: 'numeric', pattern: '[0-9]{4}', value: String(told.nextYear) });
  const from = make('select', {}, make('option', { value: '' }, '不用'),
    told.reports.filter((report) => report.year).map((report) => make('option', { value: report.file }, `${report.agency}${report.year}年`)));
  from.addEventListener('change', () => {
    const last = told.reports.find((report) => report.file === from.value);
    if (!last) return;
    agency.value = last.agency;
    year.value = String(last.year + 1);
  });
  const wanted = await openDialog('新建报告', (body) => body.append(
    field('从上年报告带入', from, '单位情况和上年结转的数字会带过来'),
    field('单位名称', agency, '全称，与印章一致'),
    field('报告年度', year, '四位数')), {
    confirm: '新建',
    done: () => ({ agency: agency.value.trim(), year: Number(year.value), ...(from.value ? { from: from.value } : {}) }),
  });
  if (wanted) await post('new', wanted).then(({ file }) => open(file), showError);
}

/** Imports a file and opens the new report. */
async function importFile(file) {
  try {
    const made = await post('import', file, { query: { name: file.name } });
    const words = [...(made.messages || [])];
    if ((made.unplaced || []).length > 0) {
      words.push(`有${made.unplaced.length}处没有认出放在哪里，请自己核对：`, make('ul', {}, made.unplaced.map((one) =>
        make('li', {}, [one.place, one.text].filter(Boolean).join('：')))));
    }
    if (words.length > 0) await showMessage(`已导入“${file.name}”`, ...words);
    open(made.file);
  } catch (error) {
    showError(error);
  }
}

/** Creates the row of a report. */
function row(report) {
  const name = report.agency || report.file;
  const trouble = [report.errors && `错误${report.errors}处`, report.warnings && `提醒${report.warnings}处`].filter(Boolean).join('，');
  const act = report.editable || report.state === 'published'
    ? make('a', { href: '#' + encodeURIComponent(report.file) }, report.editable ? '填报' : '查看')
    : report.state !== 'unreadable' && button('转为可填的文件', () => post('convert', { file: report.file }).then(({ file }) => open(file), showError));
  return make('tr', { class: report.state },
    make('th', { scope: 'row' }, name, make('small', {}, report.file)),
    make('td', {}, report.year ? String(report.year) : ''),
    make('td', {}, make('span', { class: 'state' }, report.state_name)),
    make('td', {}, trouble || report.message || (report.errors === 0 ? '没有' : '')),
    make('td', {}, act || ''));
}

/** Shows the list; returns the function to call when the view is left. */
export async function list(top, main) {
  const told = await get('reports');
  const years = told.reports.map((report) => report.year || 0);
  told.nextYear = Math.max(2019, ...years, new Date().getFullYear() - 1);
  document.title = '政府信息公开工作年度报告填报';
  top.append(make('h1', {}, '政府信息公开工作年度报告'));
  const picker = make('input', { type: 'file', accept: '.docx,.xlsx,.xls,.html,.htm,.pdf,.toml,.json,.yaml,.yml', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true',
    onchange: () => { if (picker.files[0]) importFile(picker.files[0]); picker.value = ''; } });
  const rows = told.reports.map(row);
  main.replaceChildren(
    make('p', { class: 'tools' },
      button('新建报告', () => newReport(told), { class: 'main' }),
      button('导入文件', () => picker.click()), picker),
    make('p', { class: 'drop' }, '别处写好的报告（Word、Excel、网页、本程序生成的 PDF），拖到这一页上也可以导入。文件都在“', make('code', {}, told.folder), '”，不会传到网上。'),
    rows.length === 0
      ? make('p', {}, '这个文件夹里还没有报告。请点“新建报告”。')
      : make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': '报告列表' }, make('table', { class: 'list' },
        make('caption', {}, '报告列表'),
        make('thead', {}, make('tr', {}, ['单位', '年度', '状态', '检查结果', '操作'].map((head) => make('th', { scope: 'col' }, head)))),
        make('tbody', {}, rows))));
  const over = (event) => { event.preventDefault(); document.body.classList.add('dropping'); };
  const out = () => document.body.classList.remove('dropping');
  const drop = (event) => {
    event.preventDefault();
    out();
    const file = event.dataTransfer && event.dataTransfer.files[0];
    if (file) { announce(`正在导入${file.name}`); importFile(file); }
  };
  const events = [['dragover', over], ['dragleave', out], ['drop', drop]];
  events.forEach(([name, does]) => addEventListener(name, does));
  return () => events.forEach(([name, does]) => removeEventListener(name, does));
}
