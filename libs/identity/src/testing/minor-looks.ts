import type { TestApp } from '@abide/platform/testing';
import { aSignedInOperator, type TestConsole } from './app.js';

/** Lets an operator look at a minor for an hour: they ask, and a privacy officer agrees. */
export async function letLook(test: TestApp, by: TestConsole, subjectId: string): Promise<void> {
  const asked = await by.post(`operator/subjects/${subjectId}/minor-look`, {
    reason: 'Ticket 4711: the guardian asks',
  });
  const officer = await aSignedInOperator(test, 'privacyOfficer');
  const agreed = await officer.post(`operator/changes/${asked.body.change.id}/confirmation`, {});
  if (agreed.status !== 200) throw new Error(`Nobody agreed: ${agreed.text}`);
}
