import { Injectable } from '@nestjs/common';
import { Guardianships } from '@abide/identity';
import type { ConsentWish } from '../recording/consent-wish.rules.js';
import { Consents, type RecordedConsent } from '../recording/consents.service.js';

/** What a guardian decides for a child of theirs. Only somebody known to be an adult opens anything; taking back is refused to no guardian. */
@Injectable()
export class WardConsents {
  constructor(
    private readonly guardianships: Guardianships,
    private readonly consents: Consents,
  ) {}

  /**
   * Records it if they are the guardian still when it is written.
   * @throws DomainError those of `Consents.record` and `Guardianships.requireAdultGuardian`, for a withdrawal of `requireWard`
   */
  async record(guardianId: string, wardId: string, wish: ConsentWish): Promise<RecordedConsent> {
    await this.requireMay(guardianId, wardId, wish);
    return this.consents.record(wardId, wish, {
      kind: 'guardian',
      id: guardianId,
      stillMay: async () => {
        await this.guardianships.lockWard(wardId);
        await this.requireMay(guardianId, wardId, wish);
      },
    });
  }

  private async requireMay(guardianId: string, wardId: string, { state }: ConsentWish): Promise<void> {
    if (state === 'granted') await this.guardianships.requireAdultGuardian(guardianId, wardId);
    else await this.guardianships.requireWard(guardianId, wardId);
  }
}
