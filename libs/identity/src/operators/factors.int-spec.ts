import { Clock } from '@abide/kernel';
import type { TestApp } from '@abide/platform/testing';
import { codeAt, stepAt } from '../credentials/totp.js';
import {
  advance,
  anOperator,
  aSignedInOperator,
  createIdentityApp,
  goodPassword,
  resetClock,
  type TestConsole,
} from '../testing/app.js';

describe('second factors of operators', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const codeNow = (app: TestApp, secret: Buffer, steps = 0) => codeAt(secret, stepAt(app.get(Clock).now()) + steps);

  async function enrol(app: TestApp, console: TestConsole): Promise<{ secret: Buffer; recoveryCodes: string[] }> {
    const proposed = await console.post('operator/sessions/factors/totp', {});
    const secret = fromBase32(proposed.body.secret);
    const confirmed = await console.post('operator/sessions/factors/totp/confirmation', { code: codeNow(app, secret) });
    expect(confirmed.status).toBe(200);
    return { secret, recoveryCodes: confirmed.body.recoveryCodes };
  }

  async function anEnrolledOperator(): Promise<{ console: TestConsole; secret: Buffer; recoveryCodes: string[] }> {
    const console = await aSignedInOperator(test, 'administrator');
    return { console, ...(await enrol(test, console)) };
  }

  it('ends every session when a factor is enrolled, and asks for a code from then on', async () => {
    const { console, secret } = await anEnrolledOperator();
    expect((await console.get('operator/sessions/current')).status).toBe(401);
    expect((await console.signIn()).body).toMatchObject({ status: 401, code: 'session.second_factor_required' });
    await advance(test, 'PT30S');
    expect((await console.signIn(goodPassword, codeNow(test, secret))).status).toBe(200);
  });

  it('accepts a code once only', async () => {
    const { console, secret } = await anEnrolledOperator();
    await advance(test, 'PT30S');
    const code = codeNow(test, secret);
    expect((await console.signIn(goodPassword, code)).status).toBe(200);
    expect((await console.signIn(goodPassword, code)).body.code).toBe('session.invalid_credentials');
  });

  it('accepts a code of the next step, and none further away', async () => {
    const { console, secret } = await anEnrolledOperator();
    await advance(test, 'PT2M');
    expect((await console.signIn(goodPassword, codeNow(test, secret, 2))).status).toBe(401);
    expect((await console.signIn(goodPassword, codeNow(test, secret, -2))).status).toBe(401);
    expect((await console.signIn(goodPassword, codeNow(test, secret, 1))).status).toBe(200);
  });

  it('asks for the code at step-up too', async () => {
    const { console, secret } = await anEnrolledOperator();
    await advance(test, 'PT30S');
    await console.signIn(goodPassword, codeNow(test, secret));
    expect((await console.post('operator/sessions/step-up', { password: goodPassword })).body.code).toBe(
      'session.second_factor_required',
    );
  });

  it('gives ten recovery codes, each good once', async () => {
    const { console, recoveryCodes } = await anEnrolledOperator();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [first = ''] = recoveryCodes;
    expect((await console.signIn(goodPassword, first.toUpperCase())).status).toBe(200);
    expect((await console.get('operator/sessions/factors')).body).toEqual({
      totp: true,
      required: false,
      recoveryCodesLeft: 9,
    });
    expect((await console.signIn(goodPassword, first)).status).toBe(401);
  });

  it('does not enrol a secret without a code of it', async () => {
    const console = await aSignedInOperator(test, 'auditor');
    await console.post('operator/sessions/factors/totp', {});
    expect((await console.post('operator/sessions/factors/totp/confirmation', { code: '000000' })).body.code).toBe(
      'factor.wrong_code',
    );
    expect((await console.signIn()).status).toBe(200);
  });

  it('lets two administrators take away a lost factor', async () => {
    const { console } = await anEnrolledOperator();
    const [proposer, confirmer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
    const { change } = (
      await proposer.request({ method: 'DELETE', path: `operator/operators/${console.operatorId}/factors` })
    ).body;
    expect((await console.signIn()).body.code).toBe('session.second_factor_required');
    expect((await confirmer.post(`operator/operator-changes/${change.id}/confirmation`, {})).status).toBe(200);
    expect((await console.signIn()).status).toBe(200);
  });

  it('allows nothing but enrolling where a factor is required', async () => {
    const strict = await createIdentityApp({ ABIDE_SECOND_FACTOR: 'required' });
    const console = await anOperator(strict, 'administrator');
    const signedIn = await console.signIn();
    expect(signedIn.body).toMatchObject({ factorRequired: true, operator: { permissions: [] } });
    expect((await console.get('operator/operators')).body.code).toBe('operator.forbidden');
    const { secret } = await enrol(strict, console);
    await advance(strict, 'PT30S');
    await console.signIn(goodPassword, codeNow(strict, secret));
    expect((await console.get('operator/operators')).status).toBe(200);
    expect((await console.request({ method: 'DELETE', path: 'operator/sessions/factors/totp' })).body.code).toBe(
      'factor.required',
    );
    await strict.close();
  });
});

function fromBase32(text: string): Buffer {
  const bits = [...text]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
