import { Instant, ListOf, LocalizedText, Nested, Text, Whole } from '@abide/platform';
import type { Reconsent } from './reconsent.queries.js';

const people = { min: 0, max: 2_147_483_647 };

class ReconsentDto {
  @Text({ max: 60 }) readonly policy: string = '';
  @Whole({ min: 1, max: 2_147_483_647 }) readonly revision: number = 1;
  @Instant({ nullable: true }) readonly effectiveAt: string | null = null;
  @Text({ max: 80 }) readonly purpose: string = '';
  @Nested(() => LocalizedText) readonly name: LocalizedText = new LocalizedText();
  @Whole({ ...people, description: 'Active subjects who have not consented to the change yet' })
  readonly stale: number = 0;
  @Whole({ ...people, description: 'Active subjects who consented again' }) readonly renewed: number = 0;
  @Instant({ nullable: true, description: 'When everybody was last counted; null until then' }) readonly asOf:
    string | null = null;
}

export class ReconsentResponse {
  @ListOf(() => ReconsentDto, { max: 5000, description: 'The newest revision first' })
  readonly items: readonly ReconsentDto[] = [];
}

export function toReconsent({ effectiveAt, asOf, ...progress }: Reconsent): ReconsentDto {
  return { ...progress, effectiveAt: effectiveAt?.toISOString() ?? null, asOf: asOf?.toISOString() ?? null };
}
