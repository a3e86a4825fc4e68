// Findings at the thing that they are about, with the remedies that apply.

import { get, post } from './api.js';
import { announce, ask, button, make, showError } from './dom.js';

const SEVERITIES = { error: '错误', warning: '提醒', unsure: '待确认' };
/** Maximum length of a message that is shown at once. */
const LONG = 160;

/** Whether a finding only says that something is not filled in yet. */
export const isMissing = (finding) => finding.rule === 'missing';

/** Returns the section that a finding belongs to: the key of a chapter, `filing` or `head`. */
export function sectionOf(finding, data) {
  const key = (finding.path || '').split(/[.[]/)[0];
  if (data.chapters.some((chapter) => chapter.key === key)) return key;
  return key === 'filing' ? 'filing' : 'head';
}

/** Returns findings in the order of their severity. */
export function ranked(findings) {
  const rank = ['error', 'warning', 'unsure'];
  return [...findings].sort((a, b) => Boolean(a.accepted) - Boolean(b.accepted) || rank.indexOf(a.severity) - rank.indexOf(b.severity));
}

/** Returns the sentence of a long message, and the rest. */
function message(words) {
  if (words.length <= LONG) return make('span', { class: 'message' }, words);
  return make('details', { class: 'message' }, make('summary', {}, `${words.slice(0, LONG)}……`), `……${words.slice(LONG)}`);
}

/** The findings of one report. `show(path, at)` leads to a field. */
export class Findings {
  constructor(report, show, texts) {
    Object.assign(this, { report, show, texts });
  }

  /** Returns the element of a finding. */
  element(one) {
    const remedies = this.remedies(one);
    return make('li', { class: one.accepted ? 'accepted' : isMissing(one) && !this.asked ? 'todo' : one.severity },
      make('span', { class: 'severity' }, one.accepted ? '已认可' : isMissing(one) && !this.asked ? '待填' : SEVERITIES[one.severity] || ''),
      button(one.place || '全文', () => this.show(one.path, one.text_at), { 'data-finding': `${one.rule} ${one.path}`, class: 'link place' }),
      message(one.message),
      one.accepted ? make('small', {}, `理由：${one.accepted}`) : one.hint && make('small', {}, one.hint),
      remedies.length > 0 && make('span', { class: 'remedies' }, remedies));
  }

  remedies(one) {
    const { report } = this;
    const list = [];
    if (one.figure && one.figure !== one.path) {
      const table = report.data.tables[one.figure.split('.')[0]];
      const name = table ? table.name : '表';
      const number = this.numberInText(one);
      if (number && report.data.editable) list.push(button(`改成表里的数（${number.right}）`, () => number.replace()));
      list.push(button(`去看${name}`, () => this.show(one.figure)));
    }
    if (!report.data.editable) return list;
    if (one.accepted) list.push(button('撤回认可', () => this.accept(one, null)));
    else if (one.acceptable) {
      list.push(button('这样写是对的…', async () => {
        const reason = await ask('这样写是对的', '理由', '', { hint: '写给审核的人看，例如“当年清理，自然失效3件”；报告里不印', confirm: '不再提醒' });
        if (reason) this.accept(one, reason);
      }));
    }
    return list;
  }

  /** Returns the number in the text that the table contradicts, if the finding names exactly one. */
  numberInText(one) {
    const [, key, number] = /^([a-z_]+)\[(\d+)\]$/.exec(one.path || '') || [];
    if (!key || !one.text_at || one.left === undefined || one.right === undefined) return null;
    const line = (this.report.data.texts[key] || [])[number - 1] || '';
    const part = line.slice(one.text_at.start, one.text_at.end);
    const [written, right] = [String(one.left), String(one.right)];
    const at = part.indexOf(written);
    const alone = new RegExp(`(?<![\\d.])${written.replace('.', '\\.')}(?![\\d.]|\\d)`, 'g');
    if (at < 0 || [...part.matchAll(alone)].length !== 1) return null;
    const start = one.text_at.start + part.search(alone);
    return { right, replace: () => this.texts.get(key).replace(Number(number), { start, end: start + written.length }, right) };
  }

  /** Accepts a finding with a reason, or takes that back. */
  async accept(one, reason) {
    const { report } = this;
    await report.saver.flush();
    try {
      const reply = await post('accept', { file: report.file, base: report.told.version, rule: one.rule, path: one.path, reason });
      report.take(reply, report.saver.pending());
      announce(reason ? '已记下，不再提醒' : '已撤回');
    } catch (error) {
      if (error.status === 409) report.adopt(await get('report', { file: report.file }), report.saver.pending());
      showError(error);
    }
  }
}
