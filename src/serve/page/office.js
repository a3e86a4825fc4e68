// The collecting office: all bodies with their state, and what is done with many reports at once.

import { get, post } from './api.js';
import { announce, ask, button, make, nameOf, openDialog, showError, showMessage, when } from './dom.js';
import { save } from './files.js';
import { newReport, remove, rename } from './list.js';
import { showMenu } from './menu.js';

/** States in the order of work, with a sign each. */
const STATES = [['missing', '未报', '–'], ['unfinished', '填写中', '◐'], ['errors', '有错误', '!'], ['warnings', '有提醒', '?'], ['passed', '已过', '✓'], ['published', '已公布', '●'], ['corrected', '已更正', '◉'], ['unlisted', '不在名册', '＋'], ['unreadable', '读不出', '×']];
/** Milliseconds between two questions about the progress of a build. */
const ASK = 400;

/** Shows the board; returns the function to call when the view is left. */
export async function office(top, main, told, tools) {
  const view = new Office(main, told, tools);
  await view.load();
  return () => { view.left = true; };
}

class Office {
  constructor(main, told, tools) {
    Object.assign(this, { main, told, ...tools });
    this.chosen = new Set();
    this.state = '';
    this.words = '';
  }

  async load() {
    this.board = await get('board', undefined, 120000);
    if (!this.left) this.draw();
  }

  draw() {
    const { board } = this;
    const find = make('input', { type: 'search', 'aria-label': '查找单位', placeholder: '查找单位', value: this.words, oninput: () => { this.words = find.value.trim(); this.rows(); } });
    const filter = make('select', { 'aria-label': '只看', onchange: () => { this.state = filter.value; this.rows(); } }, make('option', { value: '' }, '全部'),
      STATES.filter(([key]) => this.count(key) > 0).map(([key, name]) => make('option', { value: key, selected: key === this.state }, `${name} ${this.count(key)}`)));
    this.all = make('input', { type: 'checkbox', 'aria-label': '全选', onchange: () => {
      const files = this.visible().flatMap((one) => one.files);
      files.forEach((file) => (this.all.checked ? this.chosen.add(file) : this.chosen.delete(file)));
      this.rows();
    } });
    this.body = make('tbody', {});
    this.acts = make('p', { class: 'tools office-acts' });
    this.main.replaceChildren(this.picker,
      make('h2', { class: 'summary', tabindex: '-1' }, `${board.year ? `${board.year}年度：` : ''}${board.summary}`),
      board.roster_errors ? make('p', { class: 'error' }, `名册不能用：${board.roster_errors.join('；')}`) : '',
      make('ul', { class: 'counts' }, STATES.filter(([key]) => this.count(key) > 0).map(([key, name, sign]) => make('li', {}, button([make('span', { class: `sign ${key}`, 'aria-hidden': 'true' }, sign), ` ${name} ${this.count(key)}`], () => { this.state = this.state === key ? '' : key; this.draw(); }, { 'aria-pressed': String(this.state === key) })))),
      make('p', { class: 'tools' }, find, filter, button('下一份有问题的', () => this.next()),
        make('span', { class: 'sep', 'aria-hidden': 'true' }), button('收文件…', () => this.picker.click()), button('填写一份报告', () => newReport(this.told)), button('刷新', () => this.load().catch(showError)), button('回收站', () => this.bin())),
      make('table', { class: 'list office' },
        make('caption', { class: 'unseen' }, '各单位报送情况'),
        make('thead', {}, make('tr', {}, make('th', { scope: 'col' }, this.all), ['单位', '状态', '错误', '提醒', '与去年', '改动时间', '操作'].map((head) => make('th', { scope: 'col' }, head)))),
        this.body),
      this.acts);
    this.rows();
  }

  count(key) {
    return this.board.bodies.filter((one) => one.state === key).length;
  }

  visible() {
    return this.board.bodies.filter((one) => (!this.state || one.state === this.state) && (!this.words || one.name.includes(this.words))).sort((a, b) => a.order - b.order);
  }

