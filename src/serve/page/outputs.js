// What is made of a report: outputs with their state, opened, printed, downloaded.

import { address, get, post } from './api.js';
import { announce, button, make, showError, showMessage, size } from './dom.js';

/** The section with the outputs of a report. */
export class Outputs {
  constructor(report, findings) {
    this.report = report;
    this.findings = findings;
    this.element = make('section', { class: 'outputs', hidden: true, 'aria-labelledby': 'h-outputs' });
    this.list = [];
    report.addEventListener('version', () => this.look());
    this.look();
  }

  /** Asks which outputs there are, and which of them are older than the data. */
  async look() {
    clearTimeout(this.timer);
    const version = this.report.told.version;
    this.timer = setTimeout(async () => {
      const list = await get('outputs', { file: this.report.file }).catch(() => null);
      if (list && version === this.report.told.version) {
        this.list = ordered(list);
        this.draw();
      }
    }, 300);
  }

  draw(focus) {
    this.element.hidden = this.list.length === 0;
    const old = this.list.filter((one) => !one.current).length;
    const editable = this.report.data.editable || this.report.data.published;
    this.element.replaceChildren(
      make('h2', { id: 'h-outputs', tabindex: '-1' }, old > 0 ? '成品（已过时）' : '成品'),
      old > 0 && make('p', { class: 'outdated' }, '报告在生成以后改过，下面标“已过时”的和现在的报告不一样。', editable && button('重新生成', () => this.build())),
      make('ul', { class: 'files' }, this.list.map((one) => this.entry(one))));
    if (focus) this.element.querySelector('h2').focus();
  }

  entry(one) {
    const about = [one.pages && `${one.pages}页`, size(one.bytes)].filter(Boolean).join('，');
    if (!one.current) return make('li', { class: 'old' }, make('span', { class: 'kind' }, one.kind), one.name, make('span', { class: 'tag' }, '已过时'));
    const query = { file: this.report.file, id: one.id };
    const url = address('output', query);
    const seen = address('output', { ...query, show: '1' });
    const shows = /\.(pdf|html)$/.test(one.name);
    return make('li', {}, make('span', { class: 'kind' }, one.kind), make('span', { class: 'name' }, one.name), make('small', {}, about),
      make('span', { class: 'acts' },
        shows && make('a', { href: seen, target: '_blank', rel: 'noopener' }, '打开'),
        one.name.endsWith('.pdf') && button('打印', () => print(seen)),
        make('a', { href: url, download: one.name }, '下载'),
        button('在文件夹里显示', () => post('reveal', query).catch(showError))));
  }

  /** Makes the outputs. */
  async build() {
    await this.report.saver.flush();
    if (!this.report.saver.isSaved()) return showMessage('没有生成', '还有改动没有保存。请先看页面上方的提示。');
    this.findings.ask();
    announce('正在生成');
    const made = await post('build', { file: this.report.file }, { patience: 300000 }).catch(showError);
    if (!made || !('state' in made)) return undefined;
    if (made.state === 'refused') {
      announce('有错误，没有生成');
      return showMessage('没有生成', '报告还有没填的或者不对的地方，左边标出了在哪里。改好以后再生成；还没填完要给人看的，可以出草稿。');
    }
    this.list = ordered(await get('outputs', { file: this.report.file }));
    this.draw(true);
    announce(made.state === 'unchanged' ? '成品没有变化' : '成品已生成');
    this.element.scrollIntoView({ block: 'nearest' });
    return undefined;
  }
}

/** Returns outputs in the order in which people look for them. */
function ordered(list) {
  const kinds = ['网站用PDF', '网页', '网页片段（粘贴用）', 'Word文件', '纸质件PDF', '更正说明', '更正说明（纸质件）', '花脸稿', '送审材料', '草稿PDF', '草稿Word'];
  return [...list].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** Opens a PDF and prints it. */
function print(url) {
  const view = open(url, '_blank');
  if (view) view.addEventListener('load', () => setTimeout(() => view.print(), 300));
}
