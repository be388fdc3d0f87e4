import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock } from '@abide/kernel';
import { Jobs } from '@abide/platform';
import { EffectiveRulebook } from '@abide/policy';
import { decideOn, type Finding } from '../findings/finding.rules.js';
import { RequestFindings } from '../requests/request-findings.js';
import { isShown } from '../request-kinds.js';
import { RequestDecisions } from '../requests/request-decisions.js';
import { RequestRecords } from '../requests/request-records.js';
import { selfServiceJob } from '../requests/self-service-job.js';
import type { SubjectRequest } from '../requests/request.entity.js';
import { RequestSettingsService } from '../settings/request-settings.service.js';
import { OwnCorrections } from './own-corrections.js';

/**
 * Grants by itself what somebody asked to see or to correct of their own, where an administrator lets it and no ground stands against it; the rest waits
 * for a person.
 */
@Injectable()
export class SelfService implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly settings: RequestSettingsService,
    private readonly subjects: Subjects,
    private readonly findings: RequestFindings,
    private readonly rulebooks: EffectiveRulebook,
    private readonly records: RequestRecords,
    private readonly decisions: RequestDecisions,
    private readonly corrections: OwnCorrections,
  ) {}

  onModuleInit(): void {
    this.jobs.define<{ requestId: string }>(selfServiceJob, ({ requestId }) => this.run(requestId));
  }

  /** Does nothing where somebody was faster, or a person has to look. */
  async run(requestId: string): Promise<void> {
    const asked = await this.records.get(requestId);
    if (!(await this.mayAnswer(asked))) return;
    await this.findings.look(asked, 'again');
    await this.records.change(requestId, async (request) => {
      if (!(await this.mayAnswer(request))) return;
      const found = await this.findings.of(request);
      if (
        found.some(({ exemptions, unknown }) => exemptions.length > 0 || unknown) ||
        (await this.isAnySensitive(found))
      )
        return;
      request.decide('granted', null, this.clock.now());
      await this.decisions.keep(request, decideOn(request.type, found, { outcome: 'grant', items: [], reason: null }));
      await this.records.note(request, 'decided', { details: { outcome: 'granted', byItself: true } });
      await this.decisions.goOn(request);
    });
  }

  /** A code is proof enough of who asks for what is not sensitive. */
  private async isAnySensitive(found: readonly Finding[]): Promise<boolean> {
    const { categories } = (await this.rulebooks.current()).registry.catalogue;
    const sensitive = new Set(categories.flatMap(({ code, isSensitive }) => (isSensitive ? [code] : [])));
    return found.some(({ category }) => sensitive.has(category));
  }

  /** Who proved by a code that it is they who ask, is not under age as far as anybody knows, and whose request nobody has taken up. */
  private async mayAnswer(request: SubjectRequest): Promise<boolean> {
    const { subjectId, state, type, channel, verifiedAt, assignee, round } = request;
    if (state !== 'open' || round > 1 || assignee !== null) return false;
    if (channel !== 'app' || verifiedAt === null) return false;
    const { preparesItself, correctsItself } = await this.settings.current();
    const isLet = isShown(type) ? preparesItself : correctsItself && (await this.corrections.areAllowed(request));
    if (!isLet) return false;
    const minorStatus = (await this.subjects.find(subjectId))?.minorStatus;
    return minorStatus === 'adult' || minorStatus === 'unknown';
  }
}
