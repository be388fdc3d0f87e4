import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { EvidenceTerms } from '@abide/policy';

/** How long the evidence of a request is kept. */
@Injectable()
export class RequestRetention {
  constructor(
    private readonly terms: EvidenceTerms,
    private readonly clock: Clock,
  ) {}

  /** Of what is closed or erased now. */
  endOfClosed(): Promise<Date> {
    return this.terms.keptUntil(this.clock.now());
  }

  article(): Promise<string> {
    return this.terms.article();
  }
}
