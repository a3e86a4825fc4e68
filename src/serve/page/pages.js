// The typeset pages next to the form.

import { get, picture } from './api.js';
import { make } from './dom.js';

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
    this.holder = make('div', { class: 'sheets' });
    this.told = make('p', { class: 'error', role: 'status' });
    this.element = make('section', { class: 'pages', 'aria-label': '版面', tabindex: '0' }, this.told, this.holder);
    addEventListener('keydown', this.onkey = (event) => { this.typed = event.timeStamp; }, true);
    report.addEventListener('version', () => this.follow());
    this.follow();
  }

  /** Stops following the report. */
  close() {
    removeEventListener('keydown', this.onkey, true);
    this.closed = true;
  }

  /** Requests the pages: one request at a time, always for the newest version. */
  async follow() {
    this.wanted = this.report.data.version;
    if (this.asking) return;
    this.asking = true;
    while (this.wanted && !this.closed) {
      const version = this.wanted;
      const since = this.typed;
      this.wanted = null;
      try {
        const told = await get('pages', { file: this.report.file, version });
        this.told.textContent = told.error || '';
        if (told.pages) await this.put(told.pages, since);
        this.fields = await get('fields', { file: this.report.file });
        if (this.path) this.scroll(this.path);
      } catch (error) {
        this.told.textContent = error.message;
        if (error.status === 0) break;
      }
    }
    this.asking = false;
  }

  /** Loads the pages whose pictures have changed, and replaces them when they are loaded. */
  async put(pages, since) {
    await Promise.all(pages.map(async (page, i) => {
      if (this.shown[i] && this.shown[i].hash === page.hash) return;
      const image = new Image();
      image.alt = `第${page.n}页的版面`;
      image.width = Math.round(page.width_pt);
      image.height = Math.round(page.height_pt);
      image.src = picture(this.report.file, page);
      await image.decode().catch(() => {});
      image.addEventListener('click', (event) => this.pick(i, event));
      const sheet = this.holder.children[i] || this.holder.appendChild(make('figure', {}));
      sheet.replaceChildren(image, make('span', { class: 'here', hidden: true }));
    }));
    while (this.holder.children.length > pages.length) this.holder.lastChild.remove();
    const changed = pages.some((page, i) => !this.shown[i] || this.shown[i].hash !== page.hash);
    this.shown = pages;
    if (changed && since !== null) this.element.dataset.ms = String(Math.round(performance.now() - since));
    this.element.dataset.version = this.report.data.version;
    this.element.dataset.hashes = pages.map((page) => page.hash).join(' ');
  }

  /** Calls `onpick` with the field nearest to a click. */
  pick(i, event) {
    const scale = this.shown[i].width_pt / event.target.clientWidth;
    const [x, y] = [event.offsetX * scale, event.offsetY * scale];
    // The vertical distance has more weight, because fields are arranged in rows.
    const near = this.fields.filter((one) => one.page === i + 1)
      .map((one) => [Math.abs(one.y - y) * 4 + Math.abs(one.x - x) + (one.y > y + 12 ? 2000 : 0), one.path]).sort((a, b) => a[0] - b[0])[0];
    if (near) this.onpick(near[1]);
  }

  /** Scrolls to a field and marks its position. */
  scroll(path) {
    this.path = path;
    const field = this.fields.find((one) => one.path === path) || this.fields.find((one) => one.path.startsWith(path.replace(/\[\d+\]$/, '')));
    this.holder.querySelectorAll('.here').forEach((mark) => { mark.hidden = true; });
    const sheet = field && this.holder.children[field.page - 1];
    if (!sheet) return;
    const scale = sheet.clientWidth / this.shown[field.page - 1].width_pt;
    const mark = sheet.querySelector('.here');
    mark.hidden = false;
    mark.style.top = `${(field.y - 10) * scale}px`;
    mark.style.left = `${(field.x - 14) * scale}px`;
    const top = sheet.offsetTop + field.y * scale;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop + 40 || top > scrollTop + clientHeight - 80) this.element.scrollTop = top - clientHeight / 3;
  }
}
