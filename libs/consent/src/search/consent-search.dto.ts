import { Id, Instant, OneOf, PageQuery, Text, Texts, Whole } from '@abide/platform';
import { foundStates, type FoundConsent, type FoundState } from './consent-search.queries.js';

const code = { max: 80 };

export class ConsentSearchQuery extends PageQuery {
  @Text({ ...code, optional: true }) readonly purpose?: string;
  @OneOf(foundStates, { optional: true, description: 'Needs a purpose' }) readonly state?: FoundState;
  @Text({ max: 60, optional: true, description: 'The slug of the policy under which it was granted' })
  readonly policy?: string;
  @Text({ ...code, optional: true, description: 'The clause that was shown' }) readonly clause?: string;
  @Instant({ optional: true, description: 'Changed since' }) readonly from?: string;
  @Instant({ optional: true, description: 'Changed before' }) readonly to?: string;
}

/** Where one subject stands with one scope; what is null is not narrowed. */
export class FoundConsentDto {
  @Id() readonly subjectId: string = '';
  @Text(code) readonly purpose: string = '';
  @Texts({ max: 100, maxLength: 80, nullable: true }) readonly categories: readonly string[] | null = null;
  @Text({ ...code, nullable: true }) readonly service: string | null = null;
  @Text({ ...code, nullable: true }) readonly recipient: string | null = null;
  @Text({ max: 6, nullable: true }) readonly region: string | null = null;
  @OneOf(foundStates) readonly state: string = '';
  @Instant({ description: 'Since when it stands so' }) readonly since: string = '';
  @Text({ max: 60, nullable: true, description: 'The policy under which it was last granted' }) readonly policy:
    string | null = null;
  @Whole({ min: 1, max: 2_147_483_647, nullable: true }) readonly revision: number | null = null;
  @Text({ ...code, nullable: true }) readonly clause: string | null = null;
  @Instant({ nullable: true }) readonly expiresAt: string | null = null;
  @Instant({ description: 'When it was last recorded' }) readonly changedAt: string = '';
}

export function toFoundConsent({ since, expiresAt, changedAt, ...found }: FoundConsent): FoundConsentDto {
  return {
    ...found,
    since: since.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
  };
}
