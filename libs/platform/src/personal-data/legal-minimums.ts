import { Injectable } from '@nestjs/common';

/** What the law wants kept of a category, though somebody is erased. */
export interface LegalMinimum {
  /** As the profile cites it. */
  readonly article: string;
  /** When the minimum of what occurred then is over. */
  endOf(occurredAt: Date): Date;
}

export type LegalMinimumSource = (category: string) => Promise<LegalMinimum | null>;

/** Where modules that know no policy ask what the law has them keep; whoever knows the profile answers. Without any source, nothing stays. */
@Injectable()
export class LegalMinimums {
  private source: LegalMinimumSource = async () => null;

  /** Call it while modules initialise. */
  register(source: LegalMinimumSource): void {
    this.source = source;
  }

  async of(category: string): Promise<LegalMinimum | null> {
    return this.source(category);
  }
}
