// One slot: its state, what it does, what its server writes, and what would start it.
import {html, nothing} from '../lib/lit-html.js';
import {del, part, post} from '../core/api.js';
import {draw} from '../core/draw.js';
import {go, here, route} from '../core/router.js';
import {refresh, use} from '../core/store.js';
import {compact, count, mb} from '../core/format.js';
import {confirm, sheet} from '../parts/dialog.js';
import {liveLines} from '../parts/lines.js';
import {ready, since, state} from '../parts/states.js';
import {attempt, toast} from '../parts/toast.js';
import {editSlot, swapModel} from './slot-forms.js';

const logs = liveLines();
let opened = false;

export function slotSheet(list) {
  const name = route.query.get('slot');
  if (!name) {
    logs.stop();
    opened = false;
    return nothing;
  }
  const close = () => go(here({slot: null}));
  const slot = list.find(each => each.name === name);
  if (!slot) return sheet({title: name, close, body: html`<p>There is no slot “${name}”.</p>`});
  return sheet({title: name, close, body: body(slot, close)});
}

function body(slot, close) {
  const path = `/api/slots/${part(slot.name)}`;
  logs.follow(`${path}/logs/stream?lines=200`);
  const order = (what, said) => async () => {
    await attempt(() => post(`${path}/${what}`), said);
    await refresh('/api/slots');
  };
  const down = slot.state === 'offline' || slot.state === 'error';
  return html`
    <p>${state(slot.state)} <span class="minor">${since(slot.updated_at)}</span></p>
    ${slot.message ? html`<p class=${slot.state === 'error' ? 'fault' : 'minor'}>${slot.message}</p>` : nothing}
    <div class="actions">
      ${down ? html`<button type="button" class="primary" @click=${order('load', `${slot.name} is being loaded`)}>Load</button>`
        : html`<button type="button" class="quiet" @click=${order('unload', `${slot.name} is being unloaded`)}>Unload</button>
        <button type="button" class="quiet" @click=${order('restart', `${slot.name} is started anew`)}>Restart</button>`}
      <button type="button" class="quiet" @click=${() => swapModel(slot)}>Swap model</button>
      <button type="button" class="quiet" @click=${() => editSlot(slot)}>Edit</button>
    </div>
    <dl class="facts">
      <div><dt>Model</dt><dd>${slot.model ?? html`<span class="minor">none loaded</span>`}</dd></div>
      <div><dt>Default model</dt><dd>${slot.default_model ?? '–'}</dd></div>
      <div><dt>Serves</dt><dd>${slot.type}</dd></div>
      <div><dt>Other names</dt><dd>${slot.aliases.join(', ') || '–'}</dd></div>
      <div><dt>Runs as</dt><dd>${slot.runtime} on ${slot.device}</dd></div>
      <div><dt>Address</dt><dd class="mono">${slot.endpoint ?? '–'}</dd></div>
      ${numbers(use(`${path}/metrics`, {on: ['request.finished', 'slot.'], every: 5000}))}
    </dl>
    <details @toggle=${event => { opened = event.target.open; draw(); }}><summary>What starts it</summary>${opened ? ready(use(`${path}/resolved`, {on: ['slot.', 'config.']}), resolved) : nothing}</details>
    <section><h3>What its server writes</h3>${logs.view('It has written nothing yet.')}</section>
    <footer><button type="button" class="danger" @click=${() => confirm({
      title: `Delete ${slot.name}?`, text: 'What runs is drained and ended, and its definition is taken away. Model files stay.', action: 'Delete',
      run: async () => {
        await del(path);
        toast(`${slot.name} is deleted`);
        close();
        await refresh('/api/slots');
      }})}>Delete slot</button></footer>`;
}

function numbers({value}) {
  if (!value) return nothing;
  return html`<div><dt>Requests</dt><dd>${count(value.requests)}${value.failed ? `, ${count(value.failed)} failed` : ''} · ${count(value.in_flight)} now${value.waiting ? `, ${count(value.waiting)} waiting` : ''}</dd></div>
    <div><dt>Tokens</dt><dd>${compact(value.input_tokens)} in, ${compact(value.output_tokens)} out</dd></div>
    <div><dt>Memory</dt><dd>${mb(value.memory_mb)}</dd></div>`;
}

const resolved = told => html`${told.differs ? html`<p class="fault">What runs was started in another way: restart it to change that.</p>` : nothing}
  <pre class="command">${[told.image ?? '', ...told.argv.map(({text}) => text)].filter(Boolean).join(' ')}</pre>`;
