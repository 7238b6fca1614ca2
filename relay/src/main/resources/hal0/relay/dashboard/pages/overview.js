// The relay at a glance: what it does now, what it did today, what wants a person.
import {html, nothing} from '../lib/lit-html.js';
import {use} from '../core/store.js';
import {compact, count, duration, money, quantile, time} from '../core/format.js';
import {ranking, spark} from '../parts/chart.js';
import {icon} from '../parts/icons.js';
import {empty, ready, state} from '../parts/states.js';
import {table} from '../parts/table.js';
import {outcome, target} from '../parts/request.js';
import {troubles} from './attention.js';
import {withEvents, withLater} from './live.js';

const REMEMBERED = 300;
const BARS = 60;
const HOUR_MS = 3_600_000;

const today = () => use('/api/usage?by=model&since=today', {every: 60_000});
const latest = () => use(`/api/requests?limit=${REMEMBERED}`);
const status = () => use('/api/status', {on: ['system.', 'config.'], every: 3_000});

export function view() {
  const sums = fresh(today(), list => withLater(list, today().at));
  const rows = fresh(latest(), list => withEvents(list, REMEMBERED));
  return html`
    ${tiles(sums, rows)}
    ${attention()}
    <div class="split">
      <section class="card grow"><header><h2>Latest requests</h2><a href="/requests">All</a></header>
        ${ready(rows, list => (list.length ? newest(list.slice(0, 12)) : firstSteps()))}</section>
      <section class="card"><header><h2>Models today</h2><a href="/usage">Usage</a></header>
        ${ready(sums, list => (list.length ? models(list) : html`<p class="minor">No model has answered today.</p>`))}</section>
    </div>`;
}

/** An entry whose value is brought up to date. */
const fresh = (entry, later) => (entry.value ? {...entry, value: later(entry.value)} : entry);

function tiles(sums, rows) {
  const known = sums.value ?? [];
  const sum = name => known.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const done = (rows.value ?? []).filter(({row}) => row);
  const sorted = done.filter(({row}) => row.outcome === 'answered').map(({row}) => row.latency_ms).sort((a, b) => a - b);
  const firsts = done.map(({row}) => row.first_token_ms).filter(ms => ms != null).sort((a, b) => a - b);
  const unpriced = sum('unpriced');
  const now = status();
  const there = entry => entry.value !== undefined;
  return html`<div class="tiles">
    ${tile('Requests today', there(sums) && count(sum('requests')), `${there(sums) ? count(sum('failed')) : '–'} failed · ${there(now) ? count(now.value.in_flight) : '–'} now`, spread(done, () => 1))}
    ${tile('Tokens today', there(sums) && compact(sum('input_tokens') + sum('output_tokens')), there(sums) && `${compact(sum('input_tokens'))} in · ${compact(sum('output_tokens'))} out`, spread(done, row => row.input_tokens + row.output_tokens))}
    ${tile('Cost today', there(sums) && money(sum('cost_usd')), there(sums) && priced(sum('requests'), unpriced), spread(done, row => Number(row.cost_usd ?? 0)))}
    ${tile('Latency', there(rows) && duration(quantile(sorted, 0.5)), there(rows) && `p95 ${duration(quantile(sorted, 0.95))} · first token ${duration(quantile(firsts, 0.5))}`, null, recentLatencies(done))}
  </div>`;
}

/** Of none nothing is said. */
function priced(requests, unpriced) {
  if (!requests) return 'nothing was asked yet';
  return unpriced ? `${count(unpriced)} without a price` : 'every request has its price';
}

function tile(name, value, more, overTime, plain) {
  return html`<section class="tile" aria-label=${name}><h2>${name}</h2>
    <p class="big">${value === false ? html`<span class="skeleton inline"><span></span></span>` : value}</p><p class="minor">${more === false ? '–' : more}</p>
    ${overTime ? spark(overTime.sums, `${name}, ${overTime.words}`) : spark(plain, 'What the last answers took, the newest at the right')}
  </section>`;
}

/** What came in each minute of the last hour, or in shares of what is remembered where that is less. */
function spread(done, value) {
  const now = Date.now();
  const oldest = done.length >= REMEMBERED - 10 ? now - new Date(done.at(-1).at).getTime() : HOUR_MS;
  const span = Math.min(HOUR_MS, oldest);
  const sums = Array(BARS).fill(0);
  for (const {at, row} of done) {
    const back = Math.floor(((now - new Date(at).getTime()) / span) * BARS);
    if (back < BARS) sums[BARS - 1 - Math.max(0, back)] += value(row);
  }
  return {sums, words: span === HOUR_MS ? 'by the minute, for an hour' : `over the last ${duration(span)}`};
}

/** What the last answers took, the oldest first. */
function recentLatencies(done) {
  const known = done.slice(0, BARS).map(({row}) => row.latency_ms).reverse();
  return [...Array(BARS - known.length).fill(0), ...known];
}

function attention() {
  const found = troubles();
  if (!found.length) return nothing;
  return html`<section class="card attention" aria-label="Needs attention"><header><h2>Needs attention</h2></header>
    <ul>${found.map(each => html`<li>${state(each.tone, each.tone, each.what)}<span>${each.message}</span><a href=${each.href}>${each.action}</a></li>`)}</ul></section>`;
}

const newest = rows => table({
  id: 'overview', label: 'Latest requests', rows, key: row => row.id, href: row => `/requests?id=${encodeURIComponent(row.id)}`,
  columns: [
    {name: 'When', keep: true, cell: row => time(row.at)},
    {name: 'Model', wide: true, cell: target},
    {name: 'Outcome', cell: outcome},
    {name: 'Took', num: true, less: 1, cell: row => duration(row.row?.latency_ms ?? row.running_ms)},
    {name: 'Cost', num: true, less: 1, cell: row => money(row.row?.cost_usd)},
  ],
});

const models = rows => ranking(
  rows.map(row => ({
    name: row.model || 'no model', value: row.requests,
    said: `${count(row.requests)} · ${row.unpriced === row.requests ? 'no price' : row.local === row.requests ? 'local' : money(row.cost_usd)}`,
    href: `/requests?q=${encodeURIComponent(row.model ?? '')}`,
  })).sort((a, b) => b.value - a.value).slice(0, 8),
  {label: 'Models by requests'});

/** A relay that nobody has used yet says what makes it useful. */
function firstSteps() {
  const providers = use('/api/upstreams', {on: ['provider.']}).value ?? [];
  const slots = use('/api/slots', {on: ['slot.']}).value ?? [];
  const keys = use('/api/keys', {on: ['key.']}).value ?? [];
  const wired = providers.some(each => each.enabled && each.auth_configured && each.kind === 'remote');
  const steps = [
    {done: wired, title: 'Add a provider', text: 'A service that answers, or a server of yours.', href: '/providers'},
    {done: slots.length > 0, title: 'Load a slot', text: 'A model that this machine runs itself.', href: '/slots'},
    {done: keys.length > 0, title: 'Issue a key', text: 'For each program or person that may ask.', href: '/keys'},
    {done: false, title: 'Ask something', text: 'Here, or with any client of OpenAI, Anthropic or Gemini.', href: '/chat'},
  ];
  return html`${empty({title: 'Nothing has been asked yet', text: 'Four steps, in any order:'})}
    <ol class="steps">${steps.map(step => html`<li class=${step.done ? 'done' : ''}>${icon(step.done ? 'approvals' : 'plus')}<div><a href=${step.href}>${step.title}</a><p class="minor">${step.text}</p></div></li>`)}</ol>`;
}
