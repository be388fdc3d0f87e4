import { beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from './client.js';
import { AbideProblem } from './problem.js';
import { isIndispensable, register, registrationFields, type RegistrationField } from './registration.js';

const clause = {
  policy: 'privacy',
  revision: 2,
  clauseId: 'collect.registration',
  heading: { 'zh-CN': '注册信息', en: 'Registration' },
};
const name: RegistrationField = {
  field: 'name',
  category: 'registration.name',
  required: true,
  ifWithheld: 'noRegistration',
  clause,
};
const verification = {
  id: '018f0000-0000-7000-8000-000000000001',
  channel: 'email',
  expiresAt: '2026-03-01T08:10:00.000Z',
};
const account = {
  kind: 'person',
  identifier: { type: 'email', value: 'lin.xiao@example.com' },
  password: 'a quiet river in autumn',
  acceptedRevisionIds: [],
} as const;

describe('registering', () => {
  let sent: { url: string; body: any }[];
  let answer: () => Response;
  const json = (status: number, body: unknown) =>
    new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
  const client = createClient({
    baseUrl: 'https://privacy.example',
    fetch: async (request) => {
      const text = await request.clone().text();
      sent.push({
        url: request.url.replace('https://privacy.example/api/v1/', ''),
        body: text === '' ? null : JSON.parse(text),
      });
      return answer();
    },
  });
  beforeEach(() => {
    [sent, answer] = [[], () => json(202, { verification })];
  });

  it('asks the server what the clauses in force ask for', async () => {
    answer = () => json(200, [name]);
    expect(await registrationFields(client)).toEqual([name]);
    await registrationFields(client, 'enterprise');
    expect(sent.map(({ url }) => url)).toEqual([
      'registration-fields?kind=person',
      'registration-fields?kind=enterprise',
    ]);
  });

  it('tells what nobody registers without from what is merely required for something, and from what is asked of children alone', () => {
    expect(
      [
        name,
        { ...name, ifWithheld: 'noService' as const },
        { ...name, ifWithheld: undefined },
        { ...name, field: 'guardian' },
      ].map(isIndispensable),
    ).toEqual([true, false, false, false]);
  });

  it('sends what was given and nothing that was left blank', async () => {
    const guardian = { identifier: { type: 'email' as const, value: ' ' } };
    expect(
      await register(client, {
        ...account,
        acceptedRevisionIds: [],
        profile: { name: '林晓', language: ' ' },
        birthDate: '',
        guardian,
      }),
    ).toEqual(verification);
    await register(client, { ...account, acceptedRevisionIds: [], profile: { name: '' } });
    expect(sent.map(({ body }) => body)).toEqual([{ ...account, profile: { name: '林晓' } }, account]);
  });

  it('tells which clause asks for what is missing', async () => {
    answer = () =>
      json(400, {
        type: 'about:blank',
        title: 'No',
        status: 400,
        code: 'registration.field_required',
        fields: [{ field: 'name', clause }],
      });
    const refusal: unknown = await register(client, { ...account, acceptedRevisionIds: [] }).catch(
      (problem: unknown) => problem,
    );
    expect(refusal).toBeInstanceOf(AbideProblem);
    expect(refusal).toMatchObject({
      status: 400,
      code: 'registration.field_required',
      document: { fields: [{ field: 'name', clause: { clauseId: 'collect.registration' } }] },
    });
  });
});
