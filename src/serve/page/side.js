// The list of sections beside the form, with the state of each.

import { isMissing, sectionOf } from './findings.js';
import { make } from './dom.js';

/** Words and signs of the states; the sign differs in shape, not only in colour. */
const SIGNS = { ok: ['✓', '已填好'], part: ['◐', '填写中'], empty: ['–', '空'], bad: ['!', '有问题'], warn: ['?', '有提醒'] };

/** The side list. `go(key)` leads to a section. */
export class Side {
  constructor(report, go) {
    this.report = report;
    this.entries = new Map();
    const { data } = report;
    this.sections = [{ key: 'head', title: '基本情况' },
      ...data.chapters.map((chapter) => ({ key: chapter.key, title: chapter.number ? `${chapter.number} ${chapter.title}` : chapter.heading, chapter })),
      { key: 'filing', title: '落款 审签' }];
    this.element = make('nav', { class: 'side', 'aria-label': '各部分' }, make('ol', {}, this.sections.map((section) => {
      const sign = make('span', { class: 'sign', 'aria-hidden': 'true' });
      const words = make('span', { class: 'unseen' });
      const link = make('a', { href: `#s-${section.key}`, onclick: (event) => { event.preventDefault(); go(section.key); } }, make('span', { class: 'title' }, section.title), make('span', { class: 'signs' }, sign, words));
      this.entries.set(section.key, { link, sign, words });
      return make('li', {}, link);
    })));
  }

  /** Whether anything of a section is filled in. */
  filled(section) {
    const { data } = this.report;
    const { chapter } = section;
    if (section.key === 'head') return data.head.some((field) => field.path === 'agency.name' && field.value);
    if (section.key === 'filing') return data.head.some((field) => field.path.startsWith('filing') && field.value && field.value !== 'false');
    if (chapter.kind === 'text') return (data.texts[chapter.key] || []).length > 0;
    return data.tables[chapter.tables[0]].cells.some((cell) => cell.path && (data.values[cell.path] || {}).raw !== null && (data.values[cell.path] || {}).raw !== undefined);
  }

  /** Returns the state of a section and the number of its findings. */
  state(section, asked) {
    const { data } = this.report;
    const found = data.findings.filter((one) => !one.accepted && sectionOf(one, data) === section.key);
    const missing = found.filter(isMissing);
    const real = asked ? found : found.filter((one) => !isMissing(one));
    const errors = real.filter((one) => one.severity === 'error').length;
    if (errors > 0) return ['bad', errors];
    if (real.length > 0 && this.filled(section)) return ['warn', real.length];
    if (missing.length > 0) return [this.filled(section) ? 'part' : 'empty', 0];
    return [this.filled(section) ? 'ok' : 'empty', 0];
  }

  /** Updates the states; returns the sections that must still be filled in. */
  refresh(asked) {
    const open = [];
    for (const section of this.sections) {
      const { link, sign, words: said } = this.entries.get(section.key);
      const [state, count] = this.state(section, asked);
      const optional = section.key === 'filing' || (section.chapter && section.chapter.optional);
      const [unasked] = this.state(section, false);
      if ((unasked === 'empty' && !optional) || unasked === 'part') open.push(section);
      const [shape, words] = SIGNS[state];
      link.className = state;
      sign.textContent = count > 0 ? `${shape}${count}` : shape;
      said.textContent = `${words}${count > 0 ? `${count}处` : ''}`;
    }
    return open;
  }

  /** Marks the section that is in sight. */
  current(key) {
    this.entries.forEach(({ link }, own) => {
      if (own === key) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    });
  }
}
