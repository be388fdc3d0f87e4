import type { RequestListener } from 'node:http';
import { newWebhookSecret, signWebhook } from '@abide/platform';
import { holderServer } from '../kit/holder-server.js';
import { inFrontOf, listening, outgoing, SmallStore, type Listening } from '../testing/index.js';
import { HolderClient } from './holder-client.js';
import { messageId } from './message-ids.js';

const secret = newWebhookSecret();
const subject = { id: 'nobody', identifiers: [{ type: 'email', value: 'lin@example.com' }] };
const question = { requestId: 'r-1', subject };

describe('what is asked of a holder outside', () => {
  const client = new HolderClient(outgoing());
  let listener: (...args: Parameters<RequestListener>) => boolean;
  let running: Listening;
  let store: SmallStore;
  const address = () => ({ baseUrl: running.url, networks: [], secrets: [secret] });

  beforeEach(async () => {
    listener = () => false;
    store = new SmallStore([
      {
        owner: 'lin@example.com',
        category: 'service.orders',
        id: '1',
        since: '2026-01-02T00:00:00Z',
        values: { title: '话剧' },
      },
    ]);
    running = await listening(inFrontOf(holderServer({ secret, store }), (...args) => listener(...args)));
  });
  afterEach(() => running.close());

  /** Answers everything with `body`, signed as it should be unless another id is named. */
  const answers = (
    body: string,
    { status = 200, id = (asked: string) => messageId.answer(asked), with: key = secret } = {},
  ) => {
    listener = (request, response) => {
      const signed = signWebhook({ id: id(String(request.headers['webhook-id'])), body, secrets: [key] });
      response.writeHead(status, { ...signed }).end(body);
      return true;
    };
  };
  const erase = () => client.act(address(), 'erase', question);
  const exported = async () => (await Array.fromAsync(client.export(address(), question))).map(({ id }) => id);

  it('is answered with facts', async () => {
    expect(await client.identify(address())).toMatchObject({ name: 'A small shop', contract: '1' });
    expect(await client.describe(address(), question)).toMatchObject({
      outcome: 'done',
      holdings: [{ category: 'service.orders', count: 1 }],
    });
    expect(await exported()).toEqual(['1']);
    expect(await erase()).toEqual({
      outcome: 'done',
      counts: [{ category: 'service.orders', count: 1 }],
      retained: [],
    });
  });

  it('is answered the same when it is asked again', async () => {
    const first = await erase();
    expect(await erase()).toEqual(first);
    expect(store.asked).toEqual(['erase']);
  });

  it('waits for a callback where it was only taken', async () => {
    answers('{}', { status: 202 });
    expect(await erase()).toBeNull();
  });

  it.each([
    ['true', '是真的'],
    ['a boolean outcome', '{"outcome":true}'],
    ['an outcome that is ours to say', '{"outcome":"unreachable"}'],
    ['done, and nothing counted', '{"outcome":"done","counts":[]}'],
    ['a count below one', '{"outcome":"done","counts":[{"category":"a","count":0}]}'],
    ['something kept for no reason', '{"outcome":"nothing","retained":[{"category":"a","count":1}]}'],
    [
      'an article with a line of its own',
      '{"outcome":"blocked","block":{"ground":"hold","article":"a\\nb","until":null}}',
    ],
  ])('counts for no answer: %s', async (_what, body) => {
    answers(body);
    await expect(erase()).rejects.toMatchObject({ code: 'badAnswer' });
  });

  it('counts for no answer where it is signed by somebody else, for another question, or is the question itself', async () => {
    answers('{"outcome":"nothing"}', { with: newWebhookSecret() });
    await expect(erase()).rejects.toMatchObject({ code: 'badSignature' });
    answers('{"outcome":"nothing"}', { id: () => 'erase:r-2:answer' });
    await expect(erase()).rejects.toMatchObject({ code: 'badSignature' });
    answers('{"outcome":"nothing"}', { id: (asked) => asked });
    await expect(erase()).rejects.toMatchObject({ code: 'badSignature' });
  });

  it('is bounded in time and length, and says nothing of what came', async () => {
    answers(JSON.stringify({ outcome: 'nothing', note: 'x'.repeat(100_000) }));
    await expect(erase()).rejects.toMatchObject({ code: 'answerTooLarge' });
    listener = () => true;
    await expect(client.act(address(), 'erase', question, 100)).rejects.toMatchObject({ code: 'timedOut' });
    answers('林小禾 13800138000');
    const error = await erase().catch((thrown: Error) => thrown);
    expect(JSON.stringify(error) + String(error)).not.toMatch(/林小禾|138/);
  });

  it('is no export where it ends early, counts wrongly, is not signed or says garbage', async () => {
    const line = JSON.stringify({ category: 'a', id: '1', since: '2026-01-02T00:00:00Z', values: {} });
    const streams = (text: string) => {
      listener = (_request, response) => {
        response.writeHead(200).end(text);
        return true;
      };
    };
    const end = (records: number) => JSON.stringify({ end: { records, timestamp: '1', signature: 'v1,x' } });
    for (const [text, code] of [
      [`${line}\n`, 'incomplete'],
      [`${line}\n${end(2)}\n`, 'incomplete'],
      [`${line}\n${end(1)}\n`, 'badSignature'],
      ['<html>\n', 'badAnswer'],
    ] as const) {
      streams(text);
      await expect(exported()).rejects.toMatchObject({ code });
    }
  });
});
