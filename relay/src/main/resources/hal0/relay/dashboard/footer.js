// One line under every page: the event stream, the machine, and which slot serves what.
import {html, nothing} from './lib/lit-html.js';
import {link, retryNow} from './core/events.js';
import {ago, mb} from './core/format.js';
import {use} from './core/store.js';
import {dialog} from './parts/dialog.js';
import {meter} from './parts/chart.js';
import {fault, skeleton, state} from './parts/states.js';

const WORDS = {connecting: 'Connecting', live: 'Live', lost: 'No answer', paused: 'Paused'};
const TONES = {connecting: 'busy', live: 'good', lost: 'bad', paused: 'off'};

const hardware = () => use('/api/hardware', {every: 15_000});
const capabilities = () => use('/api/capabilities', {on: ['slot.', 'config.', 'model.']});
const profiles = () => use('/api/profiles', {on: ['config.', 'profile.']});

export function footer() {
  const known = link.state === 'live';
  const machine = hardware().value;
  const serving = (capabilities().value ?? []).filter(({defined}) => defined);
  return html`<footer class="foot" aria-label="State of the relay">
    <button type="button" class="bare" @click=${retryNow} title="The stream of events, ${ago(link.since)}">${state(link.state, TONES[link.state], WORDS[link.state])}</button>
    <button type="button" class="bare machine" @click=${details}>
      ${machine ? html`<span class=${known ? '' : 'unknown'}>Memory ${mb(machine.memory_mb - machine.available_mb)} of ${mb(machine.memory_mb)}</span>
      ${machine.gpus.map(gpu => html`<span class="less1">GPU ${gpu.index} ${mb(gpu.used_mb)} of ${mb(gpu.total_mb)}${gpu.utilization == null ? '' : `, ${gpu.utilization} %`}</span>`)}
      ${machine.gpus.length ? nothing : html`<span class="less1">No GPU</span>`}` : 'Machine'}
      <span class="less1">${serving.length ? serving.map(each => `${each.capability} → ${each.slot}`).join(', ') : 'No slot serves a capability'}</span>
      <span class="less2">${(profiles().value ?? []).length} profiles</span>
    </button>
  </footer>`;
}

function details() {
  dialog({
    title: 'This relay',
    kind: 'sheet',
    view: () => html`${machineView(hardware())}${servingView(capabilities())}${profilesView(profiles())}`,
  });
}

function part(entry, title, view) {
  return html`<section><h3>${title}</h3>${entry.value ? view(entry.value) : entry.error ? fault(entry.error) : skeleton(2)}</section>`;
}

const machineView = entry => part(entry, 'Machine', machine => html`
  <p>${machine.cpu}, ${machine.cores} cores</p>
  ${meter(1 - machine.available_mb / machine.memory_mb, `Memory: ${mb(machine.memory_mb - machine.available_mb)} of ${mb(machine.memory_mb)}`)}
  ${machine.gpus.map(gpu => meter(gpu.used_mb / gpu.total_mb, `${gpu.name}: ${mb(gpu.used_mb)} of ${mb(gpu.total_mb)}${gpu.temperature == null ? '' : `, ${gpu.temperature} °C`}`))}
  ${machine.gpu_processes.map(each => html`<p class="minor">${each.name} (${each.pid}) has ${mb(each.used_mb)} of GPU ${each.gpu}</p>`)}
  ${machine.notes.map(note => html`<p class="minor">${note}</p>`)}`);

const servingView = entry => part(entry, 'Which slot serves what', rows => html`<dl class="facts">
  ${rows.map(each => html`<div><dt>${each.capability}</dt><dd>${each.defined ? html`${each.slot}${each.model ? html` <span class="minor">${each.model}</span>` : nothing}` : html`<span class="minor">no slot “${each.slot}”</span>`}</dd></div>`)}</dl>`);

const profilesView = entry => part(entry, 'Profiles', rows => html`<dl class="facts">
  ${rows.map(each => html`<div><dt>${each.name}</dt><dd class="minor">${each.devices?.join(', ')}${each.built_in ? '' : ` · ${each.source}`}</dd></div>`)}</dl>`);
