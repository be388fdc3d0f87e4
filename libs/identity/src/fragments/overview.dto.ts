import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ListOf, Text, Texts } from '@abide/platform';
import type { Gathered } from './fragment-registry.js';
import type { OverviewContent } from './overview-fragments.js';

const most = 100;
/** What the fragments of the product answer with, for the API document: of changes, revisions, campaigns, requests, holders and retention. */
const rowSchemas = [
  'PendingChangeResponse',
  'OpenRevisionDto',
  'CampaignResponse',
  'RequestFigureResponse',
  'OutsideHolderResponse',
  'RetentionStandingResponse',
];
const rows = {
  type: 'array' as const,
  maxItems: most,
  items: { anyOf: rowSchemas.map((name) => ({ $ref: getSchemaPath(name) })) },
};

export class OverviewFragmentResponse {
  @Text({ max: 60, example: 'revisions' }) readonly name: string = '';
  @ApiProperty({ ...rows, description: 'Waits for an act of the operator who asks' })
  readonly mine: readonly object[] = [];
  @ApiProperty({ ...rows, description: 'Waits for somebody else' }) readonly others: readonly object[] = [];
  @ApiProperty({ ...rows, description: 'Waits for nobody' }) readonly standing: readonly object[] = [];
}

/** The overview of whoever asks. */
export class OverviewResponse {
  @ListOf(() => OverviewFragmentResponse, { max: 50, description: 'Of what the operator may see' })
  readonly fragments: OverviewFragmentResponse[] = [];
  @Texts({ max: 50, maxLength: 60, description: 'The fragments that could not be read now' })
  readonly missing: readonly string[] = [];
}

export function toOverview({ answers, missing }: Gathered<OverviewContent>): OverviewResponse {
  const fragments = answers.map(({ name, answer: { mine = [], others = [], standing = [] } }) => ({
    name,
    mine: mine.slice(0, most),
    others: others.slice(0, most),
    standing: standing.slice(0, most),
  }));
  return { fragments, missing };
}
