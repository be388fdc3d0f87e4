import { Injectable } from '@nestjs/common';
import {
  ChangeLog,
  Guardianships,
  Subjects,
  type DecisionFacts,
  type GuardianFacts,
  type PastState,
} from '@abide/identity';
import { Database, BatchingLoader } from '@abide/platform';
import { AcceptanceQueries } from '@abide/policy';
import { consentsThen, type AcceptanceFact, type SubjectFacts } from '@abide/rulebook';
import { Vault } from '@abide/vault';
import { ChoicesReader, type StandingSince, type SubjectChoices } from './choices.reader.js';
import { ChangeTrackedCache } from './change-tracked-cache.js';

/** Everything a decision about one subject rests on, read after the question was asked. */
export interface KnownSubject {
  readonly facts: SubjectFacts;
  readonly status: DecisionFacts['status'];
  readonly minorStatus: DecisionFacts['minorStatus'];
  readonly registeredAt: Date;
  readonly isGpcCleared: boolean;
  /** Of a device: the child whose it is, whose guardian decides and by whose age; null for every other subject. */
  readonly childId: string | null;
  /** The latest moment anything above is dated with: a present decision is never earlier, however far clocks differ. */
  readonly latestAt: number;
  /** Since when (epoch milliseconds) all of it has been as it is, whatever else was said before; birthdays and guardians apart. */
  readonly unchangedSince: number;
}

/** That something about a known subject came about at an instant (epoch milliseconds); `knownBy` as in `AskedAfterwards`. */
interface Moment {
  readonly subjectId: string;
  readonly known: KnownSubject;
  readonly knownBy: Date | null;
  readonly at: number;
}

const nobody: KnownSubject = {
  facts: { kind: 'person', isSuppressed: true },
  status: 'closed',
  minorStatus: 'unknown',
  registeredAt: new Date(0),
  isGpcCleared: false,
  childId: null,
  latestAt: 0,
  unchangedSince: 0,
};

const noChoices: SubjectChoices = {
  consents: [],
  isPositioningOn: false,
  gpcSince: null,
  isGpcCleared: false,
  latestAt: 0,
  unchangedSince: 0,
};

const mostKept = 25_000;

/**
 * Gathers what is known of subjects from the modules that know it. Concurrent questions share one look, and a look reads only what
 * changed since the one before: the log of changes is asked every time.
 */
@Injectable()
export class SubjectFactsLoader {
  private readonly present: BatchingLoader<KnownSubject>;
  private readonly followed: ChangeTrackedCache<KnownSubject>;

  constructor(
    private readonly db: Database,
    private readonly subjects: Subjects,
    private readonly guardianships: Guardianships,
    private readonly acceptances: AcceptanceQueries,
    private readonly choices: ChoicesReader,
    private readonly vault: Vault,
    log: ChangeLog,
  ) {
    this.present = new BatchingLoader(db, (ids) => this.readPresent(ids));
    this.followed = new ChangeTrackedCache(db, {
      log,
      read: (ids) => this.read(ids, null),
      mayKeep: isOfAge,
      capacity: mostKept,
    });
  }

  /** Null for a subject that nobody knows. */
  async of(subjectId: string): Promise<KnownSubject | null> {
    return (await this.present.get(subjectId)) ?? null;
  }

  ofMany(subjectIds: readonly string[]): Promise<ReadonlyMap<string, KnownSubject>> {
    return this.present.getMany(subjectIds);
  }

  /** As it was known at an instant: what was recorded by then, with the account in the state of then. The birth date is as it stands. */
  async knownAt(subjectId: string, at: Date): Promise<KnownSubject | null> {
    const known =
      (await this.withErased([subjectId], new Map(await this.read([subjectId], at)))).get(subjectId) ?? null;
    if (known === null || known === nobody) return known;
    if (known.registeredAt > at) return null;
    const state = stateAt((await this.subjects.earlierStates([subjectId])).get(subjectId), at.getTime());
    return state
      ? {
          ...known,
          status: state.status,
          facts: { ...known.facts, ...factsOfState(state) },
        }
      : known;
  }

  /**
   * What stood about each subject when something came about: as it is dated, whenever it was recorded; null before there was an account. What was
   * withdrawn since counts as withdrawn then. Whether positioning was on is asked of its history alone, and taken for granted here.
   */
  async stoodAt(moments: readonly Moment[]): Promise<(SubjectFacts | null)[]> {
    const since = new Map<string, number>();
    for (const { subjectId, at } of moments) since.set(subjectId, Math.min(since.get(subjectId) ?? Infinity, at));
    const choices = await this.choices.standingSince(since);
    const states = await this.subjects.earlierStates([...since.keys()]);
    const ofMinors = moments.filter(({ known }) => (known.facts.birthDate ?? null) !== null);
    const guardians =
      ofMinors.length > 0
        ? await this.guardianships.factsAt(
            ofMinors.map(({ subjectId, known, at }) => ({ subjectId: known.childId ?? subjectId, at })),
          )
        : [];
    const guardianOf = new Map(ofMinors.map((moment, index) => [moment, guardians[index]]));
    return moments.map((moment) =>
      factsThen(moment, {
        choices: choices.get(moment.subjectId),
        states: states.get(moment.subjectId),
        guardian: guardianOf.get(moment),
      }),
    );
  }

