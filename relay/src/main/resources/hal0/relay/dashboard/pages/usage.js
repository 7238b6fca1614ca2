// What was spent, by day, model, key, and who else there is.
import {html, nothing} from '../lib/lit-html.js';
import {go, here, route} from '../core/router.js';
import {use} from '../core/store.js';
import {compact, count, money} from '../core/format.js';
import {columns, ranking} from '../parts/chart.js';
import {empty, ready} from '../parts/states.js';
import {table} from '../parts/table.js';

const SPANS = [['today', 'Today'], ['7d', '7 days'], ['30d', '30 days'], ['month', 'This month'], ['all', 'All']];
const GROUPS = [['day', 'Day'], ['model', 'Model'], ['provider', 'Provider'], ['key', 'Key'], ['session', 'Session']];
const MEASURES = {
  cost: {title: 'Cost', names: ['Cost'], parts: row => [Number(row.cost_usd ?? 0)], format: money},
  tokens: {title: 'Tokens', names: ['In', 'From the cache', 'Out'], parts: row => [row.input_tokens, row.cache_read_tokens, row.output_tokens], format: compact},
  requests: {title: 'Requests', names: ['Answered', 'Failed'], parts: row => [row.requests - row.failed, row.failed], format: compact},
};

const chosen = () => ({
  since: route.query.get('since') ?? '30d',
  by: route.query.get('by') ?? 'day',
  measure: MEASURES[route.query.get('show')] ? route.query.get('show') : 'cost',
});

export function tools() {
  const {since, by} = chosen();
  return html`<select class="choice" aria-label="Since" @change=${event => go(here({since: event.target.value}), {replace: true})}>
      ${SPANS.map(([value, label]) => html`<option value=${value} ?selected=${value === since}>${label}</option>`)}</select>
    <a class="button" href="/api/usage.csv?by=${by}&since=${since}" download="usage-${by}-${since}.csv">CSV</a>`;
}

export function view() {
  const {since, by, measure} = chosen();
  const how = {on: ['request.finished'], every: 60_000};
  const days = use(`/api/usage?by=day&since=${since}`, how);
  const rows = by === 'day' ? days : use(`/api/usage?by=${by}&since=${since}`, how);
  return ready(days, list => (list.length ? html`
    ${totals(list)}
    <section class="card"><header><div class="tabs" role="group" aria-label="What the chart shows">${Object.entries(MEASURES).map(([id, {title}]) => tab(title, id === measure, here({show: id})))}</div></header>
      ${chart(list, MEASURES[measure], since)}</section>
    <div class="tabs" role="group" aria-label="Grouped by">${GROUPS.map(([id, title]) => tab(title, id === by, here({by: id})))}</div>
    ${ready(rows, found => grouped(found, by, measure))}` : empty({
    title: 'Nothing was asked in this time',
    text: 'What models answer is counted here, with its cost where the price is known.',
    action: since === 'all' ? html`<a class="button" href="/chat">Ask something</a>` : html`<a class="button" href=${here({since: 'all'})}>Look at all of it</a>`})));
}

const tab = (title, on, href) => html`<a class="tab" href=${href} aria-current=${on ? 'true' : nothing}>${title}</a>`;

function totals(list) {
  const sum = name => list.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const unpriced = sum('unpriced');
  return html`<div class="tiles">
    <section class="tile"><h2>Cost</h2><p class="big">${money(sum('cost_usd'))}</p><p class="minor">${unpriced ? `${count(unpriced)} requests have no price` : 'of all requests'}</p></section>
    <section class="tile"><h2>Requests</h2><p class="big">${count(sum('requests'))}</p><p class="minor">${count(sum('failed'))} failed</p></section>
    <section class="tile"><h2>Tokens in</h2><p class="big">${compact(sum('input_tokens'))}</p><p class="minor">and ${compact(sum('cache_read_tokens'))} from caches</p></section>
    <section class="tile"><h2>Tokens out</h2><p class="big">${compact(sum('output_tokens'))}</p><p class="minor">${compact(sum('reasoning_tokens'))} of them thinking</p></section>
  </div>`;
}

function chart(list, {title, names, parts, format}, since) {
  const known = new Map(list.map(row => [row.day, row]));
  const shown = days(list, since).map(day => {
    const row = known.get(day);
    const values = row ? parts(row) : names.map(() => 0);
    return {label: day.slice(5), title: `${day}: ${names.map((name, at) => `${name} ${format(values[at])}`).join(', ')}`, parts: values};
  });
  return columns({columns: shown, names, format, label: `${title} by day`});
}

/** Days without a request are shown too: a gap is something to see. */
function days(list, since) {
  const known = list.map(({day}) => day).sort();
  const end = new Date();
  const begin = {'7d': 7, '30d': 30}[since];
  const first = begin ? new Date(end.getTime() - (begin - 1) * 86_400_000) : new Date(known[0] + 'T12:00:00');
  const all = [];
  for (let at = first; all.length < 400 && iso(at) <= iso(end); at = new Date(at.getTime() + 86_400_000)) all.push(iso(at));
  return all.slice(-120);
}

const iso = date => `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;

function grouped(rows, by, measure) {
  const {parts, format} = MEASURES[measure];
  const value = row => parts(row).reduce((a, b) => a + b, 0);
  const name = row => row[by] || 'none';
  return html`
    ${by === 'day' ? nothing : html`<section class="card">${ranking(
      [...rows].sort((a, b) => value(b) - value(a)).slice(0, 12).map(row => ({name: name(row), value: value(row), said: format(value(row))})), {label: `By ${by}`})}</section>`}
    ${table({
      id: `usage-${by}`, label: `Usage by ${by}`, key: name,
      rows: by === 'day' ? rows.toReversed() : rows,
      columns: [
        {name: GROUPS.find(([id]) => id === by)[1], cell: row => html`<span class=${by === 'day' ? '' : 'model'}>${name(row)}</span>`, sort: name},
        {name: 'Requests', num: true, cell: row => count(row.requests), sort: row => row.requests},
        {name: 'Failed', num: true, less: 2, cell: row => count(row.failed), sort: row => row.failed},
        {name: 'In', num: true, less: 1, cell: row => compact(row.input_tokens), sort: row => row.input_tokens},
        {name: 'Cached', num: true, less: 2, cell: row => compact(row.cache_read_tokens), sort: row => row.cache_read_tokens},
        {name: 'Out', num: true, less: 1, cell: row => compact(row.output_tokens), sort: row => row.output_tokens},
        {name: 'Cost', num: true, cell: row => (row.requests === row.unpriced ? html`<span class="minor">no price</span>` : row.requests === row.local ? html`<span class="minor">local</span>` : money(row.cost_usd)), sort: row => Number(row.cost_usd ?? 0)},
      ],
    })}`;
}
