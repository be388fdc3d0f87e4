import { ApiProperty } from '@nestjs/swagger';
import { respondToOutcome, type PendingChangeAnswer } from '@abide/identity';
import type { Localized } from '@abide/kernel';
import { Flag, LocalizedText, requestContext, setEtag } from '@abide/platform';
import type { RegistryEntry } from './registry-entries.entity.js';
import { etagOf, type RegistryOutcome } from './registry.js';

/** `?dryRun=true`: nothing is changed, and the answer says what would follow. */
export class RegistryChangeQuery {
  @Flag({ optional: true, description: 'Only say what it would open; nothing is changed' }) readonly dryRun?: boolean;
}

/** What would come of a change, without doing it. */
export class ChangePreviewDto {
  @ApiProperty({ type: [LocalizedText], description: 'What it would open, a sentence each' })
  readonly opens: readonly Localized[] = [];
  @ApiProperty({ description: 'How many more it would open than are listed' }) readonly opensMore: number = 0;
  @ApiProperty({ description: 'Whether a second operator would have to confirm it' }) readonly waits: boolean = false;
}

export const secondOperator =
  'Where it opens something that is refused now, it needs a fresh sign-in and a second operator: 202 with the change that waits and what it would open.';

/** The entry as it is now; 202 with what waits for a second operator; or, of a dry run, 200 with what would follow. */
export function respondToChange<Entry extends RegistryEntry, Dto>(
  outcome: RegistryOutcome<Entry>,
  toDto: (entry: Entry) => Dto,
): Dto | PendingChangeAnswer | ChangePreviewDto {
  if ('preview' in outcome) {
    void requestContext()?.reply.status(200);
    return outcome.preview;
  }
  return respondToOutcome(outcome, (entry) => {
    setEtag(etagOf(entry));
    return toDto(entry);
  });
}
