import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LegalMinimums, type LegalMinimum } from '@abide/platform';
import { addDuration, parseDuration } from '@abide/rulebook';
import { Registries } from './registries.js';

/** Says what the profile has the operator keep, to modules that know no policy. */
@Injectable()
export class ProfileMinimums implements OnModuleInit {
  constructor(
    private readonly minimums: LegalMinimums,
    private readonly registries: Registries,
  ) {}

  onModuleInit(): void {
    this.minimums.register((category) => this.of(category));
  }

  private async of(category: string): Promise<LegalMinimum | null> {
    const { rules, utcOffsetHours } = await this.registries.profile();
    const durations = rules.legalMinima.value
      .filter(({ categories }) => categories.includes(category))
      .flatMap(({ period }) => parseDuration(period) ?? []);
    if (durations.length === 0) return null;
    return {
      article: rules.legalMinima.article,
      endOf: (occurredAt) =>
        new Date(Math.max(...durations.map((duration) => addDuration(occurredAt.getTime(), duration, utcOffsetHours)))),
    };
  }
}
