// The view of one report: head, chapters in the order of the form, findings, typeset pages.

import { get, post } from './api.js';
import { announce, button, make, openDialog, showError, showMessage } from './dom.js';
import { Grid } from './grid.js';
import { Pages } from './pages.js';
import { Report } from './report.js';
import { Text } from './texts.js';

const STATES = { saved: '已保存', saving: '正在保存', failed: '程序没有应答，改动留在这一页，正在重试', conflict: '别处改过，等待选择' };
const SEVERITIES = { error: '错误', warning: '提醒', unsure: '待确认' };

/** Creates the form for the fields of the head. */
function head(report, onfocus) {
  const inputs = new Map();
  const draw = (field) => {
    const change = () => report.change([{ path: field.path, value: inputs.get(field.path).value.trim() === '' ? null : inputs.get(field.path).value }]);
    const common = { id: `head-${field.path}`, onchange: change, onfocus: () => onfocus(field.path), disabled: !report.data.editable, autocomplete: 'off', required: field.required };
    let input;
    if (field.kind === 'choice') input = make('select', common, make('option', { value: '' }, '未选'), (field.options || []).map((one) => make('option', { value: one.value }, one.label)));
    else if (field.kind === 'lines') input = make('textarea', { ...common, rows: '2' });
    else input = make('input', { ...common, inputmode: field.kind === 'number' && 'numeric' });
    input.value = field.value === null ? '' : field.value;
    inputs.set(field.path, input);
    return make('label', { class: 'field' }, make('span', {}, field.label + (field.required ? '（必填）' : '')), input, field.hint && make('small', {}, field.hint));
  };
  const element = make('section', { class: 'chapter head', 'aria-labelledby': 'h-head' }, make('h2', { id: 'h-head', tabindex: '-1' }, '基本情况'),
    make('div', { class: 'fields' }, report.data.head.map(draw)));
  const refresh = () => report.data.head.forEach((field) => {
    const input = inputs.get(field.path);
    if (input && document.activeElement !== input) input.value = field.value === null ? '' : field.value;
  });
  return { element, inputs, refresh };
}

/** Creates the input for the note under a table. */
function note(report, table) {
  const area = make('textarea', { rows: '1', disabled: !report.data.editable, 'aria-label': `${table.name}下面的注`, onchange: () => report.change([{ path: `${table.key}.note`, value: area.value.trim() || null }]) });
  area.value = report.data.notes[table.key] || '';
  return { area, element: make('label', { class: 'field' }, make('span', {}, `${table.name}下面的注`), area) };
}

/** Creates the inputs for the texts before, between and after a table, folded unless the report has any. */
function beside(report, chapter, texts, lead) {
  const passages = (chapter.passages || []).map((passage) => {
    const text = new Text(report, passage, lead);
    texts.set(passage.key, text);
    return make('div', { class: 'passage' }, make('h3', {}, passage.label), text.element);
  });
  if (passages.length === 0) return '';
  const open = chapter.passages.some((passage) => (report.data.texts[passage.key] || []).length > 0);
  return make('details', { class: 'help', open }, make('summary', {}, '表格前后的文字（没有的不填）'), passages);
}

/** Shows both versions of each field that was changed twice; resolves with the edits that the user keeps. */
async function choose(report, body) {
  const shown = (value) => (value === null ? '（未填）' : Array.isArray(value) ? value.join('\n') : value === '' ? '（空白）' : String(value));
  const rows = (body.differences || []).map((one, i) => {
    const side = (value, words, key) => make('label', {}, make('input', { type: 'radio', name: `side-${i}`, value: key, checked: key === 'yours' }), `${words}：`, make('span', { class: 'side' }, shown(value)));
    return { one, element: make('fieldset', {}, make('legend', {}, one.place || one.path), side(one.theirs, '文件里现在的', 'theirs'), side(one.yours, '这一页上的', 'yours')) };
  });
  if (rows.length === 0) return [];
  return openDialog('这份报告在别处也改过', (dialog) => dialog.append(make('p', {}, body.error), ...rows.map((row) => row.element)), {
    confirm: '按所选保存',
    done: () => rows.filter((row) => row.element.querySelector('input:checked').value === 'yours').map(({ one }) => {
      if (Array.isArray(one.yours)) return { chapter: one.path, paragraphs: one.yours };
      return { path: one.path, value: one.yours };
    }),
  });
}

/** Formats a time, in seconds since 1970, in local time. */
const when = (seconds) => new Date(seconds * 1000).toLocaleString('zh-CN', { dateStyle: 'long', timeStyle: 'short' });

