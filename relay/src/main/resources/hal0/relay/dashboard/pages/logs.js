// What hal0 itself writes, and what happened, as it happens.
import {html, nothing} from '../lib/lit-html.js';
import {lastEvents} from '../core/events.js';
import {here, route} from '../core/router.js';
import {use} from '../core/store.js';
import {time} from '../core/format.js';
import {liveLines} from '../parts/lines.js';
import {empty, ready, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';

const search = {text: ''};
const lines = liveLines();
const TABS = [['events', 'Events'], ['activity', 'Changes'], ['log', 'Log']];
const TONES = {info: 'good', warning: 'busy', error: 'bad'};

const shown = () => route.query.get('show') ?? 'events';

export const tools = () => filter(search, 'Filter lines');

export const view = () => html`
  <div class="tabs" role="group" aria-label="Which">${TABS.map(([id, title]) => html`<a class="tab" href=${here({show: id})} aria-current=${id === shown() ? 'true' : nothing}>${title}</a>`)}</div>
  ${{events, activity, log}[shown()]?.() ?? nothing}`;

function events() {
  const rows = lastEvents().filter(each => matches(search, each.type, each.source, each.message, each.severity));
  if (!rows.length) return empty({title: search.text ? 'Nothing fits' : 'Nothing has happened since this page was opened', text: 'Requests, states of slots, changes of providers and keys: each is told here as it happens.'});
  return table({
    id: 'events', label: 'Events', rows, key: row => row.id,
    columns: [
      {name: 'When', keep: true, cell: row => time(row.ts)},
      {name: 'Type', cell: row => state(row.severity, TONES[row.severity], row.type)},
      {name: 'What', wide: true, cell: row => html`<span title=${row.message}>${row.message}</span>`},
    ],
  });
}

const activity = () => ready(use('/api/activity?limit=500', {on: ['provider.', 'key.', 'slot.', 'config.', 'model.', 'approval.', 'login.', 'memory.']}), list => (list.length ? table({
  id: 'activity', label: 'Changes', key: row => row.id, rows: list.filter(each => matches(search, each.who, each.action, each.subject, each.reason ?? '')),
  columns: [
    {name: 'When', keep: true, cell: row => time(row.at), sort: row => row.at},
    {name: 'Who', less: 1, cell: row => row.who, sort: row => row.who},
    {name: 'What', wide: true, cell: row => html`<code>${row.action}</code> ${row.subject}${row.reason ? html` <span class="minor">${row.reason}</span>` : nothing}`, sort: row => row.action},
    {name: 'Before', less: 2, wide: true, cell: row => html`<span class="minor mono" title=${short(row.before)}>${short(row.before)}</span>`},
    {name: 'After', less: 2, wide: true, cell: row => html`<span class="minor mono" title=${short(row.after)}>${short(row.after)}</span>`},
    {name: 'Outcome', cell: row => state(row.outcome), sort: row => row.outcome},
  ],
}) : empty({title: 'Nothing was changed yet', text: 'Every change of a provider, slot, key or setting is written down here for good: who, what, before and after.'})));

const short = value => (value == null ? '–' : typeof value === 'string' ? value : JSON.stringify(value));

function log() {
  lines.follow('/api/logs/stream?lines=500');
  return html`${lines.view('hal0 has written nothing.', line => matches(search, line.text))}`;
}