  rows() {
    const visible = this.visible();
    this.body.replaceChildren(...visible.map((one) => this.row(one)));
    if (visible.length === 0) this.body.append(make('tr', {}, make('td', { colspan: '8' }, '没有这样的单位')));
    const known = this.board.bodies.flatMap((one) => one.files);
    [...this.chosen].filter((file) => !known.includes(file)).forEach((file) => this.chosen.delete(file));
    const some = this.chosen.size > 0;
    this.acts.replaceChildren(
      make('span', {}, some ? `选中${this.chosen.size}份：` : '全部：'),
      button('退回意见（Word）', () => this.opinions()),
      button(some ? '生成' : '全部生成', () => this.build()),
      make('span', { class: 'sep', 'aria-hidden': 'true' }),
      button('汇总…', () => this.rollUp()), button('网站…', () => this.site()),
      button('报送情况表（Excel）', () => save('status-file', '报送情况表.xlsx').catch(showError)));
  }

  row(one) {
    const [, name, sign] = STATES.find(([key]) => key === one.state) || ['', one.state_name, ''];
    const file = one.files[0];
    const details = [...one.about, ...one.copied];
    const box = file && make('input', { type: 'checkbox', 'aria-label': `选中${one.name}`, checked: this.chosen.has(file), onchange: (event) => {
      one.files.forEach((each) => (event.target.checked ? this.chosen.add(each) : this.chosen.delete(each)));
      this.rows();
      this.body.querySelector(`[data-file="${CSS.escape(file)}"] input`).focus();
    } });
    const more = button('更多', () => {
      const at = more.getBoundingClientRect();
      showMenu([at.left, at.bottom], [
        ['复制退回意见', () => this.copy(one)],
        ['从这份开始填下一年', () => newReport(this.told, file)],
        ['改名', () => rename({ file }, this.again)],
        ...one.files.map((each) => [one.files.length > 1 ? `删除“${nameOf(each)}”` : '删除', () => remove({ file: each }, this.again)]),
      ], more);
    }, { 'aria-haspopup': 'menu', 'aria-label': `${one.name}：更多` });
    return make('tr', { class: one.state, 'data-file': file },
      make('td', {}, box || ''),
      make('th', { scope: 'row' }, one.name, details.length > 0 && make('details', {}, make('summary', {}, one.copied.length > 0 ? '雷同？' : '有说明'), make('ul', {}, details.map((words) => make('li', {}, words)))), one.state === 'missing' && one.contact && make('small', {}, `联系：${one.contact}`)),
      make('td', {}, make('span', { class: 'state' }, make('span', { class: `sign ${one.state}`, 'aria-hidden': 'true' }, sign), ` ${name}`), one.published && make('small', {}, one.published)),
      make('td', {}, file ? String(one.errors) : ''), make('td', {}, file ? String(one.warnings) : ''),
      make('td', {}, one.last_year.join(' ') || (file ? '–' : '')), make('td', {}, one.at ? when(one.at) : ''),
      make('td', { class: 'acts' }, file && (one.files.length > 1
        ? one.files.map((each) => make('a', { href: '#' + encodeURIComponent(each) }, nameOf(each)))
        : one.editable
        ? make('a', { href: '#' + encodeURIComponent(file) }, one.published ? '查看' : '填报')
        : one.state !== 'unreadable' && button('转为可填', () => post('convert', { file }).then((made) => { location.hash = encodeURIComponent(made.file); }, showError))), file && more));
  }

  /** Opens the next report with errors, after the one that was opened last. */
  next() {
    const bad = this.visible().filter((one) => ['errors', 'unfinished', 'unreadable', 'unlisted', 'warnings'].includes(one.state) && one.files.length > 0);
    if (bad.length === 0) return announce('没有有问题的');
    const last = sessionStorage.getItem('gongbao.next');
    const at = bad.findIndex((one) => one.files[0] === last);
    const [file] = bad[(at + 1) % bad.length].files;
    sessionStorage.setItem('gongbao.next', file);
    location.hash = encodeURIComponent(file);
    return undefined;
  }

  files() {
    const all = this.board.bodies.filter((one) => one.errors > 0 || one.warnings > 0).flatMap((one) => one.files);
    return this.chosen.size > 0 ? [...this.chosen] : all;
  }

