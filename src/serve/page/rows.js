// Rows that a locality adds to a table.

import { get, post } from './api.js';
import { field, make, openDialog, showError } from './dom.js';

/** Asks for a row and adds it to a table. */
export async function addRow(report, key) {
  const table = report.data.tables[key];
  const after = make('select', {}, (table.rows_known || []).map((row, i, all) => make('option', { value: row.path, selected: i === all.length - 1 }, row.label)));
  const label = make('input', { required: true, autocomplete: 'off' });
  const wanted = await openDialog(`${table.name}加一行`, (body) => body.append(
    make('p', {}, '本地要求增加的行，栏和前一行相同。'), field('加在哪一行后面', after), field('行的名称', label)), {
    confirm: '加上',
    done: () => ({ after: after.value, label: label.value.trim() }),
  });
  if (!wanted) return;
  await report.saver.flush();
  try {
    await post('row', { file: report.file, base: report.told.version, table: key, ...wanted });
    report.adopt(await get('report', { file: report.file }), report.saver.pending());
  } catch (error) {
    showError(error);
  }
}
