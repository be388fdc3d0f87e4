import { Injectable } from '@nestjs/common';
import { Guardianships, Subjects, type DecisionFacts, type GuardianFacts } from '@abide/identity';
import { Database, FreshReads } from '@abide/platform';
import { AcceptanceQueries } from '@abide/policy';
import type { AcceptanceFact, SubjectFacts } from '@abide/rulebook';
import { Vault } from '@abide/vault';
import { ChoicesReader, type SubjectChoices } from './choices.reader.js';

/** Everything a decision about one subject rests on, read after the question was asked. */
export interface KnownSubject {
  readonly facts: SubjectFacts;
  readonly status: DecisionFacts['status'];
  readonly minorStatus: DecisionFacts['minorStatus'];
  readonly registeredAt: Date;
  readonly isGpcCleared: boolean;
  /** The latest moment anything above is dated with: a present decision is never earlier, however far clocks differ. */
  readonly latestAt: number;
}

const nobody: KnownSubject = {
  facts: { kind: 'person', isSuppressed: true }, status: 'closed', minorStatus: 'unknown', registeredAt: new Date(0), isGpcCleared: false, latestAt: 0,
};

const noChoices: SubjectChoices = { consents: [], isPositioningOn: false, gpcSince: null, isGpcCleared: false, latestAt: 0 };

interface Sources {
  readonly subjects: ReadonlyMap<string, DecisionFacts>;
  readonly acceptances: ReadonlyMap<string, readonly AcceptanceFact[]>;
  readonly choices: ReadonlyMap<string, SubjectChoices>;
}

/** Gathers what is known of subjects from the modules that know it; concurrent questions share one look. */
@Injectable()
export class SubjectKnowledge {
  private readonly present: FreshReads<KnownSubject>;

  constructor(
    private readonly db: Database,
    private readonly subjects: Subjects,
    private readonly guardianships: Guardianships,
    private readonly acceptances: AcceptanceQueries,
    private readonly choices: ChoicesReader,
    private readonly vault: Vault,
  ) {
    this.present = new FreshReads(db, (ids) => this.read(ids, null));
  }

  /** Null for a subject that nobody knows. */
  async of(subjectId: string): Promise<KnownSubject | null> {
    return (await this.present.get(subjectId)) ?? null;
  }

  ofMany(subjectIds: readonly string[]): Promise<ReadonlyMap<string, KnownSubject>> {
    return this.present.getMany(subjectIds);
  }

  /** As it was known at an instant: what was recorded by then. Account state and birth date are as they stand. */
  async knownAt(subjectId: string, at: Date): Promise<KnownSubject | null> {
    return (await this.read([subjectId], at)).get(subjectId) ?? null;
  }

  private async read(ids: readonly string[], at: Date | null): Promise<ReadonlyMap<string, KnownSubject>> {
    const sources = await this.readSources(ids, at);
    const minors = [...sources.subjects].filter(([, subject]) => mayBeMinor(subject, at)).map(([id]) => id);
    const birthDates = minors.length > 0 ? await this.subjects.birthDates(minors) : new Map<string, string>();
    const guardians = minors.length > 0 ? await this.guardianships.factsOf(minors, at ?? undefined) : new Map<string, GuardianFacts>();
    const known = new Map<string, KnownSubject>();
    for (const [id, subject] of sources.subjects) {
      const own = { acceptances: sources.acceptances.get(id) ?? [], choices: sources.choices.get(id) ?? noChoices, birthDate: birthDates.get(id), guardian: guardians.get(id) };
      known.set(id, toKnown(subject, own));
    }
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) for (const id of await this.vault.destroyedAmong(missing)) known.set(id, nobody);
    return known;
  }

  /** One after another inside a transaction, which has one connection; side by side outside. */
  private async readSources(ids: readonly string[], at: Date | null): Promise<Sources> {
    const readChoices = () => (at === null ? this.choices.presentOf(ids) : this.choices.knownAt(ids, at));
    if (!this.db.isInTransaction) {
      const [subjects, acceptances, choices] = await Promise.all([this.subjects.decisionFacts(ids), this.acceptances.factsOf(ids, at), readChoices()]);
      return { subjects, acceptances, choices };
    }
    const subjects = await this.subjects.decisionFacts(ids);
    const acceptances = await this.acceptances.factsOf(ids, at);
    return { subjects, acceptances, choices: await readChoices() };
  }
}

/** What the modules know of one subject. */
interface Own {
  readonly acceptances: readonly AcceptanceFact[];
  readonly choices: SubjectChoices;
  readonly birthDate: string | undefined;
  readonly guardian: GuardianFacts | undefined;
}

function toKnown(subject: DecisionFacts, { acceptances, choices, birthDate, guardian }: Own): KnownSubject {
  const { kind, status, isRestricted, minorStatus, registeredAt } = subject;
  const { consents, isPositioningOn, gpcSince, isGpcCleared, latestAt } = choices;
  return {
    facts: {
      kind, isRestricted, consents, acceptances, isPositioningOn, gpcSince, guardian,
      isClosed: status === 'closed',
      birthDate: birthDate ?? unknownBirthDate(minorStatus),
    },
    status, minorStatus, registeredAt, isGpcCleared,
    latestAt: acceptances.reduce((latest, { at }) => Math.max(latest, at), latestAt),
  };
}

/** Whoever is of age now may have been a minor then. */
function mayBeMinor({ minorStatus }: DecisionFacts, at: Date | null): boolean {
  return at !== null || minorStatus === 'under14' || minorStatus === 'under18';
}

/** A minor whose birth date cannot be read yet counts as young as can be. */
function unknownBirthDate(minorStatus: DecisionFacts['minorStatus']): string | null {
  return minorStatus === 'under14' ? '9999-12-31' : null;
}
