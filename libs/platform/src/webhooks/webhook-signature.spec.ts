import { Webhook } from 'standardwebhooks';
import { newWebhookSecret, signWebhook, verifiedWebhookId } from './webhook-signature.js';

const secret = newWebhookSecret();
const body = '{"type":"request.closed","name":"守约"}';
const signed = (...secrets: string[]) => ({ ...signWebhook({ id: 'one', body, secrets }) });

describe('the signature of a webhook', () => {
  it('is one that the library of Standard Webhooks takes', () => {
    expect(new Webhook(secret).verify(body, signed(secret))).toEqual(JSON.parse(body));
    expect(() => new Webhook(newWebhookSecret()).verify(body, signed(secret))).toThrow('No matching signature');
  });

  it('is the one of the example in the specification', () => {
    const example = signWebhook({
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      body: '{"test": 2432232314}',
      secrets: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      at: 1_614_265_330_000,
    });
    expect(example['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });

  it('uses a secret without the prefix as it is written', () => {
    const words = 'a secret for the test only';
    expect(new Webhook(words, { format: 'raw' }).verify(body, signed(words))).toEqual(JSON.parse(body));
  });

  it('serves the old and the new secret while one replaces the other', () => {
    const old = newWebhookSecret();
    for (const known of [old, secret]) {
      expect(new Webhook(known).verify(body, signed(secret, old))).toEqual(JSON.parse(body));
      expect(verifiedWebhookId({ headers: signed(secret, old), body, secrets: [known] })).toBe('one');
    }
  });

  it('is never made with nothing', () => {
    expect(() => signed('whsec_')).toThrow('empty');
  });
});

describe('checking a signature', () => {
  const idOf = (headers: Record<string, string | string[] | undefined>, text = body, at = Date.now()) =>
    verifiedWebhookId({ headers, body: text, secrets: [secret], at });

  it('takes what the library of Standard Webhooks signs', () => {
    const now = new Date();
    const headers = {
      'webhook-id': 'theirs',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('theirs', now, body),
    };
    expect(idOf(headers)).toBe('theirs');
  });

  it.each([
    ['another body', signed(secret), `${body} `],
    ['another id', { ...signed(secret), 'webhook-id': 'two' }, body],
    ['another time', { ...signed(secret), 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 1) }, body],
    ['a time that is none', { ...signed(secret), 'webhook-timestamp': '1e9' }, body],
    ['another secret', signed(newWebhookSecret()), body],
    ['no signature', { ...signed(secret), 'webhook-signature': undefined }, body],
    ['an empty signature', { ...signed(secret), 'webhook-signature': 'v1,' }, body],
    ['a signature of another kind', { ...signed(secret), 'webhook-signature': 'v1a,AAAA' }, body],
    ['two of one field', { ...signed(secret), 'webhook-id': ['one', 'one'] }, body],
  ])('refuses %s', (_what, headers, text) => {
    expect(idOf(headers, text)).toBeNull();
  });

  it('refuses what is more than five minutes old, or as far ahead', () => {
    const at = (seconds: number) => idOf(signed(secret), body, Date.now() + seconds * 1000);
    expect([at(290), at(-290)]).toEqual(['one', 'one']);
    expect([at(310), at(-310)]).toEqual([null, null]);
  });
});
