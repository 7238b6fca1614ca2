// The models of this machine: what is in the registry, what is being fetched, what it takes.
import {html, nothing} from '../lib/lit-html.js';
import {del, get, part, post} from '../core/api.js';
import {go, here, route} from '../core/router.js';
import {refresh, use} from '../core/store.js';
import {bytes, count, duration, mb} from '../core/format.js';
import {confirm, sheet} from '../parts/dialog.js';
import {ask} from '../parts/form.js';
import {icon} from '../parts/icons.js';
import {meter} from '../parts/chart.js';
import {empty, ready, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';
import {attempt, toast} from '../parts/toast.js';
import {createSlot} from './slot-forms.js';

const search = {text: ''};
const RUNNING = new Set(['resolving', 'checking', 'downloading']);

const all = () => use('/api/models', {on: ['model.', 'config.', 'slot.', 'pull.'], every: 30_000});

function pulls() {
  // Progress is no event: it is asked for, and often only while there is some.
  const entry = use('/api/models/pull', {on: ['model.', 'pull.'], every: 1000});
  if (!(entry.value ?? []).some(({state: word}) => RUNNING.has(word))) entry.every = 10_000;
  return entry;
}

export const tools = () => html`${filter(search, 'Filter models')}
  <button type="button" @click=${() => register()}>Add a file</button>
  <button type="button" class="primary" @click=${pull}>${icon('plus')}Pull model</button>`;

export const view = () => html`
  ${pulling()}
  ${ready(all(), list => html`
    ${list.length ? models(list.filter(each => matches(search, each.id, each.ref ?? '', each.state, each.file?.architecture ?? ''))) : empty({
      title: 'No model yet',
      text: 'Pull one from Hugging Face or any address, or name a file that is here already. Then a slot can be loaded with it.',
      action: html`<button type="button" class="primary" @click=${pull}>${icon('plus')}Pull model</button>`})}
    ${detail(list)}`)}`;

function pulling() {
  const known = (pulls().value ?? []).filter(each => RUNNING.has(each.state) || recent(each));
  if (!known.length) return nothing;
  return html`<section class="card" aria-label="Pulls"><header><h2>Pulls</h2></header>${known.map(progress)}</section>`;
}

const recent = each => each.ended_at && Date.now() - new Date(each.ended_at) < 600_000;

function progress(each) {
  const running = RUNNING.has(each.state);
  const left = each.total && each.bytes_per_second ? duration(((each.total - each.done) / each.bytes_per_second) * 1000) : null;
  return html`<div class="pull">
    <p><b>${each.model ?? each.reference}</b> ${state(each.state)} ${each.message ? html`<span class="minor">${each.message}</span>` : nothing}</p>
    ${running ? meter(each.total ? each.done / each.total : 0, `${bytes(each.done)}${each.total ? ` of ${bytes(each.total)}` : ''} · ${bytes(each.bytes_per_second)}/s${left ? ` · ${left} left` : ''}`) : nothing}
    ${running ? html`<button type="button" class="quiet" @click=${async () => {
      await attempt(() => del(`/api/models/pull/${part(each.job)}`), 'The pull is ended; what has come stays for the next one');
      await refresh('/api/models/pull');
    }}>Stop</button>` : each.state === 'failed' ? html`<button type="button" class="quiet" @click=${() => begin({reference: each.reference})}>Try again</button>` : nothing}
  </div>`;
}

const models = rows => table({
  id: 'models', label: 'Models', rows, key: row => row.id + row.path, href: row => here({model: row.id}),
  columns: [
    {name: 'Model', wide: true, cell: row => html`<b class="model">${row.id}</b>`, sort: row => row.id},
    {name: 'State', cell: row => state(row.state.replace('_', ' '), {ready: 'good', partial: 'busy', missing: 'bad'}[row.state] ?? 'off'), sort: row => row.state},
    {name: 'Kind', less: 2, cell: row => [row.file?.architecture, row.file?.quantization].filter(Boolean).join(' ') || '–', sort: row => row.file?.architecture ?? ''},
    {name: 'Context', num: true, less: 2, cell: row => count(row.context_length), sort: row => row.context_length ?? 0},
    {name: 'Size', num: true, less: 1, cell: row => bytes(row.size_bytes), sort: row => row.size_bytes ?? 0},
    {name: 'Slots', less: 1, cell: row => row.slots.join(', ') || '–', sort: row => row.slots.join()},
  ],
});

function detail(list) {
  const id = route.query.get('model');
  if (!id) return nothing;
  const close = () => go(here({model: null}));
  const found = list.find(each => each.id === id);
  if (!found) return sheet({title: id, close, body: html`<p>There is no model “${id}”.</p>`});
  return sheet({title: id, close, body: about(found, close)});
}

function about(model, close) {
  const memory = model.file?.memory;
  return html`
    <p>${state(model.state.replace('_', ' '), {ready: 'good', partial: 'busy', missing: 'bad'}[model.state] ?? 'off')}</p>
    ${model.message ? html`<p class="minor">${model.message}</p>` : nothing}
    <div class="actions">
      ${model.ref && model.state !== 'ready' ? html`<button type="button" class="primary" @click=${() => begin({reference: model.ref, id: model.id})}>Pull</button>` : nothing}
      ${model.state === 'unregistered' ? html`<button type="button" class="quiet" @click=${() => register({path: model.path})}>Add to the registry</button>` : html`<button type="button" class="quiet" @click=${() => assign(model)}>Assign to a slot</button>`}
    </div>
    <dl class="facts">
      <div><dt>File</dt><dd class="mono">${model.path ?? '–'}</dd></div>
      <div><dt>From</dt><dd class="mono">${model.ref ?? model.upstream ?? '–'}</dd></div>
      <div><dt>Size</dt><dd>${bytes(model.size_bytes)}</dd></div>
      <div><dt>Context</dt><dd>${count(model.context_length)} tokens</dd></div>
      <div><dt>Can</dt><dd>${model.capabilities.join(', ') || '–'}</dd></div>
      <div><dt>Profile</dt><dd>${model.profile ?? '–'}</dd></div>
      <div><dt>Slots</dt><dd>${model.slots.map(name => html`<a href="/slots?slot=${encodeURIComponent(name)}">${name}</a> `)}${model.slots.length ? nothing : '–'}</dd></div>
      ${model.file ? html`<div><dt>Architecture</dt><dd>${model.file.architecture ?? '–'} ${model.file.quantization ?? ''}</dd></div>
        <div><dt>Parameters</dt><dd>${count(model.file.parameters)} in ${count(model.file.layers)} layers</dd></div>` : nothing}
      ${memory ? html`<div><dt>Memory it takes</dt><dd>about ${mb(memory.gpu_mb)} of GPU, or ${mb(memory.cpu_mb)} without one, for ${count(memory.context_size)} tokens</dd></div>` : nothing}
    </dl>
    ${model.state === 'unregistered' ? nothing : html`<footer>
      ${model.path ? html`<button type="button" class="danger" @click=${() => remove(model, true, close)}>Remove with its files</button>` : nothing}
      <button type="button" class="danger" @click=${() => remove(model, false, close)}>Remove</button></footer>`}`;
}

function remove(model, files, close) {
  confirm({
    title: `Remove ${model.id}?`,
    text: files ? 'It is taken out of models.toml, and its files are deleted where they are in the store.' : 'It is taken out of models.toml; its files stay.',
    action: 'Remove',
    run: async () => {
      await del(`/api/models/registry/${part(model.id)}?files=${files}`);
      toast(`${model.id} is removed`);
      close();
      await refresh('/api/models');
    },
  });
}

function pull() {
  ask({
    title: 'Pull model',
    fields: [
      {name: 'reference', label: 'What', required: true, placeholder: 'hf:unsloth/Qwen3-8B-GGUF:Q4_K_M', hint: 'A reference to Hugging Face, or the address of a file.'},
      {name: 'id', label: 'Name here', placeholder: 'qwen3-8b'},
      {name: 'sha256', label: 'SHA-256', hint: 'What came is refused if it is another.'},
    ],
    submit: 'Pull',
    run: begin,
  });
}

async function begin(wish) {
  const job = await post('/api/models/pull', wish);
  toast(`Pulling ${job.reference}`);
  await refresh('/api/models');
}

function register(values = {}) {
  ask({
    title: 'Add a file', values: values.path ? values : {},
    intro: 'A model file that is on this machine already; what it says of itself is read from it.',
    fields: [
      {name: 'id', label: 'Name', required: true, placeholder: 'qwen3-8b'},
      {name: 'path', label: 'File', required: true, placeholder: '/models/qwen3-8b.gguf'},
      {name: 'context_length', label: 'Context in tokens', type: 'number'},
      {name: 'profile', label: 'Profile'},
    ],
    submit: 'Add',
    run: async wish => {
      await post('/api/models/registry', wish);
      toast(`${wish.id} is in the registry`);
      await refresh('/api/models');
    },
  });
}

async function assign(model) {
  const slots = await get('/api/slots').catch(() => []);
  if (!slots.length) {
    createSlot({default: model.id});
    return;
  }
  ask({
    title: `Assign ${model.id}`,
    values: {slot: slots[0].name},
    fields: [{name: 'slot', label: 'Slot', type: 'select', required: true, options: slots.map(({name}) => name), hint: 'Its definition is changed; what runs goes on until it is loaded anew.'}],
    submit: 'Assign',
    run: async ({slot}) => {
      await post(`/api/models/registry/${part(model.id)}/assign`, {slot});
      toast(`${slot} is defined with ${model.id}`);
      await refresh('/api/models');
    },
  });
}
