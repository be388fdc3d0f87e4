import { Injectable } from '@nestjs/common';
import { addDuration } from '@abide/rulebook';
import { Registries } from './registries.js';

/** How long evidence is kept: as records of transactions, as the profile has it. */
@Injectable()
export class EvidenceTerms {
  constructor(private readonly registries: Registries) {}

  /** Of what ends, is closed or is erased then. */
  async keptUntil(end: Date): Promise<Date> {
    const { rules, utcOffsetHours } = await this.registries.profile();
    const span = { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 };
    return new Date(addDuration(end.getTime(), span, utcOffsetHours));
  }

  async article(): Promise<string> {
    return (await this.registries.profile()).rules.transactionRecordsYears.article;
  }
}
