// The last lines of something that goes on writing.
import {html, nothing} from '../lib/lit-html.js';
import {refusal} from '../core/api.js';
import {afterDraw, draw} from '../core/draw.js';
import {time} from '../core/format.js';
import {read} from '../core/stream.js';
import {fault} from './states.js';

const MOST = 2000;
const RETRY_MS = 2000;

/** `follow(path)` reads the events there, `{at, error, text}` each; `view` shows them. */
export function liveLines() {
  const own = {path: null, lines: [], error: null, run: null};
  own.stop = () => {
    own.path = null;
    own.run?.abort();
  };
  own.follow = path => {
    own.wanted = true;
    if (own.path === path) return;
    own.stop();
    Object.assign(own, {path, lines: [], error: null});
    open(own, path);
  };
  own.view = (nothingYet, keep = () => true) => {
    if (own.error) return fault(own.error);
    const shown = own.lines.filter(keep);
    return html`<div class="lines-box" tabindex="0" role="log" aria-label="Lines" aria-live="off">${shown.length
      ? shown.map(line => html`<p class=${line.error || line.level === 'error' ? 'err' : line.level === 'warning' ? 'warn' : ''}>${line.at ? html`<time>${time(line.at)}</time> ` : nothing}${line.text}</p>`)
      : html`<p class="minor">${nothingYet}</p>`}</div>`;
  };
  // Nobody looks at it any more: nothing is read for it.
  afterDraw(() => {
    if (own.path && !own.wanted) own.stop();
    own.wanted = false;
  });
  return own;
}

async function open(own, path) {
  own.run = new AbortController();
  const {signal} = own.run;
  try {
    const answer = await fetch(path, {signal, cache: 'no-store'});
    if (!answer.ok) throw await refusal(answer, path);
    own.lines = [];
    own.error = null;
    await read(answer, ({name, data}) => {
      if (name !== 'message' || !data) return;
      own.lines.push(JSON.parse(data));
      if (own.lines.length > MOST) own.lines.splice(0, own.lines.length - MOST);
      draw();
    });
  } catch (error) {
    if (signal.aborted) return;
    own.error = error.code ? error : null;
    draw();
    if (error.status >= 400 && error.status < 500) return;
  }
  setTimeout(() => own.path === path && open(own, path), RETRY_MS);
}

// A box that shows its end goes on showing it when lines are added.
afterDraw(() => {
  for (const box of document.querySelectorAll('.lines-box')) {
    const atEnd = box.dataset.height === undefined
      || box.scrollTop + box.clientHeight >= Number(box.dataset.height) - 24;
    box.dataset.height = box.scrollHeight;
    if (atEnd) box.scrollTop = box.scrollHeight;
  }
});
