// The layer behind the input of a text: levels in the margin, labels as chips, marks of findings and of punctuation.

import { make } from './dom.js';
import { halfWidth } from './punctuation.js';

/** Opening ordinals of paragraphs (GB/T 9704-2012, 7.3.3), as the program reads them. */
const LEVELS = [[/^\s*（[一二三四五六七八九十]{1,3}）/, 2], [/^\s*\d{1,2}[.．](?!\d)/, 3], [/^\s*（\d{1,2}）/, 4]];
const NAMES = { 2: '二级', 3: '三级', 4: '四级' };

const levelOf = (line) => (LEVELS.find(([pattern]) => pattern.test(line)) || [null, 0])[1];

/** The layer of one text. */
export class Mirror {
  constructor() {
    this.element = make('div', { class: 'mirror', 'aria-hidden': 'true' });
    this.lines = [];
  }

  /** Draws the lines that have changed. */
  draw(text, labels, marks) {
    let number = 0;
    const lines = text.split('\n').map((line) => {
      if (line.trim() !== '') number += 1;
      const own = line.trim() === '' ? [] : marks.filter((mark) => mark.paragraph === number);
      return { line, own, key: JSON.stringify([line, own]) };
    });
    lines.forEach(({ line, own, key }, i) => {
      let element = this.element.children[i];
      if (!element) element = this.element.appendChild(make('div', { class: 'line' }));
      if (this.lines[i] === key) return;
      this.lines[i] = key;
      this.fill(element, line, labels, own);
    });
    while (this.element.children.length > lines.length) this.element.lastChild.remove();
    this.lines.length = lines.length;
  }

  fill(element, line, labels, own) {
    const level = levelOf(line);
    element.dataset.level = level ? NAMES[level] : '';
    const indent = line.length - line.trimStart().length;
    const raw = labels.raw(line);
    const ranges = [
      ...labels.ranges(line).map((range) => ({ ...range, kind: 'chip' })),
      ...halfWidth(line).map((one) => ({ start: one.at, end: one.at + 1, kind: 'half' })),
      ...own.map((mark) => ({ start: labels.offset(raw, mark.start + indent), end: labels.offset(raw, mark.end + indent), kind: `mark ${mark.severity}` })),
    ].sort((a, b) => a.start - b.start);
    const parts = [];
    let at = 0;
    for (const range of ranges) {
      if (range.start < at || range.end <= range.start) continue;
      parts.push(line.slice(at, range.start), make('span', { class: range.kind }, line.slice(range.start, range.end)));
      at = range.end;
    }
    // An empty line has a height as well.
    element.replaceChildren(...parts, line.slice(at) || (at === 0 ? '\u200b' : ''));
  }

  /** Returns the element of a line, from 0. */
  lineAt(index) {
    return this.element.children[index];
  }
}
