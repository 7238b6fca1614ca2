// One drawing for the whole page: whatever changes asks for the next frame, and gets one.
import {render} from '../lib/lit-html.js';

const place = document.getElementById('app');
let view = null;
let asked = false;
const after = new Set();

/** Draws what `next` returns into the page from now on. */
export function show(next) {
  // What stands there until the first drawing is the page's, not ours.
  if (!view) place.replaceChildren();
  view = next;
  draw();
}

/** Runs `effect` after each drawing. */
export function afterDraw(effect) {
  after.add(effect);
}

/** Something that is shown has changed. */
export function draw() {
  if (asked || !view) return;
  asked = true;
  // A hidden page gets no frames, and needs none: it is drawn when it is looked at.
  requestAnimationFrame(() => {
    asked = false;
    render(view(), place);
    after.forEach(effect => effect());
  });
}
