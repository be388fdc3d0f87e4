import { Injectable } from '@nestjs/common';
import { Registries } from '@abide/policy';
import { addDuration } from '@abide/rulebook';

/** How long the evidence of a hold is kept: as records of transactions. */
@Injectable()
export class HoldEvidence {
  constructor(private readonly registries: Registries) {}

  /** Of what ends then. */
  async keptUntil(end: Date): Promise<Date> {
    const { rules, utcOffsetHours } = await this.registries.profile();
    const span = { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 };
    return new Date(addDuration(end.getTime(), span, utcOffsetHours));
  }

  async article(): Promise<string> {
    return (await this.registries.profile()).rules.transactionRecordsYears.article;
  }
}
