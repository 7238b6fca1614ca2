// What was asked, as it comes in: what answered it, by which way, and what it cost.
import {html, nothing} from '../lib/lit-html.js';
import {draw} from '../core/draw.js';
import {go, here, route} from '../core/router.js';
import {use} from '../core/store.js';
import {count, duration, money, time} from '../core/format.js';
import {sheet} from '../parts/dialog.js';
import {outcome, target} from '../parts/request.js';
import {empty, ready, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';

const OUTCOMES = ['', 'running', 'answered', 'failed', 'cancelled'];
const DEPTHS = [
  {path: '/api/requests?limit=200', on: ['request.'], every: 2000},
  {path: '/api/requests?limit=1000', on: ['request.'], every: 10_000},
  {path: '/api/usage?by=request&since=all&limit=10000', on: [], every: 0},
];

const search = {text: ''};
let wanted = '';
let depth = 0;
let seen = null;

export function tools() {
  const asked = route.query.get('q');
  if (asked !== seen) {
    seen = asked;
    search.text = asked ?? '';
  }
  return html`<select class="choice" aria-label="Outcome" @change=${event => { wanted = event.target.value; draw(); }}>
      ${OUTCOMES.map(word => html`<option value=${word} ?selected=${word === wanted}>${word || 'all outcomes'}</option>`)}</select>
    ${filter(search, 'Filter requests')}`;
}

export function view() {
  const {path, ...how} = DEPTHS[depth];
  return html`${ready(use(path, how), list => {
    const all = list.map(asRequest);
    const rows = all.filter(kept);
    return html`
      ${all.length ? requests(rows) : empty({
        title: 'Nothing has been asked yet',
        text: 'Point any client of OpenAI, Anthropic or Gemini at this relay, or ask something here.',
        action: html`<a class="button" href="/chat">Ask something</a>`})}
      ${all.length && !rows.length ? html`<p class="minor">None of ${count(all.length)} requests fits.</p>` : nothing}
      ${depth < 2 && all.length >= (depth ? 1000 : 200) ? html`<p><button type="button" @click=${() => { depth++; draw(); }}>${depth ? 'Look at the whole ledger' : 'Look further back'}</button></p>` : nothing}
      ${depth === 2 ? html`<p class="minor">The last ${count(all.length)} of the ledger; they are not live. <button type="button" class="quiet" @click=${() => { depth = 0; draw(); }}>Back to live</button></p>` : nothing}`;
  }, {lines: 10})}${detail()}`;
}

/** A row of the ledger as a request that is over. */
const asRequest = each => (each.id ? each : {id: each.request_id, at: each.at, client: each.client, requested_model: each.requested_model, row: each});

const kept = request => (!wanted || (request.row?.outcome ?? 'running') === wanted)
  && matches(search, request.requested_model, request.row?.provider ?? '', `${request.row?.provider}/${request.row?.model}`, request.client, request.row?.key ?? '', request.row?.error ?? '', request.id);

const requests = rows => table({
  id: 'requests', label: 'Requests', rows, key: row => row.id, href: row => here({id: row.id}),
  columns: [
    {name: 'When', keep: true, cell: row => time(row.at), sort: row => row.at},
    {name: 'Model', wide: true, cell: target, sort: row => row.requested_model},
    {name: 'Outcome', cell: outcome, sort: row => row.row?.outcome ?? ''},
    {name: 'Asked by', less: 2, cell: row => row.row?.key ?? row.client, sort: row => row.row?.key ?? row.client},
    {name: 'In', num: true, less: 2, cell: row => count(row.row?.input_tokens), sort: row => row.row?.input_tokens ?? 0},
    {name: 'Out', num: true, less: 1, cell: row => count(row.row?.output_tokens), sort: row => row.row?.output_tokens ?? 0},
    {name: 'First token', num: true, less: 2, cell: row => duration(row.row?.first_token_ms), sort: row => row.row?.first_token_ms ?? 0},
    {name: 'Took', num: true, less: 1, cell: row => duration(row.row?.latency_ms ?? row.running_ms), sort: row => row.row?.latency_ms ?? row.running_ms},
    {name: 'Cost', num: true, less: 1, cell: row => cost(row.row), sort: row => Number(row.row?.cost_usd ?? 0)},
  ],
});

const cost = row => (row && row.local ? html`<span class="minor">local</span>` : money(row?.cost_usd));

function detail() {
  const id = route.query.get('id');
  if (!id) return nothing;
  const close = () => go(here({id: null}));
  const entry = use(`/api/requests?id=${encodeURIComponent(id)}`, {on: ['request.'], every: 2000});
  return sheet({title: 'Request', close, body: ready(entry, list => (list.length
    ? about(list[0])
    : html`<p>The relay does not remember the way of <code>${id}</code>; the ledger may still have its row.</p>`))});
}

function about(request) {
  const row = request.row;
  return html`
    <p>${outcome(request)} ${row?.error ? html`<code>${row.error}</code>` : nothing}</p>
    <section><h3>Way</h3>
      <dl class="facts">
        <div><dt>Asked for</dt><dd class="mono">${request.requested_model}</dd></div>
        <div><dt>Rule</dt><dd class="mono">${request.route || 'none fitted'}</dd></div>
        <div><dt>Targets</dt><dd class="mono">${request.targets?.join(', ') || '–'}</dd></div>
        ${row?.provider ? html`<div><dt>Answered by</dt><dd class="mono">${row.provider}/${row.answered_model ?? row.model}</dd></div>` : nothing}
      </dl>
      ${request.tries?.length ? html`<ol class="tries">${request.tries.map((each, index) => html`<li>${state(each.error ? 'failed' : each.ms == null ? 'running' : 'done', undefined, `${index + 1}. ${each.target}`)}
        <span class="minor">${duration(each.ms)}${each.first_token_ms == null ? '' : `, first token ${duration(each.first_token_ms)}`}</span>${each.error ? html`<p class="fault">${each.error}</p>` : nothing}</li>`)}</ol>` : nothing}
    </section>
    <section><h3>Cost</h3>
      <dl class="facts">
        <div><dt>Cost</dt><dd>${cost(row)}${row?.estimated ? html` <span class="minor">estimated</span>` : nothing}</dd></div>
        <div><dt>Tokens in</dt><dd>${count(row?.input_tokens)}${row?.cache_read_tokens ? ` and ${count(row.cache_read_tokens)} from the cache` : ''}</dd></div>
        <div><dt>Tokens out</dt><dd>${count(row?.output_tokens)}${row?.reasoning_tokens ? `, ${count(row.reasoning_tokens)} of them thinking` : ''}</dd></div>
        <div><dt>Took</dt><dd>${duration(row?.latency_ms ?? request.running_ms)}</dd></div>
        <div><dt>First token</dt><dd>${duration(row?.first_token_ms)}</dd></div>
        <div><dt>Of that the relay’s own</dt><dd>${row ? `${count(row.overhead_us)} µs` : '–'}</dd></div>
      </dl></section>
    <section><h3>Who</h3>
      <dl class="facts">
        <div><dt>Client</dt><dd>${request.client}</dd></div>
        <div><dt>Key</dt><dd>${row?.key ?? '–'}</dd></div>
        <div><dt>Session</dt><dd class="mono">${request.session ?? '–'}</dd></div>
        <div><dt>Protocol</dt><dd>${request.protocol}${request.streamed ? ', streamed' : ''}</dd></div>
        <div><dt>At</dt><dd>${new Date(request.at).toLocaleString()}</dd></div>
        <div><dt>Request id</dt><dd class="mono">${request.id}</dd></div>
      </dl></section>`;
}
