// Drafts for whoever must read an unfinished report, and the archive for those who sign it off.

import { address, post } from './api.js';
import { announce, button, make, showError, showMessage } from './dom.js';
import { showMenu } from './menu.js';

/** Returns the buttons 草稿 and 送审. */
export function draftMenu(editor) {
  const { report } = editor;
  const fetchDraft = async (kind, words) => {
    await report.saver.flush();
    if (!report.saver.isSaved()) return showMessage('没有做成', '还有改动没有保存。请先看页面上方的提示。');
    announce('正在生成');
    const made = await post('draft', { file: report.file, kind }, { patience: 300000 }).catch(showError);
    if (!made || !made.id) return undefined;
    download(address('output', { file: report.file, id: made.id }), made.name);
    announce(`${words}已下载`);
    return editor.notice(`${words}已经下载：${made.name}`);
  };
  const drafts = button('草稿', () => {
    const box = drafts.getBoundingClientRect();
    showMenu([box.left, box.bottom + 2], [['草稿 PDF（每页有“草稿”字样）', () => fetchDraft('pdf', '草稿 PDF ')], ['草稿 Word', () => fetchDraft('docx', '草稿 Word ')]], drafts);
  }, { 'aria-haspopup': 'menu' });
  const review = button('送审', () => {
    editor.findings.ask();
    return fetchDraft('review', '送审材料');
  }, { title: '草稿、发现的问题和审签单，打成一个压缩文件' });
  return [drafts, review];
}

/** Downloads an output. */
export function download(url, name) {
  const link = make('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
}
