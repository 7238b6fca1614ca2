// Small line drawings, all on a grid of 16.
import {html, svg} from '../lib/lit-html.js';

const SHAPES = {
  overview: 'M2 9h4l2-6 3 10 1.5-4H14',
  slots: 'M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01',
  providers: 'M4.5 11.5a3 3 0 0 1-.4-6 4 4 0 0 1 7.6.9 2.6 2.6 0 0 1 .3 5.1z',
  models: 'M8 2l5.5 3v6L8 14l-5.5-3V5zM2.5 5L8 8l5.5-3M8 8v6',
  chat: 'M2.5 3h11v8H7l-3 2.5V11H2.5z',
  requests: 'M2 4h12M2 8h12M2 12h7',
  usage: 'M3 13V8M6.5 13V3M10 13V6M13.5 13v-3',
  logs: 'M3 4l3 3-3 3M8 11h5',
  keys: 'M5.5 13.5a3 3 0 1 1 2.1-5.1L13.5 2.5M11 5l2 2M7.6 8.4',
  approvals: 'M3 8.5l3.2 3.2L13 4.5',
  mcp: 'M5 2v4M11 2v4M3.5 6h9v2a4.5 4.5 0 0 1-9 0zM8 12.5V15',
  memory: 'M3 4c0-2 10-2 10 0v8c0 2-10 2-10 0zM3 4c0 2 10 2 10 0M3 8c0 2 10 2 10 0',
  settings: 'M2 5h6M12 5h2M2 11h2M8 11h6M10 3v4M6 9v4',
  more: 'M3 4h10M3 8h10M3 12h10',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM2.5 10.5v-8h8',
  sun: 'M8 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13 9.5A5.5 5.5 0 0 1 6.5 3 5.5 5.5 0 1 0 13 9.5z',
  auto: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  warning: 'M8 2.5L14.5 13.5h-13zM8 7v3M8 11.8v.2',
  external: 'M6 3.5H3v9.5h9.5V10M9 3h4v4M13 3L7.5 8.5',
};

export const icon = name => html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${svg`<path d=${SHAPES[name]}></path>`}</svg>`;
