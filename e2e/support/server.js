// Two origins for the tests: one serves the built page, the other embeds it.

import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Any site may read these files, as on GitHub Pages; frames without an origin of their own need it. */
const OPEN = { 'access-control-allow-origin': '*' };

/** The same page in several folders, each served in another way. */
const FOLDERS = {
  /** As it should be. */
  padlock: { headers: OPEN },
  /** To other sites, and to frames without an origin, these files are closed. */
  closed: { headers: {} },
  /** A site whose own policy forbids wasm. */
  strict: { headers: { ...OPEN, 'content-security-policy': "script-src 'self'" } },
  /** The program is missing. */
  missing: { headers: OPEN, wasm: () => null },
  /** What comes as the program is none. */
  garbled: { headers: OPEN, wasm: () => Buffer.from('not wasm') },
};

/** Starts both and gives their origins; `stop()` ends them. */
export async function start() {
  const page = await listen(servePage);
  const other = await listen(serveHost);
  return {
    /** `http://…` of the page's host, without a slash at the end. */
    origin: page.origin,
    /** `http://…` of the site that embeds it. */
    otherOrigin: other.origin,
    /** The page's address in one of the FOLDERS. */
    url: (folder = 'padlock') => `${page.origin}/${folder}/`,
    /** The address of a page on the other site that embeds `src` in a frame. */
    embedding: (src, sandbox) => {
      const query = new URLSearchParams(sandbox === undefined ? { src } : { src, sandbox });
      return `${other.origin}/?${query}`;
    },
    stop: () => Promise.all([page, other].map(({ server }) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    })),
  };
}

function listen(handler) {
  const server = createServer((request, response) => {
    handler(request, response).catch((error) => respond(response, 500, {}, String(error)));
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({ server, origin: `http://127.0.0.1:${server.address().port}` });
    });
  });
}

async function servePage(request, response) {
  const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
  const [, folder, ...rest] = path.split('/');
  const kind = FOLDERS[folder];
  if (!kind || rest.length === 0) { return respond(response, 404, {}, 'no such folder'); }

  const file = normalize(join(DIST, rest.join('/') || 'index.html'));
  if (!file.startsWith(DIST.endsWith(sep) ? DIST : DIST + sep)) { return respond(response, 404, {}, 'outside'); }
  const headers = {
    'cache-control': 'no-store',
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    ...kind.headers,
  };
  if (kind.wasm && extname(file) === '.wasm') {
    const body = kind.wasm();
    return body ? respond(response, 200, headers, body) : respond(response, 404, {}, 'missing');
  }
  // The compressed twins are part of what is tested.
  if (/\bbr\b/.test(request.headers['accept-encoding'] ?? '')) {
    const body = await readFile(`${file}.br`).catch(() => null);
    if (body) { return respond(response, 200, { ...headers, 'content-encoding': 'br' }, body); }
  }
  const body = await readFile(file).catch(() => null);
  return body ? respond(response, 200, headers, body) : respond(response, 404, {}, 'no such file');
}

async function serveHost(request, response) {
  const query = new URL(request.url, 'http://host').searchParams;
  const sandbox = query.has('sandbox') ? ` sandbox="${attribute(query.get('sandbox'))}"` : '';
  const body = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Another site</title>
<link rel="icon" href="data:,"><h1>Another site</h1>
<iframe title="Padlock" width="900" height="700" src="${attribute(query.get('src') ?? '')}"${sandbox}></iframe></html>`;
  respond(response, 200, { 'content-type': TYPES['.html'] }, body);
}

function attribute(text) {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');
}

function respond(response, status, headers, body) {
  response.writeHead(status, headers);
  response.end(body);
}
