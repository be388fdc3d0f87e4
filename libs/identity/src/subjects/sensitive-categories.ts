import { Injectable } from '@nestjs/common';

/** Says which categories are sensitive now, for instance those of a register that operators keep. */
export type SensitiveCategoriesSource = () => Promise<ReadonlySet<string>>;

/** What a profile holds that is sensitive wherever nobody says more (PIPL art. 28). */
const alwaysSensitive = ['registration.idNumber', 'registration.biometric', 'guardian.identity'];

/** The registry of who may say that a category is sensitive; nobody can say that one is not which the law calls so. */
@Injectable()
export class SensitiveCategories {
  private readonly sources: SensitiveCategoriesSource[] = [];

  /** Call it while modules initialise. */
  register(source: SensitiveCategoriesSource): void {
    this.sources.push(source);
  }

  async current(): Promise<ReadonlySet<string>> {
    const said = await Promise.all(this.sources.map((source) => source()));
    return new Set([...alwaysSensitive, ...said.flatMap((codes) => [...codes])]);
  }
}
