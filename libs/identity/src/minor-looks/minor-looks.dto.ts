import { ApiProperty } from '@nestjs/swagger';
import { Text } from '@abide/platform';
import { PendingChangeResponse, toPendingChange } from '../changes/pending-changes.dto.js';
import type { MinorLookStanding } from './minor-look-asks.service.js';

export class AskMinorLook {
  @Text({ min: 5, max: 500, description: 'Why; a colleague reads it, and it is kept' }) readonly reason: string = '';
}

/** Whether the operator who asks may look at what is held about somebody. */
export class MinorLookResponse {
  @ApiProperty({ description: 'Whether a colleague has to agree first' }) readonly isClosed: boolean = false;
  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'A colleague agreed until then' })
  readonly openUntil: string | null = null;
  @ApiProperty({ type: PendingChangeResponse, nullable: true, description: 'What was asked and nobody has decided on' })
  readonly waiting: PendingChangeResponse | null = null;
}

export function toMinorLook({ isClosed, openUntil, waiting }: MinorLookStanding): MinorLookResponse {
  return { isClosed, openUntil: openUntil?.toISOString() ?? null, waiting: waiting && toPendingChange(waiting) };
}
