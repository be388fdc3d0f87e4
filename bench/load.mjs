/**
 * A lean HTTP/1.1 load generator on plain sockets: keep-alive, one request at a time on each connection. It shares the
 * machine with what it measures, so it builds every request beforehand and reads no more of an answer than its length.
 */
import { connect } from 'node:net';

/**
 * Keeps `connections` busy for `seconds` with `requests` in turn (bytes, as `httpRequest` builds them), from the one numbered `from` on.
 * @returns {Promise<{ perSecond: number, p50: number, p99: number, answered: number }>} latencies in milliseconds
 * @throws Error with the first answer that is not 2xx
 */
export async function load({ url, requests, seconds, connections = 32, from = 0 }) {
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  const latencies = await drive({ url, requests, connections, from, isOver: () => performance.now() >= endsAt });
  const elapsed = (performance.now() - startedAt) / 1000;
  const ordered = Float64Array.from(latencies).sort();
  return {
    perSecond: ordered.length / elapsed,
    p50: quantile(ordered, 0.5),
    p99: quantile(ordered, 0.99),
    answered: ordered.length,
  };
}

/** Sends each of `requests` once. @throws Error with the first answer that is not 2xx */
export async function sendEach({ url, requests, connections = 32 }) {
  await drive({
    url,
    requests,
    connections: Math.min(connections, requests.length),
    isOver: (sent) => sent >= requests.length,
  });
}

/** @returns {Promise<number[]>} the latency of every answer, in milliseconds */
async function drive({ url, requests, connections, isOver, from = 0 }) {
  const { hostname: host, port } = new URL(url);
  const state = { sent: 0, from, latencies: [], requests, isOver };
  await Promise.all(Array.from({ length: connections }, () => lane({ host, port: Number(port) }, state)));
  return state.latencies;
}

/** The bytes of one request; `body` is sent as JSON. */
export function httpRequest({ method, path, token, body, headers = {} }) {
  const payload = body === undefined ? '' : JSON.stringify(body);
  const lines = [`${method} ${path} HTTP/1.1`, 'host: 127.0.0.1', 'accept: application/json'];
  if (token) lines.push(`authorization: Bearer ${token}`);
  if (body !== undefined) lines.push('content-type: application/json', `content-length: ${Buffer.byteLength(payload)}`);
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${payload}`);
}

/** One connection that sends the next request as soon as the answer to the last is whole. */
function lane({ host, port }, state) {
  return new Promise((done, failed) => {
    const socket = connect({ port, host, noDelay: true });
    let sentAt = 0;
    let received = null;
    const send = () => {
      if (state.isOver(state.sent)) return socket.destroy();
      sentAt = performance.now();
      socket.write(state.requests[(state.from + state.sent++) % state.requests.length]);
    };
    const read = (chunk) => {
      received = received === null ? chunk : Buffer.concat([received, chunk]);
      const answer = wholeAnswer(received);
      if (answer === null) return;
      if (answer.status > 299)
        return socket.destroy(
          new Error(`Refused with ${answer.status}: ${received.toString('utf8').split('\r\n\r\n')[1]}`),
        );
      state.latencies.push(performance.now() - sentAt);
      received = null;
      send();
    };
    socket.on('connect', send).on('data', read).on('error', failed).on('close', done);
  });
}

/** The status of an answer that has arrived whole, by its content-length or its last chunk; null when more is to come. */
function wholeAnswer(bytes) {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const text = bytes.latin1Slice(0, head);
  const status = Number(text.slice(9, 12));
  const length = /content-length: ?(\d+)/i.exec(text);
  const isWhole = length
    ? bytes.length >= head + 4 + Number(length[1])
    : status === 204 || bytes.latin1Slice(-5) === '0\r\n\r\n';
  return isWhole ? { status } : null;
}

function quantile(ordered, share) {
  return ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * share))] ?? 0;
}