  private async readPresent(ids: readonly string[]): Promise<ReadonlyMap<string, KnownSubject>> {
    return this.withErased(ids, await this.followed.of(ids));
  }

  private async read(ids: readonly string[], at: Date | null): Promise<ReadonlyMap<string, KnownSubject>> {
    const [subjects, [acceptances, choices]] = await this.db.sideBySide(
      () => this.subjects.decisionFacts(ids, at),
      () =>
        this.db.sideBySide(
          () => this.acceptances.factsOf(ids, at),
          () => (at === null ? this.choices.presentOf(ids) : this.choices.knownAt(ids, at)),
        ),
    );
    const minors = [...subjects]
      .filter(([, subject]) => mayBeMinor(subject, at))
      .map(([id, { childId }]) => childId ?? id);
    const birthDates = minors.length > 0 ? await this.subjects.birthDates(minors) : new Map<string, string>();
    const guardians =
      minors.length > 0 ? await this.guardianships.factsOf(minors, at ?? undefined) : new Map<string, GuardianFacts>();
    const known = new Map<string, KnownSubject>();
    for (const [id, subject] of subjects) {
      const whoseAge = subject.childId ?? id;
      const own = {
        acceptances: acceptances.get(id) ?? [],
        choices: choices.get(id) ?? noChoices,
        birthDate: birthDates.get(whoseAge),
        guardian: guardians.get(whoseAge),
      };
      known.set(id, toKnown(subject, own));
    }
    return known;
  }

  private async withErased(
    ids: readonly string[],
    known: Map<string, KnownSubject>,
  ): Promise<ReadonlyMap<string, KnownSubject>> {
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) for (const id of await this.vault.destroyedAmong(missing)) known.set(id, nobody);
    return known;
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
  const { kind, status, minorStatus, registeredAt, stateChangedAt, childId } = subject;
  const { consents, isPositioningOn, gpcSince, isGpcCleared } = choices;
  const latestAt = acceptances.reduce((latest, { at }) => Math.max(latest, at), choices.latestAt);
  return {
    facts: {
      kind,
      ...factsOfState(subject),
      consents,
      acceptances,
      isPositioningOn,
      gpcSince,
      guardian,
      birthDate: birthDate ?? unknownBirthDate(minorStatus),
    },
    status,
    minorStatus,
    registeredAt,
    isGpcCleared,
    childId,
    latestAt,
    unchangedSince: Math.max(latestAt, choices.unchangedSince, registeredAt.getTime(), stateChangedAt?.getTime() ?? 0),
  };
}

interface StoodThen {
  readonly choices: StandingSince | undefined;
  readonly states: readonly PastState[] | undefined;
  readonly guardian: GuardianFacts | undefined;
}

function factsThen({ known, knownBy, at }: Moment, { choices, states, guardian }: StoodThen): SubjectFacts | null {
  if (known.registeredAt.getTime() > at) return null;
  const state = stateAt(states, at);
  const signal = choices?.privacyControl.findLast((turn) => turn.at <= at);
  const consents = knownBy === null ? choices?.consents : known.facts.consents;
  return {
    ...known.facts,
    guardian,
    ...(state ? factsOfState(state) : {}),
    consents: consentsThen(consents ?? [], at),
    gpcSince: signal?.isOn ? signal.at : null,
    isPositioningOn: true,
    positioningChanges: [],
  };
}

function factsOfState({ status, isRestricted, restrictedCategories, objectedPurposes }: Omit<PastState, 'until'>) {
  return {
    isRestricted,
    restrictedCategories,
    objectedPurposes,
    isClosed: status === 'closed' || status === 'deceased',
  };
}

/** The state that an account was in at an instant; undefined where it is the present one. */
function stateAt(states: readonly PastState[] | undefined, at: number): PastState | undefined {
  return states?.find(({ until }) => until > at);
}

/** The log does not name changes of a minor's guardian and birth date, so that minors, and the devices of children, are read each time. */
function isOfAge({ minorStatus }: KnownSubject): boolean {
  return minorStatus === 'adult' || minorStatus === 'unknown';
}

/** Whoever is of age now may have been a minor then. */
function mayBeMinor({ minorStatus }: DecisionFacts, at: Date | null): boolean {
  return at !== null || minorStatus === 'under14' || minorStatus === 'under18';
}

/** A minor whose birth date cannot be read yet counts as young as can be. */
function unknownBirthDate(minorStatus: DecisionFacts['minorStatus']): string | null {
  return minorStatus === 'under14' ? '9999-12-31' : null;
}
