// Calls to the relay. What fails is an ApiError that says what a person can do.

export class ApiError extends Error {
  /** `status` is 0 where no answer came. */
  constructor(status, code, message, details = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }

  /** The complaints about the field of that name, or about one inside it. */
  of(field) {
    return (this.details.fields ?? [])
      .filter(({loc}) => loc === field || loc.endsWith('.' + field))
      .map(({msg}) => msg)
      .join('; ');
  }
}

let onSignedOut = () => {};

/** `handler` is called when the relay wants a key that this page has not shown. */
export function whenSignedOut(handler) {
  onSignedOut = handler;
}

let changing = null;
const reading = new Set();

/**
 * Runs `work`, in which the relay begins to want a key and this page shows it: what is read
 * meanwhile would be refused in between, so it was read before or waits until `work` is done.
 */
export async function whileSigningIn(work) {
  let done;
  changing = new Promise(resume => { done = resume; });
  try {
    await Promise.allSettled([...reading]);
    return await work();
  } finally {
    changing = null;
    done();
  }
}

function call(method, path, body, signal) {
  if (method !== 'GET' || path === '/api/session') return send(method, path, body, signal);
  const answer = (changing ?? Promise.resolve()).then(() => send(method, path, body, signal));
  reading.add(answer);
  const over = () => reading.delete(answer);
  answer.then(over, over);
  return answer;
}

async function send(method, path, body, signal) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      signal,
      cache: 'no-store',
      headers: body === undefined ? {} : {'Content-Type': 'application/json'},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new ApiError(0, 'relay.unreachable', 'The relay does not answer.');
  }
  if (!answer.ok) throw await refusal(answer, path);
  return answer;
}

/** The error that an answer tells of. */
export async function refusal(answer, path) {
  let told = {};
  try {
    told = (await answer.json()).error ?? {};
  } catch {
    // No JSON: the status has to do.
  }
  if (answer.status === 401 && path !== '/api/login') onSignedOut();
  return new ApiError(
    answer.status,
    told.code ?? `http.${answer.status}`,
    told.message ?? `${path} answered ${answer.status}.`,
    told.details);
}

async function json(answer) {
  const text = await answer.text();
  return text ? JSON.parse(text) : null;
}

export const get = async (path, signal) => json(await call('GET', path, undefined, signal));
export const post = async (path, body = {}) => json(await call('POST', path, body));
export const put = async (path, body) => json(await call('PUT', path, body));
export const patch = async (path, body) => json(await call('PATCH', path, body));
export const del = async path => json(await call('DELETE', path));

/** A piece of a path. */
export const part = name => encodeURIComponent(name);
