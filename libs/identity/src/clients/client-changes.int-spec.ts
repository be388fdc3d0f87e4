import { Database } from '@abide/platform';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { PendingChanges } from '../changes/pending-changes.service.js';
import { advance, aSignedInOperator, createIdentityApp, resetClock, type TestConsole } from '../testing/app.js';
import { ClientChanges } from './client-changes.service.js';
import { ServiceClients, type NewClient } from './service-clients.service.js';

const reading = {
  name: 'Survey reports',
  scopes: ['telemetry:read'],
  purposes: ['product.improvement'],
  services: ['ticketing'],
};
const sending = { name: 'Ticketing back end', scopes: ['telemetry:write'] };

describe('a service client that opens personal data', () => {
  let test: TestApp;
  let proposer: TestConsole;
  let confirmer: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  beforeEach(async () => {
    [proposer, confirmer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
    ];
  });
  afterEach(() => resetClock(test));
  afterAll(() => test.close());

  const confirm = (by: TestConsole, id: string): Promise<TestAnswer> =>
    by.post(`operator/changes/${id}/confirmation`, {});
  const reject = (by: TestConsole, id: string): Promise<TestAnswer> =>
    by.post(`operator/changes/${id}/rejection`, { reason: 'Nobody asked for it' });
  const propose = async (body: object = reading): Promise<any> =>
    (await proposer.post('operator/clients', body)).body.change;
  const bound = (by: TestConsole, id: string, body: object): Promise<TestAnswer> =>
    by.request({ method: 'PATCH', path: `operator/clients/${id}`, body });
  const tokenFor = ({ id, secret }: { id: string; secret: string }): Promise<TestAnswer> =>
    test.request({
      method: 'POST',
      path: 'oauth/token',
      body: { grant_type: 'client_credentials', client_id: id, client_secret: secret },
    });
  const clientOf = async (id: string): Promise<any> =>
    (await proposer.get('operator/clients')).body.items.find((one: { id: string }) => one.id === id);
  const lastEntry = async (act: string) =>
    (
      await test
        .get(Database)
        .query<{ actor_id: string; details: Record<string, unknown> }>(
          'SELECT actor_id, details FROM audit.entries WHERE act = $1 ORDER BY id DESC LIMIT 1',
          [act],
        )
    )[0];
  /** Made and confirmed, with the secret that its maker came for. */
  const aReader = async (): Promise<{ id: string; secret: string }> => {
    const { id, object } = await propose();
    expect((await confirm(confirmer, id)).status).toBe(200);
    return (await proposer.post(`operator/clients/${object.id}/secret`, {})).body;
  };
  const anEarlierClient = async (): Promise<string> =>
    (await test.get(ServiceClients).create({ name: 'Made earlier', scopes: ['telemetry:read'] })).clientId;

  it('does not come about by one administrator alone', async () => {
    const answer = await proposer.post('operator/clients', reading);
    expect(answer).toMatchObject({
      status: 202,
      body: {
        change: {
          kind: 'clientCreation',
          state: 'waiting',
          object: { type: 'client', name: { en: 'Survey reports' } },
        },
      },
    });
    expect(answer.body.change.opens).toEqual([
      {
        'zh-CN': '可在ticketing中为product.improvement读取用户的行为记录。',
        en: 'May read the events of people in ticketing for product.improvement.',
      },
    ]);
    expect(await clientOf(answer.body.change.object.id)).toBeUndefined();
    expect((await confirm(proposer, answer.body.change.id)).status).toBe(403);
  });

  it('names its purposes and services', async () => {
    for (const body of [
      { ...reading, purposes: undefined },
      { ...reading, services: [] },
      { name: 'x', scopes: ['location:read'] },
      { name: 'x', scopes: ['disclosures:write'], services: ['ticketing'] },
    ]) {
      expect((await proposer.post('operator/clients', body)).body).toMatchObject({
        status: 400,
        code: 'request.invalid',
      });
    }
  });

  it('is made once a second administrator confirms, and its secret is shown once, to whoever proposed it', async () => {
    const { id, object } = await propose();
    expect((await confirm(confirmer, id)).body).toMatchObject({
      state: 'confirmed',
      decidedBy: { id: confirmer.operatorId },
    });
    expect(await clientOf(object.id)).toMatchObject({
      ...reading,
      secretDueTo: proposer.operatorId,
      unbounded: false,
      secrets: [],
    });
    const collect = (by: TestConsole) => by.post(`operator/clients/${object.id}/secret`, {});
    expect((await collect(confirmer)).body).toMatchObject({ status: 404, code: 'client.no_secret_due' });
    const answers = await Promise.all([collect(proposer), collect(proposer)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404]);
    const shown = answers.find(({ status }) => status === 201)?.body;
    expect((await tokenFor(shown)).body.scope).toBe('telemetry:read');
    const kept = await test
      .get(Database)
      .query(
        'SELECT to_jsonb(change)::text AS text FROM identity.pending_changes change UNION ALL SELECT details::text FROM audit.entries',
      );
    expect(JSON.stringify(kept)).not.toContain(shown.secret);
  });

  it('leaves the evidence of both', async () => {
    const { id } = await propose();
    await confirm(confirmer, id);
    expect(await lastEntry('client.created')).toMatchObject({
      actor_id: confirmer.operatorId,
      details: {
        singleHanded: false,
        proposedBy: proposer.operatorId,
        confirmedBy: confirmer.operatorId,
        opens: expect.stringContaining('May read'),
      },
    });
    expect(await lastEntry('change.confirmed')).toMatchObject({
      actor_id: confirmer.operatorId,
      details: { kind: 'clientCreation', proposedBy: proposer.operatorId },
    });
  });

  it('waits a week for its secret to be collected', async () => {
    const { id, object } = await propose();
    await confirm(confirmer, id);
    await advance(test, 'P7D');
    await proposer.signIn();
    expect((await proposer.post(`operator/clients/${object.id}/secret`, {})).body.code).toBe('client.no_secret_due');
  });

  it('gets no new secret by one administrator alone', async () => {
    const { id, secret } = await aReader();
    const { status, body } = await proposer.post(`operator/clients/${id}/rotation`, { overlapDays: 0 });
    expect([status, body.secret]).toEqual([202, undefined]);
    expect((await tokenFor({ id, secret })).status).toBe(200);
    await confirm(confirmer, body.change.id);
    const renewed = (await proposer.post(`operator/clients/${id}/secret`, {})).body;
    expect((await tokenFor(renewed)).status).toBe(200);
    expect((await tokenFor({ id, secret })).status).toBe(401);
  });

  it('gets none either when it was made before clients had bounds, and says that it has none', async () => {
    const id = await anEarlierClient();
    expect(await clientOf(id)).toMatchObject({ purposes: null, services: null, unbounded: true });
    expect((await proposer.post(`operator/clients/${id}/rotation`, {})).status).toBe(202);
  });

  describe('made on the server', () => {
    const make = (client: object, isUnbounded = false) =>
      test.get(ClientChanges).createOnServer(client as NewClient, { isUnbounded });

    it('names its purposes and services as in the console', async () => {
      await expect(make({ ...reading, services: [] })).rejects.toMatchObject({
        code: 'request.invalid',
        details: { errors: [{ pointer: '/services' }] },
      });
      const { clientId } = await make(reading);
      expect(await clientOf(clientId)).toMatchObject({ ...reading, unbounded: false });
      expect(await lastEntry('client.created')).toMatchObject({
        actor_id: 'system',
        details: { madeOnServer: true, purposes: 'product.improvement', services: 'ticketing' },
      });
      expect(await lastEntry('client.leftUnbounded')).toBeUndefined();
    });

    it('is left without bounds in so many words only, which the trail says by itself and the list shows', async () => {
      const { clientId } = await make({ name: 'Everything', scopes: ['location:read'] }, true);
      expect(await clientOf(clientId)).toMatchObject({ purposes: null, services: null, unbounded: true });
      expect(await lastEntry('client.leftUnbounded')).toMatchObject({
        actor_id: 'system',
        details: { scopes: 'location:read', madeOnServer: true },
      });
    });
  });

  it('is narrowed at once and never widened by one alone', async () => {
    const id = await anEarlierClient();
    expect(
      (await bound(proposer, id, { purposes: ['product.improvement', 'service.provision'], services: ['ticketing'] }))
        .status,
    ).toBe(204);
    expect(await clientOf(id)).toMatchObject({
      purposes: ['product.improvement', 'service.provision'],
      services: ['ticketing'],
      unbounded: false,
    });
    expect((await bound(proposer, id, { purposes: ['service.provision'] })).status).toBe(204);
    for (const wider of [
      { purposes: ['product.improvement'] },
      { services: ['ticketing', 'signing'] },
      { scopes: ['telemetry:read', 'decisions:read'] },
    ]) {
      expect((await bound(proposer, id, wider)).body.change).toMatchObject({
        kind: 'clientAmendment',
        state: 'waiting',
      });
    }
    expect(await clientOf(id)).toMatchObject({
      scopes: ['telemetry:read'],
      purposes: ['service.provision'],
      services: ['ticketing'],
    });
  });

  it('cannot be freed of its bounds', async () => {
    const { id } = await aReader();
    expect((await bound(proposer, id, { purposes: null })).status).toBe(400);
    await bound(proposer, id, { purposes: [], services: [] });
    expect(await clientOf(id)).toMatchObject({ purposes: ['product.improvement'], services: ['ticketing'] });
  });

  it('does not become one that opens personal data by adding a scope', async () => {
    const { id } = (await proposer.post('operator/clients', sending)).body;
    expect((await bound(proposer, id, { scopes: ['telemetry:write', 'telemetry:read'] })).status).toBe(400);
    const { body } = await bound(proposer, id, {
      scopes: ['telemetry:write', 'telemetry:read'],
      purposes: ['product.improvement'],
      services: ['ticketing'],
    });
    expect(body.change.state).toBe('waiting');
    expect((await clientOf(id)).scopes).toEqual(['telemetry:write']);
    await confirm(confirmer, body.change.id);
    expect((await clientOf(id)).scopes).toEqual(['telemetry:write', 'telemetry:read']);
  });

  it('is not widened by whoever holds its secret, though somebody else proposes it', async () => {
    const { id } = await aReader();
    const { change } = (await bound(confirmer, id, { services: ['ticketing', 'signing'] })).body;
    expect((await confirm(proposer, change.id)).status).toBe(403);
    const third = await aSignedInOperator(test, 'administrator');
    expect((await confirm(third, change.id)).status).toBe(200);
  });

  it('is widened by nobody who holds its secret, nor kept from it by them: then a privacy officer confirms', async () => {
    const { id } = await aReader();
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const others = (await proposer.get('operator/operators?limit=100')).body.items.filter(
      (one: { id: string; roles: string[] }) =>
        one.roles.includes('administrator') && ![proposer.operatorId, confirmer.operatorId].includes(one.id),
    );
    await test
      .get(Database)
      .execute('UPDATE identity.operators SET is_active = false WHERE id = ANY ($1::uuid[])', [
        others.map((one: { id: string }) => one.id),
      ]);
    const { change } = (await bound(confirmer, id, { services: ['ticketing', 'signing'] })).body;
    expect((await confirm(proposer, change.id)).body.code).toBe('operator.own_benefit');
    expect((await officer.get(`operator/changes/${change.id}`)).body.mayConfirm).toBe(true);
    expect((await confirm(officer, change.id)).status).toBe(200);
  });

  it('is widened only from what it was when that was proposed', async () => {
    const { id } = await aReader();
    const propose = (services: string[]) => bound(proposer, id, { services });
    const [first, second] = [
      (await propose(['ticketing', 'signing'])).body.change,
      (await propose(['ticketing', 'parking'])).body.change,
    ];
    expect((await confirm(confirmer, first.id)).status).toBe(200);
    expect((await confirm(confirmer, second.id)).body).toMatchObject({ status: 409, code: 'change.stale' });
    expect((await clientOf(id)).services).toEqual(['ticketing', 'signing']);
    expect((await confirmer.get(`operator/changes/${second.id}`)).body).toMatchObject({
      state: 'waiting',
      decidedBy: null,
    });
  });

  it('is made once, however many confirm at the same time from several connections', async () => {
    const third = await aSignedInOperator(test, 'administrator');
    const { id, object } = await propose();
    const answers = await Promise.all([confirm(confirmer, id), confirm(third, id), confirm(confirmer, id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(
      await test
        .get(Database)
        .query("SELECT 1 FROM audit.entries WHERE act = 'client.created' AND object_id = $1", [object.id]),
    ).toHaveLength(1);
  });

  it('is either confirmed or rejected when both are asked at once', async () => {
    const third = await aSignedInOperator(test, 'administrator');
    const { id, object } = await propose();
    const [confirmed, rejected] = await Promise.all([confirm(confirmer, id), reject(third, id)]);
    expect([confirmed.status, rejected.status].toSorted()).toEqual([200, 409]);
    expect((await clientOf(object.id)) !== undefined).toBe(confirmed.status === 200);
  });

  it('comes to nothing when it is rejected, after seven days, or when its proposer may no longer make clients', async () => {
    const [rejected, expired] = [await propose(), await propose()];
    expect((await reject(confirmer, rejected.id)).body).toMatchObject({
      state: 'rejected',
      reason: 'Nobody asked for it',
    });
    expect((await confirm(confirmer, rejected.id)).body.code).toBe('change.decided');
    await advance(test, 'P7D');
    await Promise.all([confirmer.signIn(), proposer.signIn()]);
    expect((await confirm(confirmer, expired.id)).body.code).toBe('change.expired');
    const orphaned = await propose();
    await test
      .get(Database)
      .execute("UPDATE identity.operators SET roles = ARRAY['auditor'] WHERE id = $1", [proposer.operatorId]);
    expect((await confirm(confirmer, orphaned.id)).body.code).toBe('change.proposer_gone');
  });

  it('is decided on by nobody but a second person who has just proved who they are', async () => {
    const { id } = await propose();
    const auditor = await aSignedInOperator(test, 'auditor');
    expect((await confirm(auditor, id)).status).toBe(403);
    expect((await reject(auditor, id)).status).toBe(403);
    await advance(test, 'PT6M');
    expect((await confirm(confirmer, id)).body.code).toBe('session.step_up_required');
  });

  it('is shown as waiting to whoever may see clients, with a word on whether it waits for them', async () => {
    const { id } = await propose();
    const [auditor, editor] = [await aSignedInOperator(test, 'auditor'), await aSignedInOperator(test, 'policyEditor')];
    const shown = async (by: TestConsole) =>
      (await by.get('operator/changes?state=waiting&limit=100')).body.items.find(
        (one: { id: string }) => one.id === id,
      );
    expect(await shown(confirmer)).toMatchObject({ mayConfirm: true });
    expect(await shown(proposer)).toMatchObject({ mayConfirm: false });
    expect(await shown(auditor)).toMatchObject({ mayConfirm: false });
    expect(await shown(editor)).toBeUndefined();
    expect((await editor.get(`operator/changes/${id}`)).body.code).toBe('change.not_found');
  });

  it('is needed for no client that opens nothing', async () => {
    const made = await proposer.post('operator/clients', sending);
    expect(made.status).toBe(201);
    expect((await proposer.post(`operator/clients/${made.body.id}/rotation`, {})).status).toBe(201);
  });

  it('applies nothing of a kind that nobody registered', async () => {
    const { id } = await propose();
    await test.get(Database).execute("UPDATE identity.pending_changes SET kind = 'unheardOf' WHERE id = $1", [id]);
    await expect(
      test.get(PendingChanges).confirm(id, { by: confirmer.operatorId, reason: null }),
    ).rejects.toMatchObject({ code: 'change.not_found' });
  });
});

describe('where the other administrator is shut out', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createIdentityApp();
  });
  afterAll(() => test.close());

  it('a client that reads still waits, and a privacy officer confirms it once nobody else could', async () => {
    const [first, other, officer] = [
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'administrator'),
      await aSignedInOperator(test, 'privacyOfficer'),
    ];
    await first.request({ method: 'PATCH', path: `operator/operators/${other.operatorId}`, body: { active: false } });
    const { status, body } = await first.post('operator/clients', reading);
    expect(status).toBe(202);
    expect((await officer.post(`operator/changes/${body.change.id}/confirmation`, {})).body.code).toBe(
      'operator.second_person_only',
    );
    expect((await officer.get(`operator/changes/${body.change.id}`)).body.mayConfirm).toBe(false);
    await test
      .get(Database)
      .execute('UPDATE identity.operators SET suspended_by = NULL WHERE id = $1', [other.operatorId]);
    expect((await officer.get(`operator/changes/${body.change.id}`)).body.mayConfirm).toBe(true);
    expect((await officer.post(`operator/changes/${body.change.id}/confirmation`, {})).body.state).toBe('confirmed');
  });
});

describe('an installation that never had a second administrator', () => {
  let test: TestApp;
  let administrator: TestConsole;
  beforeAll(async () => {
    test = await createIdentityApp();
    administrator = await aSignedInOperator(test, 'administrator');
  });
  afterAll(() => test.close());

  it('makes a client that reads at once, and the evidence says that nobody confirmed it', async () => {
    const { status, body } = await administrator.post('operator/clients', reading);
    expect([status, typeof body.secret]).toEqual([201, 'string']);
    const [entry] = await test
      .get(Database)
      .query<{ details: object }>("SELECT details FROM audit.entries WHERE act = 'client.created' AND object_id = $1", [
        body.id,
      ]);
    expect(entry?.details).toMatchObject({
      singleHanded: true,
      purposes: 'product.improvement',
      services: 'ticketing',
    });
  });

  it('lets it wait for a privacy officer as soon as there is one', async () => {
    const officer = await aSignedInOperator(test, 'privacyOfficer');
    const answer = await administrator.post('operator/clients', reading);
    expect(answer).toMatchObject({ status: 202, body: { change: { state: 'waiting' } } });
    expect((await officer.post(`operator/changes/${answer.body.change.id}/confirmation`, {})).status).toBe(200);
  });
});
