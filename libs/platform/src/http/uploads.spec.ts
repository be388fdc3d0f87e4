import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { receiveFile } from './uploads.js';

const part = (content: string) =>
  `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${content}\r\n`;

describe('one file of a form', () => {
  /** A form on its way, what has come of its file so far, and how it was taken in. */
  function onTheWay() {
    const body = new PassThrough();
    const request = {
      body,
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    } as unknown as FastifyRequest;
    const seen = { content: '', isThrough: false, hasFailed: false };
    const received = receiveFile(request, 1000, async ({ content }) => {
      try {
        for await (const piece of content) seen.content += piece.toString();
        seen.isThrough = true;
      } catch (error) {
        seen.hasFailed = true;
        throw error;
      }
    });
    received.catch(() => undefined);
    return { body, seen, received };
  }

  async function aFewTurns(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await setImmediate();
  }

  it('is not through before its form has ended, whatever comes behind it', async () => {
    const { body, seen, received } = onTheWay();
    body.write(`${part('words')}--b--\r\n`);
    await aFewTurns();
    expect(seen).toEqual({ content: 'words', isThrough: false, hasFailed: false });
    body.write('x'.repeat(20_000));
    await expect(received).rejects.toMatchObject({ code: 'request.too_large' });
    expect(seen).toMatchObject({ isThrough: false, hasFailed: true });
  });

  it('fails when another begins', async () => {
    const { body, seen, received } = onTheWay();
    body.write(`${part('words')}--b\r\n`);
    await expect(received).rejects.toMatchObject({ code: 'request.one_file' });
    expect(seen).toMatchObject({ isThrough: false, hasFailed: true });
  });

  it('is through when its form has', async () => {
    const { body, seen, received } = onTheWay();
    body.end(`${part('words')}--b--\r\n`);
    await received;
    expect(seen).toEqual({ content: 'words', isThrough: true, hasFailed: false });
  });

  it('fails where the line is cut', async () => {
    const { body, seen, received } = onTheWay();
    body.write(part('words').slice(0, -4));
    await aFewTurns();
    body.destroy();
    await expect(received).rejects.toMatchObject({ code: 'request.malformed' });
    expect(seen.hasFailed).toBe(true);
  });
});
