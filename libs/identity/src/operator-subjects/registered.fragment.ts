import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@abide/platform';
import { TimelineFragments, type TimelineEntry, type TimelineRange } from '../fragments/timeline-fragments.js';
import { newestFirst } from '../fragments/timeline.rules.js';
import { Subject } from '../subjects/subject.entity.js';

/** That a subject registered, as the first entry of their timeline. */
@Injectable()
export class RegisteredFragment implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly timeline: TimelineFragments,
  ) {}

  onModuleInit(): void {
    this.timeline.register({
      name: 'registration',
      permission: 'subject.read',
      load: (subjectId, range) => this.load(subjectId, range),
    });
  }

  private async load(subjectId: string, { before }: TimelineRange): Promise<readonly TimelineEntry[]> {
    const { registeredAt: at } = await this.db.manager.findOneByOrFail(Subject, { subjectId });
    const entry = { id: `registered/${subjectId}`, kind: 'registered', at, facts: {} };
    return before === null || newestFirst(before, entry) < 0 ? [entry] : [];
  }
}
