// Shows the list of reports, or one report (its path is the fragment of the address).

import { make, showError } from './dom.js';
import { list } from './list.js';
import { edit } from './editor.js';

let leave = null;

/** Shows the view of the current address. */
async function show() {
  const file = decodeURIComponent(location.hash.slice(1));
  if (file === 'main') return;
  if (leave && (await leave()) === false) return;
  leave = null;
  const [top, main] = [document.getElementById('top'), document.getElementById('main')];
  top.replaceChildren();
  main.replaceChildren(make('p', {}, '正在打开……'));
  document.body.className = file ? 'editing' : 'listing';
  try {
    leave = file ? await edit(file, top, main) : await list(top, main);
  } catch (error) {
    main.replaceChildren(make('p', { class: 'error' }, error.message), make('p', {}, make('a', { href: '#' }, '回到报告列表')));
    if (!(error.status >= 0)) throw error;
    showError(error);
  }
}

addEventListener('hashchange', show);
show();
