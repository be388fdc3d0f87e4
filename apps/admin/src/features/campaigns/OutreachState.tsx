import type { OutreachRun } from './campaigns.types.js';
import { StateTag } from '../../ui/StateTag.js';

/** A campaign that runs makes its first pass; an outreach that runs is being sent. */
export function OutreachState({ run }: { run: OutreachRun }) {
  return <StateTag state={run.state === 'running' ? 'sending' : run.state} />;
}
