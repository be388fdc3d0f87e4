import { aRegistration } from '@abide/identity/testing';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '../testing/policy-staff.js';
import { aClause, aPolicy } from '../testing/documents.js';
import { createPolicyApp } from '../testing/app.js';

const moreClause = aClause({
  id: 'collect.more',
  heading: { 'zh-CN': '更多信息', en: 'More' },
  terms: [
    {
      type: 'collection',
      categories: ['enterprise.name', 'enterprise.contactPerson'],
      purposes: ['service.provision'],
      basis: 'contract',
      required: true,
      ifWithheld: 'noRegistration',
    },
    {
      type: 'collection',
      categories: ['preference.language'],
      purposes: ['service.provision'],
      basis: 'contract',
      required: false,
      ifWithheld: 'degraded',
    },
    {
      type: 'collection',
      categories: ['registration.idNumber'],
      purposes: ['service.provision'],
      basis: 'separateConsent',
      required: true,
      ifWithheld: 'noService',
      services: ['signing'],
    },
    {
      type: 'collection',
      categories: ['registration.birthDate'],
      purposes: ['service.provision'],
      basis: 'contract',
      ifWithheld: 'noRegistration',
      storage: 'onDevice',
    },
    {
      type: 'retention',
      categories: ['enterprise.name', 'enterprise.contactPerson', 'preference.language', 'registration.idNumber'],
      until: 'accountClosure',
      then: 'delete',
    },
  ],
});

describe('what registration asks for', () => {
  let test: TestApp;
  let revisionId: string;

  beforeAll(async () => {
    test = await createPolicyApp();
    revisionId = await (await PolicyStaff.open(test)).inForce(aPolicy({ clauses: [moreClause] }));
  });
  afterAll(() => test.close());

  const fields = async (kind: string) =>
    (await test.request({ method: 'GET', path: `registration-fields?kind=${kind}` })).body;
  const register = (changes: Record<string, unknown>) =>
    test.request({
      method: 'POST',
      path: 'subjects',
      body: aRegistration({ acceptedRevisionIds: [revisionId], ...changes }),
    });

  it('is told to anybody, field by field, with the clause and what follows where it is left out', async () => {
    const clause = {
      policy: 'privacy',
      revision: 1,
      clauseId: 'collect.registration',
      heading: { 'zh-CN': '注册信息', en: 'Registration' },
    };
    expect(await fields('person')).toEqual([
      { field: 'phone', category: 'registration.phone', required: true, ifWithheld: 'noRegistration', clause },
      { field: 'name', category: 'registration.name', required: true, ifWithheld: 'noRegistration', clause },
      {
        field: 'language',
        category: 'preference.language',
        required: false,
        ifWithheld: 'degraded',
        clause: {
          policy: 'privacy',
          revision: 1,
          clauseId: 'collect.more',
          heading: { 'zh-CN': '更多信息', en: 'More' },
        },
      },
    ]);
    expect((await fields('enterprise')).map(({ field, required }: any) => [field, required])).toEqual([
      ['phone', true],
      ['name', true],
      ['language', false],
      ['contactPerson', true],
    ]);
    expect((await test.request({ method: 'GET', path: 'registration-fields?kind=robot' })).status).toBe(400);
  });

  it('refuses a registration without a field that it is not possible without, and cites the clause', async () => {
    const answer = await register({ profile: {} });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: 'registration.field_required',
        errors: [{ pointer: '/profile/name', code: 'registration.field_required' }],
        clause: { policy: 'privacy', revision: 1, clauseId: 'collect.registration' },
        fields: [{ field: 'name', category: 'registration.name', clause: { clauseId: 'collect.registration' } }],
      },
    });
    expect((await register({ profile: undefined })).body.code).toBe('registration.field_required');
    const enterprise = await register({ kind: 'enterprise', profile: { name: '纸鹤文化（虚构）有限公司' } });
    expect(enterprise).toMatchObject({ status: 400, body: { errors: [{ pointer: '/profile/contactPerson' }] } });
  });

  it('takes a registration with them, by either identifier, and asks for nothing that is optional', async () => {
    expect((await register({})).status).toBe(202);
    expect(
      (
        await register({
          kind: 'enterprise',
          profile: { name: '纸鹤文化（虚构）有限公司', contactPerson: { name: '周听澜' } },
        })
      ).status,
    ).toBe(202);
  });
});
