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

/** Creates a labelled input. */
export const field = (label, input, hint) =>
  make('label', { class: 'field' }, make('span', {}, label), input, hint && make('small', {}, hint));

/** Announces a message to screen readers. */
export function announce(words) {
  document.getElementById('said').textContent = words;
}

let composing = false;
let postponed = [];
addEventListener('compositionstart', () => { composing = true; }, true);
addEventListener('compositionend', () => {
  composing = false;
  // After the input event of the composition.
  setTimeout(() => {
    if (composing) return;
    const work = postponed;
    postponed = [];
    work.forEach((does) => does());
  });
}, true);

/** Whether an input method is composing: nothing may move or replace what is on the screen meanwhile. */
export const isComposing = () => composing;

/** Runs `does` now, or after the current composition; a later call replaces an earlier one of the same function. */
export function whenNotComposing(does) {
  if (!composing) return does();
  postponed = postponed.filter((other) => other !== does).concat(does);
  return undefined;
}

let dialogs = 0;

/**
 * Opens a dialog; resolves with the result of `done` when it is confirmed, with null when it is closed.
 * `fill(body, leave)` adds the content; `leave(value)` closes the dialog with this result.
 */
export function openDialog(title, fill, { done = () => true, confirm = '确定', cancel, wide = false } = {}) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const id = `dialog-${++dialogs}`;
    const leave = (value) => {
      dialog.close();
      dialog.remove();
      if (before && before.isConnected) before.focus({ preventScroll: true });
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
        // In this order Enter confirms where there is no input; the style sheet shows them the other way round.
        confirm && make('button', { class: 'main' }, confirm),
        button(cancel || (confirm ? '取消' : '关闭'), () => leave(null))));
    const dialog = make('dialog', { 'aria-labelledby': id, class: wide && 'wide', oncancel: (event) => {
      event.preventDefault();
      leave(null);
    } }, form);
    document.body.append(dialog);
    fill(body, leave);
    dialog.showModal();
    // The focus is on the last button; the beginning is read first.
    dialog.scrollTop = 0;
  });
}

/** Shows a message in a dialog. */
export const showMessage = (title, ...words) =>
  openDialog(title, (body) => body.append(...words.map((word) => (typeof word === 'string' ? make('p', {}, word) : word))), { confirm: null });

/** Shows an error in a dialog. */
export const showError = (error) => showMessage('没有做成', error.message);

/** Asks for one line of text; resolves with it, or with null. */
export function ask(title, label, value, { hint, confirm } = {}) {
  const input = make('input', { value, required: true, autocomplete: 'off' });
  return openDialog(title, (body) => body.append(field(label, input, hint)), { confirm, done: () => input.value.trim() || undefined });
}

/** Formats a time, in seconds since 1970: today's as a time, others with their date. */
export function when(seconds) {
  const time = new Date(seconds * 1000);
  const clock = `${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`;
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return `今天 ${clock}`;
  if (days === 1) return `昨天 ${clock}`;
  return `${time.getFullYear()}年${time.getMonth() + 1}月${time.getDate()}日 ${clock}`;
}

/** Formats a size in bytes. */
export const size = (bytes) => (bytes < 1 << 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`);

/** Returns the name of a file as people see it: the endings of text formats say nothing to them. */
export const nameOf = (file) => file.replace(/\.(toml|json|ya?ml)$/i, '');
