import { newId } from '@abide/kernel';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { PolicyStaff } from '@abide/policy/testing';
import { aSignedInOperator, createConsentApp, type TestConsole } from '../testing/app.js';
import { TestSubject } from '../testing/people.js';
import { aConsentPolicy } from '../testing/policies.js';

describe('a subject’s positioning, for operators', () => {
  let test: TestApp;
  let revisionId: string;
  let person: TestSubject;
  let agent: TestConsole;

  beforeAll(async () => {
    test = await createConsentApp({ ABIDE_ROLE: 'web' });
    revisionId = await (await PolicyStaff.open(test)).inForce(aConsentPolicy());
    agent = await aSignedInOperator(test, 'supportAgent');
  });
  beforeEach(async () => {
    person = await TestSubject.register(test, [revisionId]);
  });
  afterAll(() => test.close());

  const read = (query = '', by = agent, subjectId = person.id): Promise<TestAnswer> =>
    by.get(`operator/subjects/${subjectId}/positioning${query}`);
  const turn = async (on: boolean): Promise<string> =>
    (await person.app.send('PUT', 'me/positioning', { on })).body.changedAt;

  it('is off with nothing to tell until they switch it', async () => {
    expect((await read()).body).toEqual({ on: false, changedAt: null, items: [], nextCursor: null });
  });

  it('shows every turn of the switch, newest first, page by page', async () => {
    const turns = [await turn(true), await turn(false), await turn(true)];
    await turn(true);
    const first = (await read('?limit=2')).body;
    expect(first).toMatchObject({
      on: true,
      changedAt: turns[2],
      items: [
        { on: true, at: turns[2] },
        { on: false, at: turns[1] },
      ],
    });
    const second = (await read(`?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({ on: true, changedAt: turns[2], items: [{ on: true, at: turns[0] }], nextCursor: null });
  });

  it('is not found for a subject that nobody knows', async () => {
    expect((await read('', agent, newId())).body).toMatchObject({ status: 404, code: 'subject.not_found' });
  });

  it('is closed to operators who may not read subjects', async () => {
    expect((await read('', await aSignedInOperator(test, 'policyEditor'))).body).toMatchObject({
      status: 403,
      code: 'operator.forbidden',
    });
  });
});
