// The typeset pages next to the form.

import { get, picture } from './api.js';
import { button, make, whenNotComposing } from './dom.js';

/** Points of Typst in a pixel of CSS. */
const POINTS = 0.75;
/** From the upper edge of a cell's words to their base line, in points. */
const CELL = 10;
/** Width of a page that is shown before its picture, in points. */
const A4 = { width_pt: 595.28, height_pt: 841.89 };
const ZOOMS = [['fit', '适宽'], ['1', '100%'], ['1.5', '150%']];

/** Shows the pages of the newest version. `onpick(path)` is called when a field is clicked. */
export class Pages {
  constructor(report, onpick) {
    this.report = report;
    this.onpick = onpick;
    this.shown = [];
    this.fields = [];
    this.asking = false;
    this.wanted = null;
    this.typed = null;
    this.path = null;
    this.part = 0;
    this.holder = make('div', { class: 'sheets' });
    this.told = make('p', { class: 'error', role: 'status' });
    this.number = make('span', { class: 'number' });
    this.zooms = ZOOMS.map(([value, words]) => button(words, () => this.zoom(value), { 'data-zoom': value }));
    this.view = make('div', { class: 'sheets-view', tabindex: '0', role: 'region', 'aria-label': '版面' }, this.told, this.holder);
    this.element = make('div', { class: 'pages' },
      make('div', { class: 'pages-bar' }, this.number, make('span', { class: 'zooms', role: 'group', 'aria-label': '版面大小' }, this.zooms)), this.view);
    this.view.addEventListener('scroll', () => this.count(), { passive: true });
    this.onkey = (event) => { this.typed = event.timeStamp; };
    this.onsize = () => this.resize();
    addEventListener('keydown', this.onkey, true);
    addEventListener('resize', this.onsize);
    report.addEventListener('version', () => this.follow());
    this.zoom(localStorage.getItem('gongbao.zoom') || 'fit', false);
    this.follow();
  }

  /** Stops following the report. */
  close() {
    removeEventListener('keydown', this.onkey, true);
    removeEventListener('resize', this.onsize);
    this.closed = true;
  }

  zoom(value, keep = true) {
    this.scale = value;
    if (keep) localStorage.setItem('gongbao.zoom', value);
    this.zooms.forEach((one) => one.setAttribute('aria-pressed', String(one.dataset.zoom === value)));
    this.resize();
  }

  /** Sets the size of all pages; the part that is edited stays in sight. */
  resize() {
    [...this.holder.children].forEach((figure, i) => this.measure(figure, this.shown[i] || A4));
    this.mark(true);
    this.count();
  }

  measure(figure, page) {
    const fit = this.scale === 'fit';
    figure.style.width = fit ? '' : `${(page.width_pt / POINTS) * Number(this.scale)}px`;
    this.holder.classList.toggle('fit', fit);
  }

  /** Requests the pages: one request at a time, always for the newest version. */
  async follow() {
    this.wanted = this.report.told.version;
    if (this.asking) return;
    this.asking = true;
    let failures = 0;
    while (this.wanted && !this.closed) {
      const version = this.wanted;
      const since = this.typed;
      this.wanted = null;
      try {
        const asked = performance.now();
        const told = await get('pages', { file: this.report.file, version });
        this.ms = { typeset: told.ms.typeset, asked, answered: performance.now() };
        this.told.textContent = told.error || '';
        if (!(await this.put(told, since))) throw new Error('a picture is gone');
        failures = 0;
      } catch (error) {
        // A picture that the server has replaced meanwhile, or a server that is being started again.
        failures += 1;
        if (error.status === 0 || failures > 5) this.told.textContent = error.status === undefined ? '版面没有取到，正在重试' : error.message;
        await new Promise((resolve) => setTimeout(resolve, Math.min(100 * 2 ** failures, 3000)));
        this.wanted = this.wanted || version;
      }
    }
    this.asking = false;
  }

  /** Loads the pages whose pictures have changed, and shows all at once, in order; false if one cannot be loaded. */
  async put(told, since) {
    const { pages, fields } = told;
    const images = await Promise.all(pages.map((page, i) => (this.shown[i] && this.shown[i].hash === page.hash ? null : this.load(page))));
    if (images.includes(undefined)) return false;
    if (this.closed) return true;
    whenNotComposing(() => {
      const changed = images.some((image) => image !== null) || pages.length !== this.shown.length;
      pages.forEach((page, i) => {
        const figure = this.holder.children[i] || this.holder.appendChild(make('figure', {}, make('span', { class: 'here', hidden: true })));
        figure.classList.toggle('sheet', page.sheet);
        if (images[i]) {
          images[i].addEventListener('click', (event) => this.pick(i, event));
          const old = figure.querySelector('img');
          if (old) old.replaceWith(images[i]);
          else figure.prepend(images[i]);
        }
        this.measure(figure, page);
      });
      while (this.holder.children.length > pages.length) this.holder.lastChild.remove();
      this.shown = pages;
      this.fields = fields;
      if (changed && since !== null) {
        // From the key to the picture, and the parts: until the pages are asked for, typesetting, the answer, the pictures.
        const now = performance.now();
        this.element.dataset.ms = String(Math.round(now - since));
        this.element.dataset.parts = [this.ms.asked - since, this.ms.typeset, this.ms.answered - this.ms.asked, now - this.ms.answered].map(Math.round).join(' ');
      }
      this.element.dataset.version = told.version;
      this.element.dataset.hashes = pages.map((page) => page.hash).join(' ');
      this.mark(changed);
      this.count();
    });
    return true;
  }

