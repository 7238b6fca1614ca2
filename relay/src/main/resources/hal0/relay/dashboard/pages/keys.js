// Keys of the relay's own: who may ask, how much, and who may change things.
import {html, nothing} from '../lib/lit-html.js';
import {del, get, part, post, whileSigningIn} from '../core/api.js';
import {draw} from '../core/draw.js';
import {refresh, use} from '../core/store.js';
import {count, money} from '../core/format.js';
import {begin} from '../shell.js';
import {confirm, dialog} from '../parts/dialog.js';
import {ask} from '../parts/form.js';
import {icon} from '../parts/icons.js';
import {empty, ready, since, state} from '../parts/states.js';
import {filter, matches, table} from '../parts/table.js';
import {toast} from '../parts/toast.js';

const search = {text: ''};
const SCOPES = [
  {value: 'client', label: 'client: asks models'},
  {value: 'agent', label: 'agent: and uses the tools of MCP'},
  {value: 'admin', label: 'admin: and changes everything, this page included'},
];

const all = () => use('/api/keys', {on: ['key.'], every: 60_000});
const working = list => list.filter(each => !each.revoked_at && !each.launch);

export const tools = () => html`${filter(search, 'Filter keys')}
  <button type="button" class="primary" ?disabled=${!all().value} @click=${() => create(all().value)}>${icon('plus')}Create key</button>`;

export const view = () => ready(all(), list => {
  if (!list.length) {
    return empty({
      title: 'No key yet',
      text: 'Until there is one, every program on this machine may ask the relay. The first one has to be an admin key: from then on this page needs it.',
      action: html`<button type="button" class="primary" @click=${() => create(list)}>${icon('plus')}Create the admin key</button>`,
    });
  }
  return table({
    id: 'keys', label: 'Keys', key: row => row.id, rows: list.filter(each => matches(search, each.name, each.scope, each.hint)),
    columns: [
      {name: 'Name', cell: row => html`<b>${row.name}</b>${row.launch ? html` <span class="minor">of a launch</span>` : nothing}`, sort: row => row.name},
      {name: 'Key', less: 1, cell: row => html`<span class="mono minor">${row.hint}</span>`},
      {name: 'Scope', cell: row => row.scope, sort: row => row.scope},
      {name: 'State', cell: row => (row.revoked_at ? state('revoked', 'off') : row.last_used_at ? state('used', 'good') : state('never used', 'off'))},
      {name: 'Spent', num: true, less: 1, cell: row => html`${money(row.spent_usd)}${row.budget_usd ? html` <span class="minor">of ${money(row.budget_usd)}</span>` : nothing}`, sort: row => Number(row.spent_usd ?? 0)},
      {name: 'Limits', less: 2, cell: limits},
      {name: 'Last used', less: 1, cell: row => (row.last_used_at ? since(row.last_used_at) : '–'), sort: row => row.last_used_at ?? ''},
      {name: '', cell: row => (row.revoked_at ? forgetButton(row) : revokeButton(row, list))},
    ],
  });
});

const limits = row => html`<span class="minor">${[
  row.rpm ? `${count(row.rpm)} requests/min` : '', row.tpm ? `${count(row.tpm)} tokens/min` : '',
  row.models?.length ? row.models.join(', ') : ''].filter(Boolean).join(' · ') || 'none'}</span>`;

function revokeButton(row, list) {
  const last = row.scope === 'admin' && working(list).filter(({scope}) => scope === 'admin').length === 1;
  return html`<button type="button" class="quiet" aria-label="Revoke ${row.name}" @click=${() => confirm({
    title: `Revoke ${row.name}?`,
    text: last ? 'It is the last admin key: without it this page can only be used after hal0 keys create in a terminal.' : 'Whoever uses it is refused from the next request on. It cannot be made valid again.',
    action: 'Revoke',
    run: async () => {
      await del(`/api/keys/${part(row.id)}`);
      toast(`${row.name} is revoked`);
      await refresh('/api/keys');
    }})}>Revoke</button>`;
}

const forgetButton = row => html`<button type="button" class="quiet" aria-label="Forget ${row.name}" @click=${() => confirm({
  title: `Forget ${row.name}?`, text: 'It is taken out of this list. What it spent stays in the ledger.', action: 'Forget',
  run: async () => {
    await del(`/api/keys/${part(row.id)}?forget=true`);
    await refresh('/api/keys');
  }})}>Forget</button>`;

function create(list) {
  const first = !working(list).length;
  ask({
    title: first ? 'Create the admin key' : 'Create key',
    intro: first ? 'From now on the relay wants a key from everyone; this page is signed in with this one.' : undefined,
    values: {name: first ? 'owner' : '', scope: first ? 'admin' : 'client'},
    fields: [
      {name: 'name', label: 'Name', required: true, placeholder: 'phone', hint: 'Letters, digits, and - _ . @; reports are by it.'},
      ...(first ? [] : [
        {name: 'scope', label: 'Scope', type: 'select', options: SCOPES, required: true},
        {name: 'budget_usd', label: 'Budget in US dollars', type: 'number', hint: 'What it may spend in all.'},
        {name: 'rpm', label: 'Requests a minute', type: 'number'},
        {name: 'tpm', label: 'Tokens a minute', type: 'number'},
        {name: 'models', label: 'Models', type: 'list', placeholder: 'openai/gpt-*', hint: 'One a line, * stands for anything; all if left empty.'},
      ]),
    ],
    submit: 'Create',
    run: async values => {
      const made = first ? await whileSigningIn(() => createAdmin(values)) : await post('/api/keys', values);
      shownOnce(made);
      await refresh('/api/keys');
    },
  });
}

/**
 * The relay asks for a key from here on: this page shows the one it just got. Where that fails, the
 * page of who is not known comes by itself, and takes the same key.
 */
async function createAdmin(values) {
  const made = await post('/api/keys', {...values, scope: 'admin'});
  await post('/api/login', {key: made.key}).catch(() => null);
  begin(await get('/api/session').catch(() => ({})));
  return made;
}

function shownOnce(made) {
  let copied = false;
  dialog({
    title: `Key ${made.name}`,
    view: close => html`<p>Copy it now: it is shown this once.</p>
      <div class="secret"><code>${made.key}</code><button type="button" class="quiet" autofocus @click=${async () => {
        await navigator.clipboard?.writeText(made.key).then(() => { copied = true; }, () => toast('The browser did not allow it: select and copy it by hand', 'bad'));
        draw();
      }}>${icon('copy')}${copied ? 'Copied' : 'Copy'}</button></div>
      <p class="minor">As <code>Authorization: Bearer</code>, <code>x-api-key</code> or <code>x-goog-api-key</code>, to this relay’s address.</p>
      <footer><button type="button" class="primary" @click=${close}>Done</button></footer>`,
  });
}
