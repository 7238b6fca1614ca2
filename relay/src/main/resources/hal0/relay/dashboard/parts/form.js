// Forms from descriptions of their fields; what the relay refuses is said beside the field.
import {html, nothing} from '../lib/lit-html.js';
import {live} from '../lib/directives/live.js';
import {draw} from '../core/draw.js';
import {dialog} from './dialog.js';
import {fault} from './states.js';

let ids = 0;

/**
 * Asks for values in a dialog and gives them to `run`; stays open, with the error, where that fails.
 *
 * `fields(values)` are `{name, label, type, hint, options, placeholder, required}`; `type` is text
 * (default), password, number, select, check, area or list (one a line, an array). A `settled` one
 * always has a value, an empty one too.
 */
export function ask({title, intro, fields, values = {}, submit, run}) {
  const form = newForm(fields, values, run);
  dialog({title, view: close => html`${intro ? html`<p class="intro">${intro}</p>` : nothing}${form.view({submit, close})}`});
}

/** The same for a place in a page: `view({submit})` draws it. */
export function newForm(fields, values, run) {
  const id = `form${++ids}`;
  const own = {values: {...values}, busy: false, error: null};
  const described = () => (typeof fields === 'function' ? fields(own.values) : fields);
  own.change = (name, value) => {
    own.values[name] = value;
    draw();
  };
  own.view = ({submit, close}) => html`<form novalidate @submit=${event => {
    event.preventDefault();
    send(own, described(), run, close);
  }}>
    ${described().map(field => control(id, field, own))}
    ${own.error ? fault({...own.error, message: own.error.message, details: {hint: own.error.details?.hint, fields: unplaced(own.error, described())}}) : nothing}
    <footer>
      ${close ? html`<button type="button" @click=${close}>Cancel</button>` : nothing}
      <button class="primary" ?disabled=${own.busy}>${own.busy ? 'Working…' : submit}</button>
    </footer>
  </form>`;
  return own;
}

async function send(own, fields, run, close) {
  const wanting = fields.filter(field => field.required && !String(own.values[field.name] ?? '').trim());
  if (wanting.length) {
    own.error = {
      code: 'form.incomplete',
      message: 'Something is missing.',
      details: {fields: wanting.map(({name}) => ({loc: name, msg: 'This is needed.'}))},
    };
    draw();
    return;
  }
  own.busy = true;
  own.error = null;
  draw();
  try {
    await run(typed(fields, own.values));
    close?.();
  } catch (error) {
    if (!error.code) throw error;
    own.error = error;
  } finally {
    own.busy = false;
    draw();
  }
}

/** What is empty is not sent. */
function typed(fields, values) {
  const sent = {};
  for (const {name, type} of fields) {
    const value = values[name];
    if (value === undefined || value === null || value === '') continue;
    if (type === 'number') sent[name] = Number(value);
    else if (type === 'list') sent[name] = String(value).split('\n').map(line => line.trim()).filter(Boolean);
    else sent[name] = value;
  }
  return sent;
}

const complaint = (error, name) => (error?.details?.fields ?? [])
  .filter(({loc}) => loc === name || loc.endsWith('.' + name)).map(({msg}) => msg).join('; ');

const unplaced = (error, fields) => (error.details?.fields ?? [])
  .filter(({loc}) => !fields.some(({name}) => loc === name || loc.endsWith('.' + name)));

function control(form, field, own) {
  const id = `${form}-${field.name}`;
  const wrong = complaint(own.error, field.name);
  const described = `${field.hint ? id + '-hint' : ''} ${wrong ? id + '-fault' : ''}`.trim();
  const parts = {id, field, own, wrong, described, value: own.values[field.name]};
  const hint = field.hint ? html`<p class="hint" id="${id}-hint">${field.hint}</p>` : nothing;
  const told = wrong ? html`<p class="fault" id="${id}-fault">${wrong}</p>` : nothing;
  if (field.type === 'check') {
    return html`<div class="field check">${input(parts)}<label for=${id}>${field.label}</label>${hint}${told}</div>`;
  }
  return html`<div class="field"><label for=${id}>${field.label}${field.required || field.settled ? nothing : html` <span class="optional">optional</span>`}</label>${input(parts)}${hint}${told}</div>`;
}

function input({id, field, own, wrong, described, value}) {
  const set = event => own.change(field.name, event.target.value);
  const invalid = wrong ? 'true' : 'false';
  const about = described || nothing;
  switch (field.type) {
    case 'select':
      return html`<select id=${id} aria-invalid=${invalid} aria-describedby=${about} @change=${set}>
        ${field.options.map(option => {
          const {value: own_, label} = typeof option === 'string' ? {value: option, label: option} : option;
          return html`<option value=${own_} ?selected=${own_ === (value ?? '')}>${label}</option>`;
        })}</select>`;
    case 'check':
      return html`<input id=${id} type="checkbox" .checked=${live(Boolean(value))} aria-describedby=${about}
        @change=${event => own.change(field.name, event.target.checked)}>`;
    case 'area':
    case 'list':
      return html`<textarea id=${id} rows=${field.rows ?? 3} placeholder=${field.placeholder ?? ''} aria-invalid=${invalid}
        aria-describedby=${about} .value=${live(value ?? '')} @input=${set}></textarea>`;
    default:
      return html`<input id=${id} type=${field.type ?? 'text'} .value=${live(String(value ?? ''))} placeholder=${field.placeholder ?? ''}
        list=${field.suggest ? id + '-list' : nothing} autocomplete=${field.type === 'password' ? 'new-password' : 'off'}
        spellcheck="false" aria-invalid=${invalid} aria-describedby=${about} @input=${set}>
        ${field.suggest ? html`<datalist id="${id}-list">${field.suggest.map(each => html`<option value=${each}></option>`)}</datalist>` : nothing}`;
  }
}