/** Shows the saved versions and restores the chosen one. */
async function saves(report) {
  const told = await get('saves', { file: report.file }).catch(showError);
  const list = Array.isArray(told) ? told : told && told.saves;
  if (!list) return;
  if (list.length === 0) return showMessage('以前的保存', '还没有。每次保存之前的样子会留在这里。');
  const version = await openDialog('以前的保存', (body) => body.append(make('p', {}, '选一个，报告就回到那时的样子；现在的样子也会留下，可以再回来。'),
    ...list.map((one, i) => make('label', {}, make('input', { type: 'radio', name: 'save', value: one.version, checked: i === 0 }), when(one.at)))), {
    confirm: '恢复',
    done: () => document.querySelector('input[name=save]:checked').value,
  });
  if (!version) return;
  await post('restore', { file: report.file, base: report.data.version, version }).then(async () => {
    report.replace(await get('report', { file: report.file }));
    announce('已恢复');
  }, showError);
}

/** Builds the outputs and lists them in `place`. */
async function build(report, place) {
  await report.send();
  const made = await post('build', { file: report.file }).catch(showError);
  if (!made || !('state' in made)) return;
  if (made.state === 'refused') {
    announce('有错误，没有生成');
    return showMessage('没有生成', '报告还有错误。请按“检查结果”里的提示改正后再生成。');
  }
  place.replaceChildren(make('h2', { tabindex: '-1' }, made.state === 'unchanged' ? '成品（没有变化）' : '成品已生成'),
    make('ul', {}, made.outputs.map((one) => make('li', {}, make('a', { href: one.url, download: one.name }, `${one.kind} ${one.name}`), `（${Math.ceil(one.bytes / 1024)} KB${one.pages ? `，${one.pages}页` : ''}）`))));
  place.hidden = false;
  place.querySelector('h2').focus();
  announce('成品已生成');
}

