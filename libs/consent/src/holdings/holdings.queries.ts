import { Injectable } from '@nestjs/common';
import { Subjects } from '@abide/identity';
import { Clock, type Localized } from '@abide/kernel';
import { HolderRegistry, type HoldingScope, type HoldingSummary } from '@abide/platform';
import { CitedRevisions, EffectiveRulebook, type CitedRevision, type RulebookInForce } from '@abide/policy';
import { refusal } from '../consent.errors.js';
import { SubjectFactsLoader } from '../gate/facts/subject-facts.loader.js';
import { holdingsOf, type Holding } from './holding.rules.js';
import { StandingGrounds } from './standing-grounds.js';

export interface HeldDevice {
  readonly deviceId: string;
  readonly linkedAt: Date;
  readonly endedAt: Date | null;
  /** Only what was collected while it was the subject's. */
  readonly holdings: readonly Holding[];
}

/** What is held about one subject, and what its readers need to understand it. */
export interface Holdings {
  readonly own: readonly Holding[];
  readonly devices: readonly HeldDevice[];
  /** Sensitive whatever the category: everything about a person under 14 is. */
  readonly isAllSensitive: boolean;
  readonly categories: ReadonlyMap<string, { readonly label: Localized; readonly isSensitive: boolean }>;
  readonly purposes: ReadonlyMap<string, Localized>;
  /** The revisions that are cited, by `nameOf`. */
  readonly revisions: ReadonlyMap<string, CitedRevision>;
}

/** Answers "why do you hold this?" from what every holder says, the clauses and the promises. */
@Injectable()
export class HoldingsQueries {
  constructor(
    private readonly holders: HolderRegistry,
    private readonly subjects: Subjects,
    private readonly subjectFacts: SubjectFactsLoader,
    private readonly standing: StandingGrounds,
    private readonly clock: Clock,
    private readonly rulebooks: EffectiveRulebook,
    private readonly cited: CitedRevisions,
  ) {}

  /** Also of an erased subject: what stays. `elsewhere`: kinds of data of which somebody outside keeps something. @throws DomainError `subject.not_found` */
  async of(subjectId: string, elsewhere: readonly string[] = []): Promise<Holdings> {
    const known = await this.subjectFacts.of(subjectId);
    if (!known) throw refusal('subject.not_found', { detail: 'There is no such subject.' });
    const inForce = await this.rulebooks.current();
    const described = await this.describe(subjectId);
    const outside = elsewhere
      .filter((code) => !described.some(({ category }) => category === code))
      .map((category) => ({ category, count: 1, since: null }));
    const said = [...described, ...(await this.standing.complete(subjectId, outside))];
    const own = holdingsOf(said, inForce.rulebook, this.clock.now());
    const devices = await this.ofDevices(subjectId, inForce);
    const { categories, purposes } = inForce.registry.catalogue;
    return {
      own,
      devices,
      isAllSensitive: known.minorStatus === 'under14',
      categories: new Map(categories.map((one) => [one.code, one])),
      purposes: new Map(purposes.map(({ code, label }) => [code, label])),
      revisions: await this.revisionsOf(
        [...own, ...devices.flatMap(({ holdings }) => holdings)].flatMap(({ clauses, retention }) => [
          ...clauses,
          ...retention,
        ]),
      ),
    };
  }

  /** The revisions that clauses are of, by `nameOf`. */
  async revisionsOf(
    clauses: readonly { readonly policy: string; readonly revision: number }[],
  ): Promise<ReadonlyMap<string, CitedRevision>> {
    const names = new Map(
      clauses.map(({ policy, revision: number }) => [nameOf({ policy, number }), { policy, number }]),
    );
    const revisions = await this.cited.named([...names.values()]);
    return new Map(revisions.map((revision) => [nameOf(revision), revision]));
  }

  private async ofDevices(subjectId: string, { rulebook }: RulebookInForce): Promise<HeldDevice[]> {
    const devices: HeldDevice[] = [];
    for (const { deviceId, linkedAt, endedAt } of await this.subjects.linkedDevices(subjectId)) {
      const held = await this.describe(deviceId, { since: linkedAt, until: endedAt });
      devices.push({ deviceId, linkedAt, endedAt, holdings: holdingsOf(held, rulebook, this.clock.now()) });
    }
    return devices;
  }

  private async describe(subjectId: string, scope?: HoldingScope): Promise<HoldingSummary[]> {
    const summaries: HoldingSummary[] = [];
    for (const holder of this.holders.all()) {
      if (scope && !holder.honoursSince) continue;
      summaries.push(...(await holder.describe(subjectId, scope)));
    }
    return this.standing.complete(subjectId, summaries);
  }
}

/** What a revision is called in `Holdings.revisions`. */
export function nameOf({ policy, number }: Pick<CitedRevision, 'policy' | 'number'>): string {
  return `${policy} ${number}`;
}
