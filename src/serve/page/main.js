// Shows the list of reports, or one report (its path is the fragment of the address).

import { make, showError } from './dom.js';
import { list } from './list.js';
import { edit } from './editor.js';

let leave = null;
let round = 0;

/** Shows the view of the current address. */
async function show() {
  const file = decodeURIComponent(location.hash.slice(1));
  if (file === 'main') return;
  const own = ++round;
  if (leave) {
    const last = leave;
    leave = null;
    await last();
  }
  if (own !== round) return;
  const [top, main] = [document.getElementById('top'), document.getElementById('main')];
  top.replaceChildren();
  main.replaceChildren(make('p', {}, '正在打开……'));
  document.body.className = file ? 'editing' : 'listing';
  try {
    const made = file ? await edit(file, top, main) : await list(top, main);
    if (own === round) leave = made;
    else await made();
  } catch (error) {
    if (!(error.status >= 0)) throw error;
    main.replaceChildren(make('p', { class: 'error' }, error.message), make('p', {}, make('a', { href: '#' }, '回到报告列表')));
    if (error.status !== 404) showError(error);
  }
}

addEventListener('hashchange', show);
show();
