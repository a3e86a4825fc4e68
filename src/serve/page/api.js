// Requests to the server on this machine. The page contacts no other server.

/** A showError request; `body.error` is the message in Chinese. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error || '程序没有应答，请看它的窗口是否还开着');
    this.status = status;
    this.body = body;
  }
}

/** Waits for a request and returns the JSON body. */
async function answer(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    // Status 0: the server does not answer.
    throw new Refused(0, {});
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

/** Returns the address of a request. */
const address = (path, query) => '/api/' + path + (query ? '?' + new URLSearchParams(query) : '');

/** Sends a GET request. */
export const get = (path, query) => answer(fetch(address(path, query), { cache: 'no-store' }));

/** Sends a POST request: a file, or an object as JSON. */
export const post = (path, body, query) =>
  answer(
    fetch(address(path, query), {
      method: 'POST',
      headers: { 'X-Gongbao': '1', 'Content-Type': body instanceof Blob ? 'application/octet-stream' : 'application/json' },
      body: body instanceof Blob ? body : JSON.stringify(body),
    }),
  );

/** Returns the address of the picture of a page. */
export const picture = (file, page) => address('page', { file, n: page.n, hash: page.hash });
