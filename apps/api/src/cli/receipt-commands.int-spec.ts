import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SigningKeys } from '@abide/identity';
import { aSignedInSubject, type TestClientApp } from '@abide/identity/testing';
import { createTestApp, type TestApp } from '@abide/platform/testing';
import { aClause, aPolicy, PolicyStaff } from '@abide/policy/testing';
import { CompactSign, exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { appModules, persistence } from '../modules.js';
import { keepReceiptKeys } from '../start/receipt-keys-file.js';
import { receiptVerify } from './receipt-commands.js';

const advertising = aClause({
  id: 'use.advertising',
  terms: [{ type: 'use', categories: ['log.browsing'], purposes: ['advertising.relevant'], basis: 'consent' }],
});
const header = { alg: 'EdDSA', typ: 'consent-receipt+jws' };

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Real receipts of a running product, and what happens to them on the way. */
describe('abide receipt verify', () => {
  const folder = mkdtempSync(join(tmpdir(), 'abide-receipts-'));
  const keysFile = join(folder, 'jwks.json');
  let test: TestApp;
  let person: TestClientApp;
  let receiptId: string;
  let json: string;
  let jws: string;
  let keys: (JWK & { signs: string })[];

  beforeAll(async () => {
    test = await createTestApp(appModules, persistence, { ABIDE_ROLE: 'web' });
    const revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [advertising] }));
    person = await aSignedInSubject(test, { acceptedRevisionIds: [revisionId] });
    receiptId = (await person.send('PUT', 'me/consents/advertising.relevant', { state: 'granted', locale: 'en' })).body
      .receiptId;
    json = (await person.send('GET', `me/receipts/${receiptId}`)).text;
    jws = (
      await test.request({
        method: 'GET',
        path: `me/receipts/${receiptId}`,
        token: person.accessToken,
        headers: { accept: 'application/jose' },
      })
    ).text;
    const published = await test.request({ method: 'GET', path: '/.well-known/jwks.json' });
    keys = published.body.keys;
    writeFileSync(keysFile, published.text);
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true });
  });

  async function run(...args: string[]) {
    let [out, err] = ['', ''];
    const io = { out: (part: string) => void (out += part), err: (part: string) => void (err += part) };
    const code = await receiptVerify(args, io, { ABIDE_DATA_DIR: join(folder, 'data') });
    return { code, out, err };
  }

  async function verify(content: string | Buffer, keySet = keysFile) {
    const file = join(folder, 'receipt');
    writeFileSync(file, content);
    const { code, out } = await run(file, '--json', '--keys', keySet);
    const { valid, errors, receipt } = JSON.parse(out) as {
      valid: boolean;
      errors: { code: string; message: string }[];
      receipt: Record<string, any> | null;
    };
    expect(code).toBe(valid ? 0 : 1);
    return { valid, codes: errors.map((error) => error.code), messages: errors.map(({ message }) => message), receipt };
  }

  /** Keys of somebody's own, and something signed with them. */
  async function signedByHand(
    payload: string,
    more: { header?: object; key?: { kid: string; privateKey: CryptoKey } } = {},
  ) {
    const pair = more.key ?? { kid: 'hand', ...(await generateKeyPair('EdDSA', { extractable: true })) };
    const signed = await new CompactSign(Buffer.from(payload))
      .setProtectedHeader({ ...header, kid: pair.kid, ...more.header })
      .sign(pair.privateKey);
    const keySet = join(folder, 'by-hand.json');
    if ('publicKey' in pair)
      writeFileSync(
        keySet,
        JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey as CryptoKey)), kid: pair.kid }] }),
      );
    return { jws: signed, keySet };
  }

  const record = (): Record<string, any> => {
    const { signature: _signature, ...rest } = JSON.parse(json) as Record<string, any>;
    return rest;
  };

  it.each([
    ['as JSON', () => json],
    ['as a compact JWS', () => `${jws}\n`],
    ['as JSON laid out anew', () => `\uFEFF${JSON.stringify(JSON.parse(json), null, 4)}`],
  ])('finds a receipt valid %s', async (_form, content) => {
    const { valid, codes, receipt } = await verify(content());
    expect({ valid, codes }).toEqual({ valid: true, codes: [] });
    expect(receipt).toEqual(record());
  });

  it('says what it says to people', async () => {
    const file = join(folder, 'receipt.json');
    writeFileSync(file, json);
    const { code, out } = await run(file, '--keys', keysFile);
    expect(code).toBe(0);
    for (const part of [
      'Valid',
      person.subjectId,
      'advertising.relevant',
      'ConsentGiven, until withdrawn',
      '/policies/privacy/1, clause use.advertising',
      'controller Abide',
      keysFile,
    ])
      expect(out).toContain(part);
  });

  it('says of a withdrawal that it is no consent', async () => {
    const { body } = await person.send('PUT', 'me/consents/advertising.relevant', { state: 'withdrawn' });
    const file = join(folder, 'withdrawal.json');
    writeFileSync(file, (await person.send('GET', `me/receipts/${body.receiptId}`)).text);
    expect((await run(file, '--keys', keysFile)).out).toContain('Withdrawn: no consent');
  });

  it('finds a receipt valid after the key was changed, with the keys of then and of now', async () => {
    await test.get(SigningKeys).rotate('receipt');
    const now = join(folder, 'now.json');
    writeFileSync(now, (await test.request({ method: 'GET', path: '/.well-known/jwks.json' })).text);
    const newer = (await person.send('GET', `me/receipts/${receiptId}`)).text;
    expect([(await verify(json, now)).valid, (await verify(newer, now)).valid]).toEqual([true, true]);
    expect((await verify(newer)).codes).toEqual(['receipt.unknown_key']);
  });

  const altered = (change: (record: Record<string, any>) => void): string => {
    const changed = JSON.parse(json) as Record<string, any>;
    change(changed);
    return JSON.stringify(changed);
  };
  const [part0, part1, part2] = [() => jws.split('.')[0]!, () => jws.split('.')[1]!, () => jws.split('.')[2]!];

  it.each<[string, () => string | Buffer, string]>([
    [
      'a record with another state',
      () => altered((one) => (one['events'][0].event_state = 'RenewedConsentGiven')),
      'receipt.record_differs',
    ],
    ['a record with one thing more', () => altered((one) => (one['note'] = 'added')), 'receipt.record_differs'],
    ['a record with one thing less', () => altered((one) => delete one['events'][0].channel), 'receipt.record_differs'],
    [
      'a record that names a member twice',
      () => json.replace('"purpose":', '"purpose":"marketing.push","purpose":'),
      'receipt.record_differs',
    ],
    ['a record without its signature', () => altered((one) => delete one['signature']), 'receipt.unsigned'],
    [
      'a payload with another purpose',
      () => `${part0()}.${encode({ ...record(), receipt_id: person.subjectId })}.${part2()}`,
      'receipt.bad_signature',
    ],
    [
      'the same payload written anew',
      () => `${part0()}.${encode(JSON.stringify(record(), null, 1))}.${part2()}`,
      'receipt.bad_signature',
    ],
    [
      'a signature of something else',
      () => `${part0()}.${part1()}.${part2().slice(0, 20)}${part2().slice(20).replace(/[a-m]/, 'z')}`,
      'receipt.bad_signature',
    ],
    ['a signature in another spelling of base64url', () => `${jws}==`, 'receipt.malformed'],
    ['a truncated JWS', () => jws.slice(0, -10), 'receipt.malformed'],
    ['a JWS without its signature part', () => `${part0()}.${part1()}`, 'receipt.malformed'],
    ['a JWS with an empty signature', () => `${part0()}.${part1()}.`, 'receipt.malformed'],
    ['a truncated JSON file', () => json.slice(0, -30), 'receipt.malformed'],
    ['the file in another encoding', () => Buffer.from(json, 'utf16le'), 'receipt.malformed'],
    ['a list of receipts', () => `[${json}]`, 'receipt.malformed'],
    ['an empty file', () => '', 'receipt.malformed'],
    ['an access token', () => person.accessToken, 'receipt.wrong_type'],
    [
      'an access token beside a record',
      () => JSON.stringify({ ...record(), signature: person.accessToken }),
      'receipt.wrong_type',
    ],
    [
      'no algorithm',
      () => `${encode({ ...header, alg: 'none', kid: keys[0]!.kid })}.${part1()}.`,
      'receipt.wrong_algorithm',
    ],
    [
      'HS256 with a public key as the secret',
      () => `${encode({ ...header, alg: 'HS256', kid: keys[0]!.kid })}.${part1()}.${part2()}`,
      'receipt.wrong_algorithm',
    ],
    [
      'an algorithm in other letters',
      () => `${encode({ ...header, alg: 'eddsa', kid: keys[0]!.kid })}.${part1()}.${part2()}`,
      'receipt.wrong_algorithm',
    ],
    ['a header without a key', () => `${encode(header)}.${part1()}.${part2()}`, 'receipt.wrong_header'],
  ])('refuses %s', async (_name, content, code) => {
    const { valid, codes, messages } = await verify(content());
    expect({ valid, codes }).toEqual({ valid: false, codes: [code] });
    expect(messages[0]).toMatch(/\.$/);
  });

  it('refuses a receipt that a foreign key signed, whatever key it brings along or claims to be', async () => {
    const payload = JSON.stringify(record());
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const foreign = { kid: 'foreign', privateKey: privateKey as unknown as CryptoKey };
    expect((await verify((await signedByHand(payload, { key: foreign })).jws)).codes).toEqual(['receipt.unknown_key']);
    const ours = keys.find(({ signs }) => signs === 'receipt')!.kid!;
    expect((await verify((await signedByHand(payload, { key: { ...foreign, kid: ours } })).jws)).codes).toEqual([
      'receipt.bad_signature',
    ]);
    const jwk = publicKey.export({ format: 'jwk' });
    expect(
      (await verify((await signedByHand(payload, { key: { ...foreign, kid: ours }, header: { jwk } })).jws)).codes,
    ).toEqual(['receipt.wrong_header']);
  });

  it('refuses a receipt under the key of access tokens, though the product holds it', async () => {
    const { id, privateKey } = await test.get(SigningKeys).current('access');
    const { jws: forged } = await signedByHand(JSON.stringify(record()), { key: { kid: id, privateKey } });
    expect(await verify(forged)).toMatchObject({ valid: false, codes: ['receipt.wrong_key'], receipt: null });
  });

  it('names every mandatory member that is missing, though the signature is good', async () => {
    const { jurisdiction: _jurisdiction, ...processing } = record()['pii_processing'][0];
    const { receipt_id: _id, ...incomplete }: Record<string, unknown> = {
      ...record(),
      pii_processing: [processing],
      events: [{ ...record()['events'][0], event_time: '2026-01-01T08:00:00+08:00' }],
    };
    const { jws: signed, keySet } = await signedByHand(JSON.stringify(incomplete));
    const { codes, messages } = await verify(signed, keySet);
    expect(codes).toEqual(['receipt.incomplete', 'receipt.incomplete', 'receipt.incomplete']);
    for (const member of ['receipt_id', 'pii_processing.0.jurisdiction', 'events.0.event_time'])
      expect(messages.join(' ')).toContain(member);
    const { jws: whole, keySet: again } = await signedByHand(JSON.stringify(record()));
    expect((await verify(whole, again)).valid).toBe(true);
  });

  it('finds the keys that the product keeps in its data folder, which hold nothing secret and only what signs receipts', async () => {
    const data = join(folder, 'data');
    const file = join(folder, 'kept.json');
    writeFileSync(file, json);
    expect((await run(file)).err).toContain('.well-known/jwks.json');
    expect((await run(file)).code).toBe(2);
    (await keepReceiptKeys(test.app, data))();
    expect(await run(file)).toMatchObject({
      code: 0,
      out: expect.stringContaining(join(data, 'receipt-keys.json')) as string,
    });
    const kept = JSON.parse(readFileSync(join(data, 'receipt-keys.json'), 'utf8')) as {
      keys: Record<string, string>[];
    };
    expect(kept.keys.length).toBeGreaterThan(0);
    expect(kept.keys.every(({ signs, d }) => signs === 'receipt' && d === undefined)).toBe(true);
  });

  it('exits 2 on what cannot be used, and says so', async () => {
    const file = join(folder, 'usable.json');
    writeFileSync(file, json);
    writeFileSync(join(folder, 'long'), Buffer.alloc(1024 * 1024 + 1, ' '));
    writeFileSync(join(folder, 'page.html'), '<html>');
    mkdirSync(join(folder, 'a-folder'), { recursive: true });
    const cases = [
      [],
      [file, file],
      [join(folder, 'absent'), '--keys', keysFile],
      [join(folder, 'a-folder'), '--keys', keysFile],
      [join(folder, 'long'), '--keys', keysFile],
      [file, '--keys', join(folder, 'page.html')],
      [file, '--keys', join(folder, 'absent')],
      [file, '--sign'],
    ];
    for (const args of cases) {
      const { code, out, err } = await run(...args);
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err).not.toBe('');
    }
  });
});
