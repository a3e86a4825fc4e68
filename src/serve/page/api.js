// Requests to the server on this machine. The page contacts no other server.

/** Milliseconds after which a request without an answer counts as failed. */
const PATIENCE = 20000;

/** A refused request; `body.error` is the message in Chinese, `body.reason` a key. Status 0: the server does not answer. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error || '程序没有应答，请看启动它的窗口是否还开着');
    this.status = status;
    this.body = body;
    this.reason = body.reason || null;
  }
}

/** Sends a request and returns the JSON body of the answer. */
async function answer(path, options, patience = PATIENCE) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience);
  try {
    const response = await fetch(path, { ...options, signal: stop.signal });
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new Refused(response.status, body);
    return body;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(0, {});
  } finally {
    clearTimeout(timer);
  }
}

/** Returns the address of a request. */
export const address = (path, query) => '/api/' + path + (query ? '?' + new URLSearchParams(query) : '');

/** Sends a GET request. */
export const get = (path, query, patience) => answer(address(path, query), { cache: 'no-store' }, patience);

/** Sends a POST request: a file, or an object as JSON. */
export const post = (path, body, { query, patience, keepalive } = {}) =>
  answer(address(path, query), {
    method: 'POST',
    keepalive: Boolean(keepalive),
    headers: { 'X-Gongbao': '1', 'Content-Type': body instanceof Blob ? 'application/octet-stream' : 'application/json' },
    body: body instanceof Blob ? body : JSON.stringify(body),
  }, patience);

/** Returns the address of the picture of a page. */
export const picture = (page) => address('page', { hash: page.hash });