  /** Loads the picture of a page; undefined if there is none. */
  async load(page) {
    const image = new Image();
    image.alt = page.sheet ? '报送审签单的版面' : `第${page.n}页的版面`;
    image.width = Math.round(page.width_pt / POINTS);
    image.height = Math.round(page.height_pt / POINTS);
    image.src = picture(page);
    try {
      await image.decode();
      return image;
    } catch (error) {
      return undefined;
    }
  }

  /** Calls `onpick` with the field that was clicked. */
  pick(i, event) {
    const scale = this.shown[i].width_pt / event.target.clientWidth;
    const path = fieldAt(this.fields, i + 1, event.offsetX * scale, event.offsetY * scale);
    if (path) this.onpick(path);
  }

  /** Scrolls to a field and marks its position; `part` is how far in a paragraph the cursor is, from 0 to 1. */
  scroll(path, part = 0) {
    this.path = path;
    this.part = part;
    this.mark(true);
  }

  mark(scrolls) {
    this.holder.querySelectorAll('.here').forEach((mark) => { mark.hidden = true; });
    if (!this.path) return;
    const place = positionOf(this.fields, this.path, this.part);
    const figure = place && this.holder.children[place.page - 1];
    if (!figure || !this.shown[place.page - 1]) return;
    const image = figure.querySelector('img');
    const scale = image.clientWidth / this.shown[place.page - 1].width_pt;
    const mark = figure.querySelector('.here');
    mark.hidden = false;
    mark.dataset.at = place.path;
    mark.style.top = `${place.y * scale}px`;
    mark.style.left = `${(place.left - 16) * scale}px`;
    if (!scrolls) return;
    const top = figure.offsetTop + place.y * scale;
    const { scrollTop, clientHeight } = this.view;
    if (top < scrollTop + 40 || top > scrollTop + clientHeight - 60) this.view.scrollTop = top - clientHeight / 3;
  }

  /** Shows the number of the page in sight. */
  count() {
    const middle = this.view.scrollTop + this.view.clientHeight / 2;
    const figures = [...this.holder.children];
    const at = figures.filter((figure) => figure.offsetTop <= middle).length;
    this.number.textContent = figures.length > 0 ? `${Math.max(1, at)} / ${figures.length}` : '';
  }
}

/** Whether a path is that of a paragraph: `overview[2]`. */
const isParagraph = (path) => /^[a-z_]+\[\d+\]$/.test(path);

/**
 * Returns the field at a point of a page: the cell whose row and column are nearest if the point is in a table, otherwise
 * the paragraph that it belongs to, which may have begun on an earlier page.
 */
export function fieldAt(fields, page, x, y) {
  const before = fields.filter((one) => one.page < page || (one.page === page && one.y - 12 <= y));
  const last = before[before.length - 1];
  const cells = fields.filter((one) => one.page === page && !isParagraph(one.path));
  if (cells.length > 0) {
    const [top, bottom] = [Math.min(...cells.map((one) => one.y)), Math.max(...cells.map((one) => one.y))];
    if (y >= top - 25 && y <= bottom + 25) {
      const near = cells.map((one) => [Math.abs(one.y + CELL / 2 - y) * 4 + Math.abs(one.x - x), one]).sort((a, b) => a[0] - b[0])[0];
      return near[1].path;
    }
  }
  const paragraphs = before.filter((one) => isParagraph(one.path));
  const own = paragraphs[paragraphs.length - 1];
  return (own || last || fields[0] || {}).path;
}

/** Returns where a field is: `{page, y, left}` in points. */
export function positionOf(fields, path, part) {
  const at = fields.findIndex((one) => one.path === path);
  const own = at >= 0 ? fields[at] : fields.find((one) => one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`));
  if (!own) return null;
  if (!isParagraph(path)) {
    // The marker stands at the left of the row. A cell's position is its upper edge, a paragraph's its first base line.
    const row = fields.filter((one) => one.page === own.page && !isParagraph(one.path) && Math.abs(one.y - own.y) < 3);
    return { page: own.page, y: own.y + CELL, left: Math.min(...row.map((one) => one.x)), path: own.path };
  }
  const next = fields[at + 1];
  if (!next || part <= 0 || next.page !== own.page) return { page: own.page, y: own.y, left: 79, path: own.path };
  return { page: own.page, y: own.y + Math.max(0, next.y - own.y - 28) * part, left: 79, path: own.path };
}