/** Shows a report; returns the function to call when the view is left. */
export async function edit(file, top, main) {
  const report = await Report.open(file);
  const { data } = report;
  const grids = new Map();
  const texts = new Map();
  const notes = [];
  const lead = (path) => pages.scroll(path);
  const heads = head(report, lead);

  const show = (path, at) => {
    for (const grid of grids.values()) if (grid.show(path)) return;
    const [, key, number] = /^([a-z_.]+)(?:\[(\d+)\])?/.exec(path) || [];
    if (texts.has(key)) {
      const folded = texts.get(key).element.closest('details');
      if (folded) folded.open = true;
      return texts.get(key).show(Number(number || 1), at);
    }
    const input = heads.inputs.get(path) || heads.inputs.get(path.split('[')[0]);
    if (input) return input.focus();
    const heading = document.getElementById(`h-${(key || '').split('.')[0]}`);
    if (heading) heading.focus();
  };
  const pages = new Pages(report, show);

  const chapters = data.chapters.map((chapter) => {
    const heading = make('h2', { id: `h-${chapter.key}`, tabindex: '-1' }, chapter.heading);
    const parts = [];
    if (chapter.kind === 'text') {
      const text = new Text(report, chapter, lead);
      texts.set(chapter.key, text);
      parts.push(text.element);
    }
    for (const key of chapter.tables || []) {
      const grid = new Grid(report, key, lead);
      grids.set(key, grid);
      const under = note(report, data.tables[key]);
      notes.push([key, under.area]);
      parts.push(grid.element, under.element, beside(report, chapter, texts, lead));
      grid.element.addEventListener('leave', () => heading.focus());
    }
    return make('section', { class: 'chapter', 'aria-labelledby': `h-${chapter.key}` }, heading, parts);
  });

  const state = make('span', { class: 'saved', role: 'status' }, STATES.saved);
  const counts = make('a', { href: '#found', class: 'counts', onclick: (event) => { event.preventDefault(); found.querySelector('h2').focus(); found.scrollIntoView(); } });
  const found = make('section', { id: 'found', class: 'found', 'aria-labelledby': 'h-found' });
  const outputs = make('section', { class: 'outputs', hidden: true, 'aria-label': '成品' });
  const last = data.last_year && button(`上年数（${data.last_year.year}年）`, () => {
    const on = document.body.classList.toggle('with-last');
    last.setAttribute('aria-pressed', String(on));
    grids.forEach((grid) => grid.findings());
  }, { 'aria-pressed': 'false' });
  const sight = button('看版面', () => {
    const on = document.body.classList.toggle('with-pages');
    sight.setAttribute('aria-pressed', String(on));
    sight.textContent = on ? '收起版面' : '看版面';
    if (on) pages.element.focus();
  }, { class: 'sight', 'aria-pressed': 'false' });

  const name = (data.head.find((field) => field.path === 'agency.name') || {}).value || file;
  document.title = `${name} — 填报`;
  top.append(
    make('h1', {}, make('a', { href: '#' }, '报告列表'), ` › ${name}${data.form.year}年报告`),
    make('p', { class: 'tools' },
      data.editable && button('撤销', () => report.undo(), { title: 'Ctrl+Z' }), data.editable && button('重做', () => report.redo(), { title: 'Ctrl+Y' }),
      last, button('以前的保存', () => saves(report)), button('生成成品', () => build(report, outputs), { class: 'main' }), sight, counts, state));
  const help = make('details', { class: 'help' }, make('summary', {}, '怎样填表'),
    make('ul', {}, ['方向键、Tab、回车在格子间移动，Home、End 到一行的头尾，Esc 离开表格。', '直接打字就填，F2 改原来的数，Delete 清除。', '没有发生填 0；不适用填 /；确实要留空的按空格，格子里显示“空白”。没有填的显示“未填”。',
      '灰色的数是自动合计的，直接填写可以改。', '按住 Shift 选一块，Ctrl+C 复制；从 Excel、WPS 复制的一块，Ctrl+V 粘贴。', '按 N 给数字加注。'].map((line) => make('li', {}, line))));
  main.replaceChildren(
    make('div', { class: 'form' },
      data.editable ? help : make('p', { class: 'locked' }, data.why_not || '这份文件在这里只能看。'),
      outputs, found, heads.element, chapters),
    pages.element);

  const findings = () => {
    const { findings, counts: number } = report.data;
    // Errors first.
    const rank = ['error', 'warning', 'unsure'];
    const all = [...findings].sort((a, b) => rank.indexOf(a.severity) - rank.indexOf(b.severity));
    const words = number.errors + number.warnings + number.unsure === 0 ? '没有发现问题' : `错误${number.errors}处，提醒${number.warnings}处` + (number.unsure ? `，待确认${number.unsure}处` : '');
    counts.textContent = words;
    counts.classList.toggle('error', number.errors > 0);
    const focused = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.finding;
    found.replaceChildren(make('h2', { id: 'h-found', tabindex: '-1' }, `检查结果：${words}`),
      make('ol', {}, all.map((one, i) => make('li', { class: one.severity },
        make('span', { class: 'severity' }, SEVERITIES[one.severity] || ''),
        button(one.place || '全文', () => show(one.figure || one.path, one.text_at), { 'data-finding': `${one.rule} ${one.path}`, class: 'link' }),
        make('span', { class: 'message' }, `${one.message.length > 200 ? one.message.slice(0, 200) + '……' : one.message}`),
        one.hint && make('small', {}, one.hint)))));
    if (focused) { const again = [...found.querySelectorAll('[data-finding]')].find((one) => one.dataset.finding === focused); if (again) again.focus(); }
    grids.forEach((grid) => grid.findings());
    texts.forEach((text) => text.findings());
  };
  let spoken = null;
  report.addEventListener('values', ({ detail }) => grids.forEach((grid) => grid.refresh(detail)));
  report.addEventListener('findings', () => {
    findings();
    if (spoken !== counts.textContent) announce(counts.textContent);
    spoken = counts.textContent;
    heads.refresh();
  });
  const all = () => {
    grids.forEach((grid) => grid.refresh(grid.figures.map((cell) => cell.path)));
    texts.forEach((text) => text.refresh());
    notes.forEach(([key, area]) => { if (document.activeElement !== area) area.value = report.data.notes[key] || ''; });
    heads.refresh();
  };
  report.addEventListener('replaced', all);
  report.addEventListener('moved', ({ detail }) => {
    all();
    if (detail[0]) show(detail[0].chapter || detail[0].path);
  });
  report.addEventListener('reform', () => report.send().then(() => dispatchEvent(new Event('hashchange'))));
  report.addEventListener('elsewhere', () => announce('这份报告在别处改过，这里已经换成新的'));
  report.addEventListener('state', ({ detail }) => { state.textContent = STATES[detail]; state.className = `saved ${detail}`; });
  report.addEventListener('refused', ({ detail }) => { showMessage('没有保存', detail.error.message).then(() => detail.edit && show(detail.edit.chapter || detail.edit.path)); });
  report.addEventListener('conflict', async ({ detail }) => {
    const chosen = await choose(report, detail);
    report.resolve(detail.theirs || (await get('report', { file })), chosen || []);
  });
  const keys = (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    // An open input has its own undo.
    if (event.target.tagName === 'INPUT') return;
    if (key === 'z' && !event.shiftKey) { event.preventDefault(); report.undo(); }
    if (key === 'y' || (key === 'z' && event.shiftKey)) { event.preventDefault(); report.redo(); }
    if (key === 's') { event.preventDefault(); report.send(); announce(STATES[report.state]); }
  };
  addEventListener('keydown', keys);
  findings();
  spoken = counts.textContent;
  return async () => {
    if (document.activeElement) document.activeElement.blur();
    await report.send();
    removeEventListener('keydown', keys);
    document.body.classList.remove('with-last', 'with-pages');
    pages.close();
    report.close();
  };
}
