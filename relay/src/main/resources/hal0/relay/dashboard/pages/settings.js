// Every key of config.toml: what it is, where that was said, and whether a change waits for a restart.
import {html, nothing} from '../lib/lit-html.js';
import {post, put} from '../core/api.js';
import {refresh, use} from '../core/store.js';
import {ask} from '../parts/form.js';
import {ready} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';
import {attempt, toast} from '../parts/toast.js';

const search = {text: ''};

const schema = () => use('/api/settings/schema').value;

export const tools = () => html`${filter(search, 'Filter settings')}
  <button type="button" @click=${reload}>Reload files</button>`;

export const view = () => ready(use('/api/settings', {on: ['config.', 'provider.']}), list => {
  const groups = Map.groupBy ? Map.groupBy(list.filter(kept), area) : grouped(list.filter(kept));
  return html`${problems()}
    ${[...groups].map(([name, rows]) => html`<section><h2>${name}</h2>${section(name, rows)}</section>`)}
    ${groups.size ? nothing : html`<p class="minor">No key has “${search.text}” in it.</p>`}`;
}, {lines: 10});

const kept = each => matches(search, each.key, each.value, note(each.key) ?? '');
const area = each => each.key.split('.')[0];

function grouped(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(area(row), [...(groups.get(area(row)) ?? []), row]);
  return groups;
}

/** What the schema says of a key: any name fits where it allows any. */
function note(key) {
  let at = schema();
  for (const name of key.split('.')) {
    at = at?.properties?.[name] ?? (typeof at?.additionalProperties === 'object' ? at.additionalProperties : undefined) ?? at?.items?.properties?.[name];
  }
  return at?.description;
}

const section = (name, rows) => table({
  id: `settings-${name}`, label: `Settings of ${name}`, rows, key: row => row.key,
  columns: [
    {name: 'Key', cell: row => html`<span class="model">${broken(row.key)}</span>${note(row.key) ? html`<p class="minor note-line">${note(row.key)}</p>` : nothing}`},
    {name: 'Value', cell: value},
    {name: 'Said in', less: 1, cell: row => html`<span class="minor mono">${row.source}</span>`},
    {name: 'Applies', less: 1, cell: row => (row.applies === 'live' ? html`<span class="minor">at once</span>` : 'at a restart')},
    {name: '', cell: row => html`<button type="button" class="quiet" aria-label="Change ${row.key}" @click=${() => change(row)}>Change</button>`},
  ],
});

const value = row => {
  const shown = row.value === '' ? html`<span class="minor">not set</span>` : html`<code>${said(row)}</code>`;
  return row.source === 'default' ? html`<span class="minor">${shown}</span>` : html`<b>${shown}</b>`;
};

/** A long key may be broken where its names end. */
const broken = key => key.split(/(?<=[._])/).map(piece => html`${piece}<wbr>`);

/** A text stands there without its quotes. */
const said = row => (/^".*"$/.test(row.value) && row.value !== '""' ? row.value.slice(1, -1) : row.value);

/** A value as the relay writes it, for a field of a form. */
function plain(row) {
  if (row.form === 'secret' || row.value === '') return '';
  try {
    const parsed = JSON.parse(row.value);
    return Array.isArray(parsed) ? parsed.join('\n') : parsed;
  } catch {
    return row.value;
  }
}

function change(row) {
  const limits = [row.min == null ? '' : `at least ${row.min}`, row.max == null || row.max > 1e15 ? '' : `at most ${row.max}`].filter(Boolean).join(', ');
  const field = {
    flag: {type: 'check'}, whole: {type: 'number'}, number: {type: 'number'}, secret: {type: 'password'},
    choice: {type: 'select', options: row.choices ?? []}, texts: {type: 'list'}, numbers: {type: 'list'},
  }[row.form] ?? {};
  ask({
    title: row.key,
    intro: [note(row.key), row.applies === 'live' ? 'It applies at once.' : 'It applies when the relay is started anew.'].filter(Boolean).join(' '),
    values: {value: plain(row)},
    fields: [{name: 'value', label: 'Value', hint: [limits, row.default === '' ? '' : `${row.default} by default; leave it empty for that.`].filter(Boolean).join('; '), ...field}],
    submit: 'Save',
    run: async ({value: wish}) => {
      const sent = row.form === 'numbers' && wish ? wish.map(Number) : row.form === 'flag' ? Boolean(wish) : wish ?? null;
      await put('/api/settings', {values: {[row.key]: sent}});
      toast(row.applies === 'live' ? `${row.key} holds now` : `${row.key} holds from the next start on`);
      await refresh('/api/settings');
    },
  });
}

function problems() {
  const check = use('/api/health/system', {on: ['config.', 'system.']}).value?.checks.find(({name}) => name === 'configuration');
  return check && !check.ok ? html`<div class="fault-box" role="alert"><p>${check.message}</p><p>Put it right in the file and reload.</p></div>` : nothing;
}

async function reload() {
  const told = await attempt(() => post('/api/reload'));
  if (!told) return;
  if (told.problems.length) toast(told.problems.join('; '), 'bad');
  else toast(told.applied.length ? `Read anew: ${told.applied.join(', ')}` : 'Nothing has changed');
  await refresh('/api/settings');
}
