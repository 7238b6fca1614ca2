// Drawings of numbers: plain SVG, coloured by the style sheet, with their words for who cannot see them.
import {html, nothing, svg} from '../lib/lit-html.js';

/** A row of bars without axes: how much was when. */
export function spark(values, label) {
  const top = Math.max(...values, 0) || 1;
  const step = 100 / values.length;
  return html`<svg class="spark" viewBox="0 0 100 24" preserveAspectRatio="none" role="img" aria-label=${label}>
    ${values.map((value, index) => {
      const height = value ? Math.max(1.5, (value / top) * 24) : 0.6;
      return svg`<rect x=${(index * step).toFixed(2)} y=${(24 - height).toFixed(2)} width=${(step * 0.72).toFixed(2)} height=${height.toFixed(2)} class=${value ? '' : 'none'}></rect>`;
    })}</svg>`;
}

/** How full something is. */
export function meter(share, label) {
  const full = Math.max(0, Math.min(1, share || 0));
  return html`<div class="meter ${full > 0.9 ? 'high' : ''}"><span>${label}</span>
    <svg viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label="${Math.round(full * 100)} %"><rect class="ground" width="100" height="4"></rect><rect width=${(full * 100).toFixed(1)} height="4"></rect></svg></div>`;
}

const WIDTH = 980;
const HEIGHT = 220;
const LEFT = 62;
const BOTTOM = 24;

/**
 * Bars side by side, each of stacked parts: `columns` are `{label, title, parts: [number]}`, `names`
 * the parts' names, `format` their words.
 */
export function columns({columns: all, names, format, label}) {
  const sum = ({parts}) => parts.reduce((a, b) => a + b, 0);
  const top = nice(Math.max(...all.map(sum), 0));
  const width = (WIDTH - LEFT) / Math.max(all.length, 1);
  const y = value => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - 10);
  const every = Math.ceil(all.length / 8);
  return html`<figure class="chart">
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${label}>
      ${[0, 0.5, 1].map(share => svg`<line class="grid" x1=${LEFT} x2=${WIDTH} y1=${y(top * share)} y2=${y(top * share)}></line>
        <text class="tick" x=${LEFT - 8} y=${y(top * share) + 4} text-anchor="end">${format(top * share)}</text>`)}
      ${all.map((column, index) => {
        let from = 0;
        const x = LEFT + index * width;
        return svg`<g><title>${column.title}</title><rect class="hit" x=${x} y="0" width=${width} height=${HEIGHT - BOTTOM}></rect>
          ${column.parts.map((value, place) => {
            const bottom = y(from);
            from += value;
            const edge = y(from);
            return value ? svg`<rect class="part${place % 6}" x=${x + width * 0.15} y=${edge} width=${Math.min(width * 0.7, 48)} height=${Math.max(1, bottom - edge)}></rect>` : nothing;
          })}
          ${index % every === 0 ? svg`<text class="tick" x=${x + width * 0.15} y=${HEIGHT - 6}>${column.label}</text>` : nothing}</g>`;
      })}
    </svg>
    ${names.length > 1 ? html`<figcaption>${names.map((name, place) => html`<span><i class="part${place % 6}" aria-hidden="true"></i>${name}</span>`)}</figcaption>` : nothing}
  </figure>`;
}

/** The next round number. */
function nice(value) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map(step => step * power).find(step => step >= value) ?? value;
}

/** The largest of some things, each with its share of the largest. */
export function ranking(rows, {label}) {
  const top = Math.max(...rows.map(({value}) => value), 0) || 1;
  return html`<ol class="ranking" aria-label=${label}>${rows.map(({name, value, said, href}) => html`<li>
    <span class="rank-name">${href ? html`<a href=${href}>${name}</a>` : name}</span><span class="rank-said">${said}</span>
    <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true"><rect width=${((value / top) * 100).toFixed(1)} height="2"></rect></svg></li>`)}</ol>`;
}
