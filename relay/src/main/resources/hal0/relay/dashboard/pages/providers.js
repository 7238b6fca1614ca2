// Who answers from elsewhere: which there are, whether they can be used, and what goes wrong.
import {html, nothing} from '../lib/lit-html.js';
import {part, patch, del} from '../core/api.js';
import {go, here, route} from '../core/router.js';
import {refresh, use} from '../core/store.js';
import {count, duration} from '../core/format.js';
import {confirm, sheet} from '../parts/dialog.js';
import {icon} from '../parts/icons.js';
import {empty, ready, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';
import {attempt} from '../parts/toast.js';
import {addProvider, setCredential} from './provider-forms.js';
import {runTest, standing, testOf} from './provider-state.js';

const search = {text: ''};

const all = () => use('/api/upstreams', {on: ['provider.', 'breaker.', 'system.upstream', 'config.'], every: 60_000});
const catalog = () => use('/api/providers/catalog');

export const tools = () => html`${filter(search, 'Filter providers')}
  <button type="button" class="primary" @click=${() => addProvider(catalog().value ?? [], all().value ?? [])}>${icon('plus')}Add provider</button>`;

/** One of hal0's own that nobody gave a key, or that nobody runs here, is an offer and no provider. */
const isWired = each => each.source !== 'preset' || (each.auth_configured && each.key_state !== 'NOT_NEEDED');

export function view() {
  catalog();
  return html`${ready(all(), list => {
    const found = list.filter(each => each.kind === 'remote' && matches(search, each.name, each.url, each.protocol));
    const wired = found.filter(isWired);
    const offered = found.filter(each => !isWired(each));
    return html`
      ${wired.length ? providers(wired) : search.text ? nothing : empty({
        title: 'No provider yet',
        text: 'Choose one of those below and give it its key, or add any server that speaks one of the four protocols.',
        action: html`<button type="button" class="primary" @click=${() => addProvider(catalog().value ?? [], list)}>${icon('plus')}Add provider</button>`})}
      ${offered.length ? html`<section class="offers"><h2>Known to hal0</h2><p class="minor">They need nothing but a key; those of this machine not even that.</p>
        <ul class="grid">${offered.map(offer)}</ul></section>` : nothing}
      ${found.length ? nothing : html`<p class="minor">Nothing has “${search.text}” in it.</p>`}
      ${detail(list)}`;
  })}`;
}

const providers = rows => table({
  id: 'providers', label: 'Providers', rows, key: row => row.name, href: row => here({provider: row.name}),
  columns: [
    {name: 'Provider', cell: row => html`<b>${row.name}</b>`, sort: row => row.name},
    {name: 'State', cell: row => stateOf(row), sort: row => standing(row).word},
    {name: 'Address', wide: true, less: 1, cell: row => html`<span class="minor mono">${row.url}</span>`, sort: row => row.url},
    {name: 'Protocol', less: 2, cell: row => row.protocol.replace('-compatible', ''), sort: row => row.protocol},
    {name: 'Models', num: true, less: 1, cell: row => count(row.models_count), sort: row => row.models_count ?? -1},
    {name: '', cell: row => testButton(row)},
  ],
});

function stateOf(row) {
  const {tone, word} = standing(row);
  return state(word, tone);
}

function testButton(row) {
  const test = testOf(row.name);
  return html`<button type="button" class="quiet" ?disabled=${test?.running} aria-label="Test ${row.name}" @click=${() => runTest(row.name)}>${test?.running ? 'Testing…' : 'Test'}</button>`;
}

const offer = each => html`<li><div><a data-row href=${here({provider: each.name})}>${each.name}</a><p class="minor mono">${each.url}</p></div>
  ${each.auth_value_env.length
    ? html`<button type="button" class="quiet" aria-label="Set key of ${each.name}" @click=${() => setCredential(each)}>Set key</button>`
    : testButton(each)}${testOf(each.name)?.running === false ? stateOf(each) : nothing}</li>`;

function detail(list) {
  const name = route.query.get('provider');
  if (!name) return nothing;
  const close = () => go(here({provider: null}));
  const found = list.find(each => each.name === name);
  if (!found) return sheet({title: name, close, body: html`<p>There is no provider “${name}”.</p>`});
  return sheet({title: name, close, body: body(found, close)});
}

function body(each, close) {
  const test = testOf(each.name);
  return html`
    <p>${stateOf(each)}</p>
    ${each.last_error ? html`<p class="fault">${each.last_error}</p>` : nothing}
    <div class="actions">
      ${testButton(each)}
      ${each.auth_value_env.length ? html`<button type="button" class="quiet" @click=${() => setCredential(each)}>${each.auth_configured ? 'Replace key' : 'Set key'}</button>` : nothing}
      <button type="button" class="quiet" @click=${() => attempt(() => change(each, {enabled: !each.enabled}), each.enabled ? `${each.name} is not used any more` : `${each.name} is used again`)}>${each.enabled ? 'Disable' : 'Enable'}</button>
    </div>
    ${test && !test.running ? result(test) : nothing}
    <dl class="facts">
      <div><dt>Address</dt><dd class="mono">${each.url}</dd></div>
      <div><dt>Protocol</dt><dd>${each.protocol}</dd></div>
      <div><dt>Key</dt><dd>${each.auth_value_env.length ? html`${each.auth_value_env.map(name => html`<code>${name}</code> `)} ${state(each.auth_configured ? 'set' : 'not set', each.auth_configured ? 'good' : 'off')}` : 'none needed'}</dd></div>
      <div><dt>Models known</dt><dd>${count(each.models_count)}</dd></div>
      <div><dt>Listed in /v1/models</dt><dd>${each.advertise_models ? 'yes' : 'no'}</dd></div>
      <div><dt>Breaker</dt><dd>${each.breaker}</dd></div>
      <div><dt>Defined in</dt><dd><code>${each.source}</code></dd></div>
    </dl>
    ${models(each)}
    ${each.source.startsWith('upstreams.toml') ? html`<footer><button type="button" class="danger" @click=${() => confirm({
      title: `Delete ${each.name}?`, text: 'It is taken out of upstreams.toml. Its key stays in api.env.', action: 'Delete',
      run: async () => {
        await del(`/api/upstreams/${part(each.name)}`);
        close();
        await refresh('/api/upstreams');
      }})}>Delete provider</button></footer>` : nothing}`;
}

function result(test) {
  const said = test.ok
    ? `It answered ${test.status ?? ''} in ${duration(test.latency_ms)}${test.models_count == null ? '' : ` with ${count(test.models_count)} models`}.`
    : test.error ?? 'It did not answer.';
  return html`<p class=${test.ok ? 'good-box' : 'fault-box'} role="status">${said}</p>`;
}

async function change(each, changes) {
  await patch(`/api/upstreams/${part(each.name)}`, changes);
  await refresh('/api/upstreams');
}

function models(each) {
  if (each.models_count == null) return nothing;
  return html`<section><h3>Models</h3>${ready(use(`/api/providers/${part(each.name)}/models`), ({data}) => html`<ul class="lines">
    ${data.slice(0, 200).map(({id}) => html`<li><a href="/chat?model=${encodeURIComponent(`${each.name}/${id}`)}">${id}</a></li>`)}
    ${data.length > 200 ? html`<li class="minor">and ${count(data.length - 200)} more</li>` : nothing}</ul>`)}</section>`;
}
