// Models that this machine runs itself: what state they are in, and what they have of the GPU.
import {html, nothing} from '../lib/lit-html.js';
import {part, post} from '../core/api.js';
import {here} from '../core/router.js';
import {refresh, use} from '../core/store.js';
import {count, mb} from '../core/format.js';
import {icon} from '../parts/icons.js';
import {meter} from '../parts/chart.js';
import {empty, ready, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';
import {attempt} from '../parts/toast.js';
import {createSlot} from './slot-forms.js';
import {slotSheet} from './slot-sheet.js';

const search = {text: ''};

const all = () => use('/api/slots', {on: ['slot.', 'config.', 'model.'], every: 10_000});
const gpus = () => use('/api/gpu', {on: ['slot.'], every: 10_000});

export const tools = () => html`${filter(search, 'Filter slots')}
  <button type="button" class="primary" @click=${() => createSlot()}>${icon('plus')}Create slot</button>`;

export const view = () => ready(all(), list => html`
  ${gpuBar()}
  ${list.length ? slots(list.filter(each => matches(search, each.name, each.model ?? each.default_model ?? '', each.state, ...each.aliases))) : empty({
    title: 'No slot yet',
    text: 'A slot is a place where this machine runs a model: in a container or as a process. Requests for its name load it.',
    action: html`<button type="button" class="primary" @click=${() => createSlot()}>${icon('plus')}Create slot</button>`})}
  ${slotSheet(list)}`);

const slots = rows => table({
  id: 'slots', label: 'Slots', rows, key: row => row.name, href: row => here({slot: row.name}),
  columns: [
    {name: 'Slot', cell: row => html`<b>${row.name}</b>`, sort: row => row.name},
    {name: 'State', cell: row => state(row.state), sort: row => row.state},
    {name: 'Model', wide: true, less: 1, cell: row => html`<span class="model ${row.model ? '' : 'minor'}">${row.model ?? row.default_model ?? 'none'}</span>`, sort: row => row.model ?? row.default_model},
    {name: 'Device', less: 2, cell: row => row.device, sort: row => row.device},
    {name: 'Runs as', less: 2, cell: row => row.runtime, sort: row => row.runtime},
    {name: 'Now', num: true, less: 1, cell: row => `${count(row.in_flight)}${row.waiting ? ` + ${count(row.waiting)}` : ''}`, sort: row => row.in_flight},
    {name: '', cell: actions},
  ],
});

const DOWN = new Set(['offline', 'error']);

function actions(row) {
  if (DOWN.has(row.state)) return html`<button type="button" class="quiet" aria-label="Load ${row.name}" @click=${() => order(row, 'load')}>Load</button>`;
  return html`<button type="button" class="quiet" aria-label="Unload ${row.name}" ?disabled=${row.state === 'unloading'} @click=${() => order(row, 'unload')}>Unload</button>`;
}

async function order(row, what) {
  await attempt(() => post(`/api/slots/${part(row.name)}/${what}`), what === 'load' ? `${row.name} is being loaded` : `${row.name} is being unloaded`);
  await refresh('/api/slots');
}

function gpuBar() {
  const known = gpus().value;
  if (!known) return nothing;
  return html`<section class="card gpus" aria-label="Memory">
    ${meter(1 - known.available_mb / known.memory_mb, `Memory ${mb(known.memory_mb - known.available_mb)} of ${mb(known.memory_mb)}`)}
    ${known.gpus.map(gpu => meter(gpu.used_mb / gpu.total_mb, `${gpu.name} ${mb(gpu.used_mb)} of ${mb(gpu.total_mb)}${gpu.utilization == null ? '' : ` · ${gpu.utilization} % busy`}`))}
    ${known.shares.length ? html`<p class="minor">${known.shares.map(share => `${share.slot} ${share.measured ? '' : 'about '}${mb(share.mb)}`).join(' · ')}</p>` : nothing}
    ${known.mode ? html`<p class="minor">The GPU is ${known.mode === 'img' ? 'drawing' : 'writing'}${known.pinned ? ', and kept so' : ''}.</p>` : nothing}
  </section>`;
}
