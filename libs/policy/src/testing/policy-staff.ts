import type { PolicyDocument } from '@abide/rulebook';
import type { TestAnswer, TestApp } from '@abide/platform/testing';
import { aSignedInOperator, type TestConsole } from './app.js';

/** An editor and an approver at their consoles, and what they do over and over. */
export class PolicyStaff {
  private constructor(
    private readonly test: TestApp,
    readonly editor: TestConsole,
    readonly approver: TestConsole,
  ) {}

  static async open(test: TestApp): Promise<PolicyStaff> {
    return new PolicyStaff(
      test,
      await aSignedInOperator(test, 'policyEditor'),
      await aSignedInOperator(test, 'policyApprover'),
    );
  }

  /** Saves a draft over whatever draft there is. */
  async draft(document: PolicyDocument): Promise<{ revisionId: string; contentHash: string; number: number }> {
    const path = `operator/policies/${document.policy}/draft`;
    const etag = (await this.editor.get(path)).body.etag as string | undefined;
    const answer = await this.editor.request({
      method: 'PUT',
      path,
      body: { document },
      headers: etag ? { 'if-match': etag } : {},
    });
    if (answer.status > 201) throw new Error(`The draft was refused: ${answer.text}`);
    return answer.body;
  }

  /** Answers every warning with a few words, unless told what to answer. */
  async submit(
    id: string,
    who = this.editor,
    answers?: readonly { id: string; answer: string }[],
  ): Promise<TestAnswer> {
    const warnings: readonly { id: string }[] = answers
      ? []
      : ((await who.get(`operator/revisions/${id}/comparison`)).body.warnings ?? []);
    return who.post(`operator/revisions/${id}/submission`, {
      comment: 'Please review.',
      answers: answers ?? warnings.map((warning) => ({ id: warning.id, answer: 'As it should be.' })),
    });
  }

  approve(id: string, contentHash: string, who = this.approver): Promise<TestAnswer> {
    return who.post(`operator/revisions/${id}/approval`, { comment: 'Read and agreed.', contentHash });
  }

  schedule(id: string, wish: object, who = this.approver): Promise<TestAnswer> {
    return who.post(`operator/revisions/${id}/schedule`, wish);
  }

  activate(id: string): Promise<TestAnswer> {
    return this.approver.post(`operator/revisions/${id}/activation`, {});
  }

  withdraw(id: string): Promise<TestAnswer> {
    return this.approver.post(`operator/revisions/${id}/withdrawal`, { reason: 'Not now.' });
  }

  async revision(id: string): Promise<any> {
    return (await this.approver.get(`operator/revisions/${id}`)).body;
  }

  /** Takes a text to approval. */
  async approved(document: PolicyDocument): Promise<string> {
    const { revisionId, contentHash } = await this.draft(document);
    const submitted = await this.submit(revisionId);
    if (submitted.status !== 200) throw new Error(`The submission was refused: ${submitted.text}`);
    const answer = await this.approve(revisionId, contentHash);
    if (answer.body.state !== 'approved') throw new Error(`The approval was refused: ${answer.text}`);
    return revisionId;
  }

  /** Takes a text that owes no lead time into force. */
  async inForce(document: PolicyDocument): Promise<string> {
    const id = await this.approved(document);
    const scheduled = await this.schedule(id, { effectiveAt: new Date(0).toISOString(), confirmsNoRightChanged: true });
    if (scheduled.status !== 200) throw new Error(`The schedule was refused: ${scheduled.text}`);
    const activated = await this.activate(id);
    if (activated.body.state !== 'effective') throw new Error(`The activation was refused: ${activated.text}`);
    return id;
  }

  /** Moves the clock, does what is due, and signs both in again where their sessions have run out. */
  async advance(duration: string): Promise<void> {
    await this.test.request({ method: 'POST', path: 'dev/clock', body: { advance: duration } });
    await this.editor.signIn();
    await this.approver.signIn();
  }

  /** The instant `days` from the present of the rules. */
  async inDays(days: number): Promise<string> {
    const { now } = (await this.test.request({ method: 'GET', path: 'dev/clock' })).body;
    return new Date(Date.parse(now) + days * 24 * 3600 * 1000).toISOString();
  }
}
