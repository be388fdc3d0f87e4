import { Injectable } from '@nestjs/common';
import { strictestAges, type AgesOfMinority } from './minor.rules.js';

/** Says what ages of minority hold now, for instance those that policies in force promise. Absent ages are left to the law. */
export type MinorAgesSource = () => Promise<Partial<AgesOfMinority>>;

/** The registry of who may raise the ages of minority; without any, the law's own hold. */
@Injectable()
export class MinorAges {
  private readonly sources: MinorAgesSource[] = [];

  /** Call it while modules initialise. */
  register(source: MinorAgesSource): void {
    this.sources.push(source);
  }

  async current(): Promise<AgesOfMinority> {
    return strictestAges(await Promise.all(this.sources.map((source) => source())));
  }
}
