// Files that are dropped or chosen: rosters, reports of others, published PDFs, many at once.

import { post } from './api.js';
import { announce, button, make, nameOf, openDialog, showMessage } from './dom.js';
import { differences } from './saves.js';

const ROSTER = /名册|名单|roster/i;

/** Takes files one after another; shows what became of each. */
export async function takeFiles(files, { board }) {
  const done = [];
  if (files.length === 1) {
    const one = await take(files[0], done);
    if (one.open) location.hash = encodeURIComponent(one.open);
    else if (one.state !== 'seen') await report(done);
    if (one.file && !one.open) location.hash = encodeURIComponent(one.file);
    return done;
  }
  const bar = make('progress', { max: String(files.length), value: '0', 'aria-label': '进度' });
  const line = make('p', {}, '');
  let stopped = false;
  let leave = () => {};
  openDialog(`正在收${files.length}个文件`, (body, close) => {
    leave = close;
    body.append(bar, line, button('停下', () => { stopped = true; }));
  }, { confirm: null, cancel: '在后台继续' }).then(() => { leave = () => {}; });
  for (const file of files) {
    if (stopped) break;
    line.textContent = `${done.length + 1} / ${files.length}：${file.name}`;
    await take(file, done, true);
    bar.value = done.length;
  }
  leave(true);
  await report(done, stopped ? files.length - done.length : 0);
  if (board) board();
  return done;
}

/** Takes one file. */
async function take(file, done, many = false) {
  const entry = { name: file.name, state: 'done', words: '' };
  done.push(entry);
  try {
    if (ROSTER.test(file.name)) {
      await post('roster', file, { query: { name: file.name } });
      entry.words = '作为名册';
      return entry;
    }
    if (/\.pdf$/i.test(file.name)) {
      const told = await post('inspect', file, { query: { name: file.name }, patience: 120000 }).catch(() => null);
      if (told && !many) {
        entry.words = told.title;
        entry.state = 'seen';
        if (await shown(file, told)) {
          entry.state = 'done';
          await bring(file, entry);
        }
        return entry;
      }
    }
    await bring(file, entry, many);
  } catch (error) {
    entry.state = 'failed';
    entry.words = error.message;
  }
  return entry;
}

async function bring(file, entry, many) {
  const made = await post('import', file, { query: { name: file.name }, patience: 120000 });
  entry.file = made.file;
  entry.unplaced = made.unplaced || [];
  entry.messages = made.messages || [];
  entry.words = made.agency ? `${made.agency}${made.year}年` : made.file;
  if (made.double) {
    entry.state = 'double';
    entry.words += `：这个单位这一年的报告已经有了（${nameOf(made.double)}），新的另存为“${nameOf(made.file)}”，请留一份`;
  } else if (made.unlisted) {
    entry.state = 'unlisted';
    entry.words += '：名册上没有这个单位';
  }
  if (!many && entry.unplaced.length === 0 && entry.state === 'done') entry.open = made.file;
}

/** Says whose a PDF is, whether it is unaltered, and how it differs from the report here. */
function shown(file, told) {
  return openDialog(`“${file.name}”`, (body) => body.append(
    make('p', {}, make('strong', {}, told.title)),
    make('p', { class: told.verdict === 'altered' ? 'error' : '' }, told.words),
    told.file ? make('p', {}, `这里有同一份报告：${nameOf(told.file)}。和它相比：`) : make('p', {}, '这个文件夹里没有这个单位这一年的报告。'),
    ...(told.differences ? differences(told.differences.changes) : [])), { confirm: told.file ? '再导入一份' : '导入', cancel: '关闭', wide: true });
}

/** Lists what became of files. */
function report(done, left = 0) {
  const names = { done: '已收', double: '重复', unlisted: '不在名册', failed: '没有收' };
  const count = (state) => done.filter((one) => one.state === state).length;
  const words = Object.keys(names).filter((state) => count(state) > 0).map((state) => `${names[state]}${count(state)}个`).join('，');
  announce(words);
  const order = ['failed', 'double', 'unlisted', 'done'];
  const sorted = [...done].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return showMessage(`收文件：${words}${left > 0 ? `，停下时还有${left}个没有收` : ''}`, make('ul', { class: 'taken' }, sorted.map((one) => make('li', { class: one.state },
    make('strong', {}, one.name), `　${names[one.state]}　${one.words}`,
    one.unplaced && one.unplaced.length > 0 && make('details', {}, make('summary', {}, `有${one.unplaced.length}处没有认出放在哪里，请自己核对`), make('ul', {}, one.unplaced.map((part) => make('li', {}, [part.place, part.text].filter(Boolean).join('：'))))),
    one.messages && one.messages.length > 0 && make('small', {}, one.messages.join('；'))))));
}

/** Lets files be dropped anywhere; returns the function that ends that. */
export function dropping(options) {
  const over = (event) => {
    if (!event.dataTransfer || ![...event.dataTransfer.types].includes('Files')) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  };
  const out = () => document.body.classList.remove('dropping');
  const drop = (event) => {
    event.preventDefault();
    out();
    const files = [...(event.dataTransfer ? event.dataTransfer.files : [])];
    if (files.length > 0) takeFiles(files, options);
  };
  const events = [['dragover', over], ['dragleave', out], ['drop', drop]];
  events.forEach(([name, does]) => addEventListener(name, does));
  return () => events.forEach(([name, does]) => removeEventListener(name, does));
}

/** Downloads the answer of a request. */
export async function save(path, name, body) {
  const response = await fetch(`/api/${path}`, body
    ? { method: 'POST', headers: { 'X-Gongbao': '1', 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
    : { cache: 'no-store' });
  if (!response.ok) throw new Error((await response.json()).error);
  const url = URL.createObjectURL(await response.blob());
  const link = make('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

