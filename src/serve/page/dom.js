// Elements in one expression, dialogs, and words for screen readers.

/** An element: `make('p', {class: 'x', onclick: f}, 'words', child)`. Properties that are false or null are left out. */
export function make(name, properties, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const button = (words, onclick, more) => make('button', { type: 'button', onclick, ...more }, words);

/** Says something to whoever cannot see it change. */
export function say(words) {
  document.getElementById('said').textContent = words;
}

let dialogs = 0;

/**
 * Asks in a dialog; resolves with what `done` gives when it is confirmed, with null when it is left.
 * `fill(body, leave)` puts the content in; `leave(value)` ends it at once.
 */
export function ask(title, fill, { done = () => true, confirm = '确定' } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const id = `dialog-${++dialogs}`;
    const leave = (value) => {
      dialog.close();
      dialog.remove();
      if (before && before.isConnected) before.focus();
      resolve(value);
    };
    const body = make('div', { class: 'body' });
    const form = make('form', { method: 'dialog', onsubmit: (event) => {
      event.preventDefault();
      const value = done();
      if (value !== undefined) leave(value);
    } },
      make('h2', { id }, title), body,
      make('p', { class: 'buttons' },
        confirm && make('button', { class: 'main' }, confirm),
        button(confirm ? '取消' : '关闭', () => leave(null))));
    const dialog = make('dialog', { 'aria-labelledby': id, oncancel: (event) => {
      event.preventDefault();
      leave(null);
    } }, form);
    document.body.append(dialog);
    fill(body, leave);
    dialog.showModal();
  });
}

/** Tells something that has to be read. */
export const tell = (title, ...words) =>
  ask(title, (body) => body.append(...words.map((word) => (typeof word === 'string' ? make('p', {}, word) : word))), { confirm: null });

export const failed = (error) => tell('没有做成', error.message);
