// Server-sent events over fetch: unlike EventSource it tells why it ended, and waits as it is told.

/**
 * Reads one stream to its end; `take` gets each event as `{name, id, data}` and `opened` is called
 * once its head is there. A comment is `{name: ':'}`: something lives at the other end.
 */
export async function read(answer, take) {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const {value, done} = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop();
    blocks.forEach(block => take(event(block)));
  }
}

function event(block) {
  const found = {name: 'message', id: '', data: ''};
  const data = [];
  for (const line of block.split(/\r?\n/)) {
    if (line.startsWith(':')) {
      found.name = data.length ? found.name : ':';
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') found.name = value;
    else if (field === 'id') found.id = value;
  }
  if (data.length && found.name === ':') found.name = 'message';
  found.data = data.join('\n');
  return found;
}