  opinions() {
    const files = this.files();
    if (files.length === 0) return showMessage('退回意见', '没有需要退回的报告。');
    return save('opinion-file', files.length === 1 ? `退回意见-${files[0].replace(/\.[^.]*$/, '')}.docx` : '退回意见.docx', { files }).catch(showError);
  }

  async copy(one) {
    const words = await post('opinion', { files: one.files }).catch(showError);
    if (typeof words !== 'string') return;
    const area = make('textarea', { rows: '14', readonly: true, 'aria-label': '退回意见' });
    area.value = words;
    await openDialog(`退回意见：${one.name}`, (body) => {
      body.append(area);
      requestAnimationFrame(() => area.select());
    }, { confirm: '复制', wide: true, done: () => { navigator.clipboard.writeText(words).then(() => announce('已复制'), () => { area.select(); document.execCommand('copy'); }); return true; } });
  }

  /** Builds reports, shows the progress, can be stopped. */
  async build() {
    let told = await post('build-all', { files: [...this.chosen] }).catch(showError);
    if (!told || !('running' in told)) return;
    const bar = make('progress', { 'aria-label': '进度' });
    const line = make('p', { role: 'status' });
    const list = make('ul', { class: 'taken' });
    const stop = button('停下', () => post('build-all/stop', {}).then(() => { stop.disabled = true; line.textContent += '，正在停下'; }, showError));
    const show = () => {
      bar.max = Math.max(1, told.total);
      bar.value = told.done;
      line.textContent = told.running ? `${told.done} / ${told.total}` : told.error || `${told.stopped ? '已停下：' : ''}${['built', 'unchanged', 'refused', 'failed'].map((state) => [told.results.filter((one) => one.state === state), state]).filter(([some]) => some.length > 0).map(([some]) => `${some[0].state_name}${some.length}份`).join('，')}`;
      list.replaceChildren(...told.results.filter((one) => one.why).map((one) => make('li', { class: one.state }, make('strong', {}, one.agency || nameOf(one.file)), `　${one.state_name}　${one.why}`)));
    };
    let open = true;
    const closed = openDialog('生成', (body) => body.append(bar, line, stop, list), { confirm: null, cancel: '关闭', wide: true }).then(() => { open = false; });
    show();
    while (told.running && open && !this.left) {
      await new Promise((resolve) => setTimeout(resolve, ASK));
      told = await get('build-all').catch(() => told);
      show();
    }
    stop.hidden = true;
    announce(line.textContent);
    await closed;
    this.load().catch(showError);
  }

  async rollUp() {
    const agency = await ask('汇总', '汇总报告的单位名称', '', { hint: '例如“云岭县人民政府”。各表逐格相加，文字是草稿；有错误的报告不汇总', confirm: '汇总' });
    if (!agency) return;
    const made = await post('rollup', { agency }, { patience: 120000 }).catch(showError);
    if (!made || !('members' in made)) return;
    if (!made.file) {
      showMessage('没有汇总', make('ul', {}, made.findings.map((words) => make('li', {}, words))));
      return;
    }
    const go = await openDialog('已汇总', (body) => body.append(make('p', {}, `${made.members.length}份报告相加，存为“${nameOf(made.file)}”。`),
      make('details', {}, make('summary', {}, '由哪些单位相加'), make('ul', {}, made.members.map((name) => make('li', {}, name)))),
      made.findings.length > 0 ? make('ul', {}, made.findings.map((words) => make('li', {}, words))) : ''), { confirm: '打开', cancel: '关闭', wide: true });
    if (go) location.hash = encodeURIComponent(made.file);
    else this.load().catch(showError);
  }

  async site() {
    const made = await post('site', {}, { patience: 120000 }).catch(showError);
    if (!made || !('folder' in made)) return;
    openDialog('网站', (body) => body.append(make('p', {}, `${made.reports}份报告放在“${made.folder}”，带索引页，可以直接放上网站。`),
      made.left_out.length > 0 ? make('details', { open: true }, make('summary', {}, `有${made.left_out.length}个没有放`), make('ul', {}, made.left_out.map((words) => make('li', {}, words)))) : '',
      make('p', { class: 'tools' }, button('下载压缩文件', () => save('site-file', '网站.zip').catch(showError)), button('在文件夹里显示', () => post('site/reveal', {}).catch(showError)))), { confirm: null });
  }
}
