// A menu at a point of the page.

import { button, make } from './dom.js';

let open = null;

/** Shows a menu of `[words, action]`; the focus returns to `home`. */
export function showMenu([x, y], entries, home) {
  if (open) open.remove();
  const close = (back) => {
    menu.remove();
    open = null;
    removeEventListener('pointerdown', outside, true);
    if (back && home.isConnected) home.focus({ preventScroll: true });
  };
  const outside = (event) => { if (!menu.contains(event.target)) close(false); };
  const menu = make('div', { class: 'menu', role: 'menu', 'aria-label': '这一格', onkeydown: (event) => {
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') close(true);
    else if (to === undefined) return;
    else items[(to + items.length) % items.length].focus();
    event.preventDefault();
  } }, entries.map(([words, does]) => button(words, () => { close(true); does(); }, { role: 'menuitem', tabindex: '-1' })));
  // Within the landmark of what it belongs to.
  (home.closest('main, header, dialog') || document.body).append(menu);
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`;
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`;
  addEventListener('pointerdown', outside, true);
  open = menu;
  menu.firstChild.focus();
}
