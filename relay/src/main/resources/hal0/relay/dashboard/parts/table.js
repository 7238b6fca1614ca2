// Lists: sorted by a click, in pages, so that ten thousand rows cost as much as a hundred.
import {html, nothing} from '../lib/lit-html.js';
import {repeat} from '../lib/directives/repeat.js';
import {draw} from '../core/draw.js';

const PAGE = 100;
const views = new Map();

/**
 * `columns` are `{name, cell(row), num, less, sort(row)}`: `less` is 1 for what a narrow screen can
 * do without and 2 for what a middling one can; `wide` takes what is left, `keep` is never broken. `href(row)` or `open(row)` shows more of a row and
 * is on its first cell.
 */
export function table({id, label, columns, rows, key, href, total}) {
  const own = views.get(id) ?? {page: 0, sort: -1, down: false};
  views.set(id, own);
  const sorted = own.sort < 0 ? rows : [...rows].sort(order(columns[own.sort].sort, own.down));
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  own.page = Math.min(own.page, pages - 1);
  const shown = sorted.slice(own.page * PAGE, own.page * PAGE + PAGE);
  return html`<div class="table"><table aria-label=${label}>
    <thead><tr>${columns.map((column, index) => head(column, index, own))}</tr></thead>
    <tbody>${repeat(shown, key, row => html`<tr>${columns.map((column, index) => html`<td class=${kind(column)}>${
      index === 0 && href ? html`<a data-row href=${href(row)}>${column.cell(row)}</a>` : column.cell(row)}</td>`)}</tr>`)}</tbody>
  </table></div>
  ${pages > 1 ? pager(own, pages, sorted.length, total) : nothing}`;
}

const kind = column => `${column.num ? 'num' : ''} ${column.less ? 'less' + column.less : ''} ${column.wide ? 'wide' : ''} ${column.keep ? 'keep' : ''}`;

function head(column, index, own) {
  if (!column.sort) return html`<th scope="col" class=${kind(column)}>${column.name || html`<span class="sr">Actions</span>`}</th>`;
  const chosen = own.sort === index;
  return html`<th scope="col" class=${kind(column)} aria-sort=${chosen ? (own.down ? 'descending' : 'ascending') : 'none'}>
    <button type="button" class="sort" @click=${() => {
      own.down = chosen ? !own.down : Boolean(column.num);
      own.sort = index;
      draw();
    }}>${column.name}${chosen ? (own.down ? ' ↓' : ' ↑') : ''}</button></th>`;
}

function order(by, down) {
  const sign = down ? -1 : 1;
  return (a, b) => {
    const [x, y] = [by(a) ?? '', by(b) ?? ''];
    return sign * (x < y ? -1 : x > y ? 1 : 0);
  };
}

function pager(own, pages, count, total = count) {
  const turn = by => () => {
    own.page += by;
    draw();
  };
  return html`<nav class="pager" aria-label="Pages">
    <span>${own.page * PAGE + 1} to ${Math.min(count, (own.page + 1) * PAGE)} of ${total}</span>
    <button type="button" class="quiet" ?disabled=${own.page === 0} @click=${turn(-1)}>Previous</button>
    <button type="button" class="quiet" ?disabled=${own.page >= pages - 1} @click=${turn(1)}>Next</button>
  </nav>`;
}

/** A field that narrows a list; what is written stays while the page is open. */
export function filter(own, label = 'Filter') {
  return html`<input type="search" aria-label=${label} placeholder="${label}  /" .value=${own.text}
    @input=${event => { own.text = event.target.value; draw(); }}
    @keydown=${event => { if (event.key === 'Escape') { own.text = ''; event.target.blur(); draw(); } }}>`;
}

/** Whether every word of the filter stands somewhere in the texts. */
export function matches(own, ...texts) {
  if (!own.text.trim()) return true;
  const all = texts.join(' ').toLowerCase();
  return own.text.toLowerCase().split(/\s+/).every(word => all.includes(word));
}
