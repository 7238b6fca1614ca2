// Dialogs: the browser's own, which keep the focus and close with Esc.
import {html, nothing} from '../lib/lit-html.js';
import {repeat} from '../lib/directives/repeat.js';
import {afterDraw, draw} from '../core/draw.js';
import {icon} from './icons.js';
import {fault} from './states.js';

const stack = [];
let ids = 0;

/** Shows what `view(close)` returns over everything; `close` takes it away again. */
export function dialog({title, view, kind = 'box'}) {
  const own = {id: ++ids, title, view, kind};
  own.close = () => {
    const at = stack.indexOf(own);
    if (at >= 0) stack.splice(at, 1);
    draw();
  };
  stack.push(own);
  draw();
  return own.close;
}

/** All dialogs that are open. */
export const dialogs = () => repeat(stack, own => own.id, own => frame(own.title, own.kind, own.close, own.view(own.close)));

/** A page's own details, at the side of the screen. */
export const sheet = ({title, close, body}) => frame(title, 'sheet', close, body);

function frame(title, kind, close, body) {
  return html`<dialog class=${kind} data-modal aria-label=${title}
      @cancel=${event => { event.preventDefault(); close(); }}
      @click=${event => event.target.tagName === 'DIALOG' && isOutside(event) && close()}>
    <header><h2>${title}</h2><button type="button" class="bare" aria-label="Close" @click=${close}>${icon('close')}</button></header>
    <div class="dialog-body">${body}</div>
  </dialog>`;
}

function isOutside({target, clientX, clientY}) {
  const {left, right, top, bottom} = target.getBoundingClientRect();
  return clientX < left || clientX > right || clientY < top || clientY > bottom;
}

// A dialog that was drawn is opened, and where it was opened from has the focus again afterwards.
let openers = [];
afterDraw(() => {
  openers = openers.filter(({element, from}) => {
    if (element.isConnected) return true;
    if (from?.isConnected) from.focus();
    return false;
  });
  for (const element of document.querySelectorAll('dialog[data-modal]:not([open])')) {
    openers.push({element, from: document.activeElement});
    element.showModal();
    (element.querySelector('[autofocus]') ?? element.querySelector('.dialog-body :is(input, select, textarea, button:not(.bare))'))?.focus();
  }
});

/** Asks once before something that cannot be undone; `run` does it, and its error stays in sight. */
export function confirm({title, text, action, run}) {
  let busy = false;
  let error = null;
  dialog({
    title,
    view: close => html`<p>${text}</p>${error ? fault(error) : nothing}
      <footer>
        <button type="button" @click=${close}>Cancel</button>
        <button type="button" class="danger" ?disabled=${busy} @click=${async () => {
          busy = true;
          draw();
          try {
            await run();
            close();
          } catch (refused) {
            error = refused;
          }
          busy = false;
          draw();
        }}>${busy ? 'Working…' : action}</button>
      </footer>`,
  });
}
