// Requests to the server on this machine. Nothing else is asked, ever.

/** An answer that is no success; `body.error` says what and what to do. */
export class Refused extends Error {
  constructor(status, body) {
    super(body.error || '程序没有应答，请看它的窗口是否还开着');
    this.status = status;
    this.body = body;
  }
}

async function answer(request) {
  let response;
  try {
    response = await request;
  } catch (error) {
    // Status 0: the server is not there.
    throw new Refused(0, {});
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body);
  return body;
}

const address = (path, query) => '/api/' + path + (query ? '?' + new URLSearchParams(query) : '');

export const get = (path, query) => answer(fetch(address(path, query), { cache: 'no-store' }));

export const post = (path, body, query) =>
  answer(
    fetch(address(path, query), {
      method: 'POST',
      headers: { 'X-Gongbao': '1', 'Content-Type': body instanceof Blob ? 'application/octet-stream' : 'application/json' },
      body: body instanceof Blob ? body : JSON.stringify(body),
    }),
  );

export const picture = (file, page) => address('page', { file, n: page.n, hash: page.hash });
