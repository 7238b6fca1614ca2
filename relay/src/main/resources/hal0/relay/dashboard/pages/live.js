// Requests that ended since a list was fetched, from their events: nothing is asked for again.
import {lastEvents} from '../core/events.js';

/** The requests of a list and those after it, the newest first. */
export function withEvents(rows, most) {
  const told = lastEvents().filter(({type}) => type === 'request.finished');
  const over = new Set(told.map(({data}) => data.request_id));
  const kept = rows.filter(each => each.row || !over.has(each.id));
  const known = new Set(kept.map(({id}) => id));
  const ended = told.filter(({data}) => !known.has(data.request_id)).map(asRequest);
  return [...ended, ...kept].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, most);
}

const asRequest = ({ts, data}) => ({
  id: data.request_id, at: ts, running_ms: data.latency_ms,
  requested_model: data.provider ? `${data.provider}/${data.model}` : data.model,
  row: data,
});

/** The sums by model, and what ended after they were made. */
export function withLater(sums, at) {
  const all = new Map(sums.map(row => [row.model, {...row}]));
  for (const {type, ts, data} of lastEvents()) {
    if (type !== 'request.finished' || !data.provider || new Date(ts) <= at) continue;
    const model = `${data.provider}/${data.model}`;
    const row = all.get(model) ?? {model, requests: 0, failed: 0, input_tokens: 0, output_tokens: 0, cost_usd: 0, unpriced: 0};
    row.requests++;
    row.failed += data.outcome === 'failed' ? 1 : 0;
    row.input_tokens += data.input_tokens;
    row.output_tokens += data.output_tokens;
    row.cost_usd = Number(row.cost_usd ?? 0) + Number(data.cost_usd ?? 0);
    row.unpriced += data.cost_usd == null ? 1 : 0;
    all.set(model, row);
  }
  return [...all.values()];
}
