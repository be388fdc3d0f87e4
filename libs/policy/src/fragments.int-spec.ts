import { newId } from '@abide/kernel';
import { aSignedInSubject, type TestClientApp } from '@abide/identity/testing';
import { Inbox } from '@abide/notifications';
import { Database } from '@abide/platform';
import type { TestApp } from '@abide/platform/testing';
import { PolicyStaff } from './testing/policy-staff.js';
import { aClause, aPolicy, withClause } from './testing/documents.js';
import { aSignedInOperator, createPolicyApp, type TestConsole } from './testing/app.js';

const titled = (policy: string) => ({ ...aPolicy({ policy, kind: 'service', service: policy }) });

describe('what policy and notifications bring to the pages of operators', () => {
  let test: TestApp;
  let staff: PolicyStaff;
  let general: string;
  beforeAll(async () => {
    test = await createPolicyApp({ ABIDE_ROLE: 'web' });
    staff = await PolicyStaff.open(test);
    general = await staff.inForce(aPolicy());
  });
  afterAll(() => test.close());

  describe('the overview', () => {
    const fragment = async (console: TestConsole, name: string) =>
      (await console.get('operator/overview')).body.fragments.find((one: { name: string }) => one.name === name);
    const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

    it('says of each revision on its way who has to act next, and what one that is announced waits for', async () => {
      const { revisionId: draft } = await staff.draft(titled('parking'));
      const approved = await staff.approved(titled('tickets'));
      const announced = await staff.approved(withClause(aPolicy(), aClause({ id: 'more' })));
      const scheduled = await staff.schedule(announced, {
        effectiveAt: await staff.inDays(40),
        confirmsNoRightChanged: true,
      });
      expect(scheduled.status).toBe(200);

      const editors = await fragment(staff.editor, 'revisions');
      expect(ids(editors.mine)).toEqual([draft]);
      expect(editors.mine[0]).toMatchObject({ nextAct: 'submission', state: 'draft', number: 1, missing: [] });
      expect(ids(editors.others)).toEqual([approved]);

      const approvers = await fragment(staff.approver, 'revisions');
      expect(ids(approvers.mine)).toEqual([approved]);
      expect(approvers.mine[0]).toMatchObject({ nextAct: 'schedule', title: { en: expect.any(String) } });
      expect(ids(approvers.others)).toEqual([draft]);
      expect(ids(approvers.standing)).toEqual([announced]);
      expect(approvers.standing[0]).toMatchObject({
        state: 'scheduled',
        nextAct: null,
        missing: expect.arrayContaining([expect.objectContaining({ code: 'effectiveAtAhead' })]),
      });
    });

    it('shows nothing of policies and campaigns to whoever may not read them', async () => {
      const { fragments } = (await (await aSignedInOperator(test, 'supportAgent')).get('operator/overview')).body;
      const names = fragments.map(({ name }: { name: string }) => name);
      const permissions = (await (await aSignedInOperator(test, 'supportAgent')).get('operator/sessions/current')).body
        .operator.permissions as string[];
      expect(names.includes('revisions')).toBe(permissions.includes('policy.read'));
      expect(names.includes('campaigns')).toBe(permissions.includes('campaign.read'));
    });
  });

  describe('a timeline', () => {
    let subject: TestClientApp;
    let agent: TestConsole;
    beforeAll(async () => {
      subject = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
      agent = await aSignedInOperator(test, 'supportAgent');
    });
    const timeline = async () =>
      (await agent.get(`operator/subjects/${subject.subjectId}/timeline?limit=100`)).body.items as {
        kind: string;
        facts: object;
      }[];

    it('tells what was accepted, and which notices were given and opened, in facts', async () => {
      await test.get(Inbox).tell(subject.subjectId, {
        kind: 'consentExpiring',
        title: { 'zh-CN': '同意即将到期', en: 'A consent runs out' },
        summary: { 'zh-CN': '请确认', en: 'Please confirm' },
        link: '/me',
      });
      const [notice] = (await subject.send('GET', 'me/notices')).body.items.filter(
        ({ kind }: { kind: string }) => kind === 'consentExpiring',
      );
      await subject.send('POST', `me/notices/${notice.id}/read`);
      const told = (await timeline()).filter(({ kind }) => kind !== 'noticed');
      expect(told.map(({ kind, facts }) => ({ kind, facts }))).toEqual([
        { kind: 'personalOpened', facts: { notice: 'consentExpiring' } },
        { kind: 'personalNoticed', facts: { notice: 'consentExpiring' } },
        { kind: 'registered', facts: {} },
        { kind: 'accepted', facts: { policy: 'privacy', revision: 1, mode: 'explicit' } },
      ]);
    });

    it('goes on page by page where a notice was opened in the instant in which it was given', async () => {
      const other = await aSignedInSubject(test, { acceptedRevisionIds: [general] });
      const at = new Date('2100-01-01T00:00:00Z');
      await test.get(Database).execute(
        `INSERT INTO notifications.inbox_notices (subject_id, id, kind, title, summary, link, published_at, read_at)
         SELECT $1, told.id, 'handOver', '{}', '{}', '/me', $3, $3 FROM unnest($2::uuid[]) AS told (id)`,
        [other.subjectId, [newId(), newId(), newId()], at],
      );
      const found: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null && found.length < 20) {
        const { items, nextCursor }: { items: { id: string }[]; nextCursor: string | null } = (
          await agent.get(`operator/subjects/${other.subjectId}/timeline?limit=1${cursor && `&cursor=${cursor}`}`)
        ).body;
        found.push(...items.map(({ id }) => id));
        cursor = nextCursor;
      }
      const whole = (await agent.get(`operator/subjects/${other.subjectId}/timeline?limit=100`)).body.items;
      expect(found).toEqual(whole.map(({ id }: { id: string }) => id));
      expect(found.slice(0, 6).map((id) => id.split('/')[0])).toEqual([
        ...Array(3).fill('opened'),
        ...Array(3).fill('noticed'),
      ]);
      expect(new Set(found).size).toBe(found.length);
    });
  });
});
