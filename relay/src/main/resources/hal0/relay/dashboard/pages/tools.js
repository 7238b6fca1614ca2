// The servers that agents use: their tools, how far each may go, and what was called.
import {html, nothing} from '../lib/lit-html.js';
import {use} from '../core/store.js';
import {count, duration, time} from '../core/format.js';
import {empty, ready, since, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';

const search = {text: ''};
/** What the documents call them where an agent's own list has them. */
const NAMES = {admin: 'hal0', memory: 'hal0-memory'};
const TIERS = {read: ['reads', 'good'], write: ['changes, noted', 'busy'], gated: ['waits for approval', 'off']};

export const tools = () => filter(search, 'Filter tools');

export const view = () => ready(use('/api/mcp', {on: ['mcp.', 'approval.'], every: 5000}), ({servers, recent}) => html`
  ${servers.map(server)}
  <section><h2>Last calls</h2>${recent.length ? calls(recent) : html`<p class="minor">No tool has been called since the relay was started.</p>`}</section>
  ${servers.length ? nothing : empty({title: 'No server', text: 'This relay has no MCP server.'})}`);

const server = each => html`<section>
  <h2>${each.name}</h2>
  <p class="minor"><code>${location.origin}${each.path}</code> · ${count(each.sessions)} ${each.sessions === 1 ? 'session' : 'sessions'} · speaks ${each.protocol_versions.join(', ')}</p>
  <p class="minor">For Claude Code: <code>claude mcp add --transport http ${NAMES[each.name] ?? each.name} ${location.origin}${each.path}</code></p>
  ${table({
    id: `tools-${each.name}`, label: `Tools of ${each.name}`, key: tool => tool.name, rows: each.tools.filter(tool => matches(search, tool.name, tool.description, tool.tier)),
    columns: [
      {name: 'Tool', cell: tool => html`<span class="model">${tool.name}</span>`, sort: tool => tool.name},
      {name: 'May', cell: tool => state(tool.tier, TIERS[tool.tier]?.[1], TIERS[tool.tier]?.[0] ?? tool.tier), sort: tool => tool.tier},
      {name: 'What it does', wide: true, less: 1, cell: tool => html`<span class="minor" title=${tool.description}>${tool.description}${tool.last_error ? html`<br><span class="fault" title="The last call that went wrong">${tool.last_error}</span>` : nothing}</span>`},
      {name: 'Calls', num: true, cell: tool => count(tool.calls), sort: tool => tool.calls},
      {name: 'Last', less: 2, cell: tool => (tool.last_call_at ? since(tool.last_call_at) : '–'), sort: tool => tool.last_call_at ?? ''},
    ],
  })}</section>`;

const calls = rows => table({
  id: 'mcp-calls', label: 'Last calls', rows, key: (row, index) => index,
  columns: [
    {name: 'When', keep: true, cell: row => time(row.ts)},
    {name: 'Tool', cell: row => html`<span class="model">${row.server}/${row.tool}</span>`},
    {name: 'Outcome', wide: true, cell: row => row.outcome},
    {name: 'Asked by', less: 1, cell: row => row.asker},
    {name: 'Took', num: true, less: 1, cell: row => duration(row.ms)},
  ],
});
