// Creates elements and dialogs, and announces messages to screen readers.

/** Creates an element: `make('p', {class: 'x', onclick: f}, 'text', child)`. Properties that are false or null are omitted. */
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

/** Creates a button. */
export const button = (words, onclick, more) => make('button', { type: 'button', onclick, ...more }, words);

/** Announces a message to screen readers. */
export function announce(words) {
  document.getElementById('said').textContent = words;
}

let dialogs = 0;

/**
 * Opens a dialog; resolves with the result of `done` when it is confirmed, with null when it is closed.
 * `fill(body, leave)` adds the content; `leave(value)` closes the dialog with this result.
 */
export function openDialog(title, fill, { done = () => true, confirm = '确定' } = {}) {
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

/** Shows a message in a dialog. */
export const showMessage = (title, ...words) =>
  openDialog(title, (body) => body.append(...words.map((word) => (typeof word === 'string' ? make('p', {}, word) : word))), { confirm: null });

/** Shows an error in a dialog. */
export const showError = (error) => showMessage('没有做成', error.message);
