// Placeholders in texts: the file has `{{applications.new.total}}`, the page shows `〔新收·总计：14〕`.

/** A placeholder in the file, and its label on the page. */
const NAME = /\{\{[^{}]*\}\}/g;
const LABEL = /〔([^〔〕：]+)：[^〔〕]*〕/g;

/** Removes ordinals and brackets at the beginning of a header. */
const plain = (part) => part.replace(/^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])/, '').replace(/[〔〕：\s]/g, '');

/** The labels of all placeholders of a report. */
export class Labels {
  /** `placeholders` are `{name, label, value}`; the label is a place with ` › ` between its parts. */
  constructor(placeholders) {
    this.byName = new Map();
    this.byShort = new Map();
    const parts = placeholders.map((one) => one.label.split(' › ').slice(1).map(plain));
    const shorts = (n) => parts.map((all) => all.slice(-n).join('·'));
    let names = shorts(2);
    for (let n = 3; n < 7; n += 1) {
      const longer = shorts(n);
      const known = names;
      names = names.map((name, i) => (known.indexOf(name) !== known.lastIndexOf(name) ? longer[i] : name));
    }
    placeholders.forEach((one, i) => {
      this.byName.set(one.name, { short: names[i], value: one.value });
      this.byShort.set(names[i], one.name);
    });
  }

  /** Returns the label of a placeholder; an unknown one is shown as it is. */
  label(name) {
    const known = this.byName.get(name);
    return known ? `〔${known.short}：${known.value === null ? '没有填' : known.value}〕` : name;
  }

  /** Converts text of the file to text of the page. */
  shown(raw) {
    return raw.replace(NAME, (name) => this.label(name));
  }

  /** Converts text of the page to text of the file. */
  raw(shown) {
    return shown.replace(LABEL, (label, short) => this.byShort.get(short) || label);
  }

  /** Returns the ranges of labels in a text of the page. */
  ranges(shown) {
    return [...shown.matchAll(LABEL)].filter((match) => this.byShort.has(match[1]))
      .map((match) => ({ start: match.index, end: match.index + match[0].length }));
  }

  /** Converts an offset in the text of the file to one in the text of the page. */
  offset(raw, at) {
    for (const match of raw.matchAll(NAME)) {
      // An offset within a placeholder is moved to its beginning.
      if (match.index < at && at < match.index + match[0].length) return this.shown(raw.slice(0, match.index)).length;
    }
    return this.shown(raw.slice(0, at)).length;
  }
}
