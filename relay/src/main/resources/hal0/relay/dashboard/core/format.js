// Numbers and times as people read them.

const whole = new Intl.NumberFormat('en', {maximumFractionDigits: 0});
const compactFormat = new Intl.NumberFormat('en', {notation: 'compact', maximumFractionDigits: 1});

export const count = n => (n == null ? '–' : whole.format(n));
export const compact = n => (n == null ? '–' : n < 10_000 ? whole.format(n) : compactFormat.format(n));

/** US dollars, with as many digits as say something. */
export function money(usd) {
  if (usd == null) return '–';
  const n = Number(usd);
  if (n === 0) return '$0';
  if (n < 0.01) return '$' + n.toFixed(Math.min(8, 1 - Math.floor(Math.log10(n)))).replace(/0+$/, '');
  return '$' + n.toLocaleString('en', {minimumFractionDigits: n < 1 ? 4 : 2, maximumFractionDigits: n < 1 ? 4 : 2});
}

export function duration(ms) {
  if (ms == null) return '–';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min`;
  if (ms < 86_400_000) return `${Math.floor(ms / 3_600_000)} h`;
  return `${Math.floor(ms / 86_400_000)} d`;
}

export function bytes(n) {
  if (n == null) return '–';
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let left = n;
  while (left >= 1024 && unit < units.length - 1) {
    left /= 1024;
    unit++;
  }
  return `${left < 10 && unit ? left.toFixed(1) : Math.round(left)} ${units[unit]}`;
}

export const mb = n => (n == null ? '–' : bytes(n * 1024 * 1024));

const clock = new Intl.DateTimeFormat(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'});
const dated = new Intl.DateTimeFormat(undefined, {month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23'});

/** The time of day, with the date where it is another one. */
export function time(iso) {
  if (!iso) return '–';
  const then = new Date(iso);
  return then.toDateString() === new Date().toDateString() ? clock.format(then) : dated.format(then);
}

export function ago(when) {
  if (!when) return '–';
  const ms = Date.now() - new Date(when).getTime();
  return ms < 2000 ? 'just now' : `${duration(ms)} ago`;
}

export function until(when) {
  const ms = new Date(when).getTime() - Date.now();
  return ms <= 0 ? 'over' : `in ${duration(ms)}`;
}

/** The value below which that share of the sorted numbers lies. */
export function quantile(sorted, share) {
  return sorted.length ? sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] : null;
}
