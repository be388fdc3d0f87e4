import { Injectable } from '@nestjs/common';
import { Clock } from '@abide/kernel';
import { Registries } from '@abide/policy';
import { addDuration } from '@abide/rulebook';

/** How long the evidence of a request is kept. */
@Injectable()
export class RequestRetention {
  constructor(
    private readonly registries: Registries,
    private readonly clock: Clock,
  ) {}

  /** Of what is closed or erased now. */
  async endOfClosed(): Promise<Date> {
    const { rules, utcOffsetHours } = await this.registries.profile();
    const span = { months: 12 * rules.transactionRecordsYears.value, days: 0, hours: 0 };
    return new Date(addDuration(this.clock.now().getTime(), span, utcOffsetHours));
  }

  async article(): Promise<string> {
    return (await this.registries.profile()).rules.transactionRecordsYears.article;
  }
}
