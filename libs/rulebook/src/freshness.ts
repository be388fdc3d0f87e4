import type { Atom } from './atoms.js';
import type { Profile } from './profiles.js';
import {
  asSaidBy,
  covers,
  coversForProcessors,
  differsInWordOnly,
  isOfSamePolicy,
  isOnConsent,
  isOwedToOthers,
  isThirdParty,
  isWithin,
  partsOf,
  statementKey,
  statementOf,
  topicOf,
  type Standings,
  type Statement,
} from './statements.js';

/** A statement and where it held: in these services; null stands for questions that name none, and for services registered later. */
export interface PlacedStatement extends Statement {
  readonly services: readonly (string | null)[];
}

/** What an older word was given for, where a later statement differs in nothing else: it carries that one as far as this. */
export type OlderWord = Pick<Statement, 'policy' | 'basis' | 'validFor' | 'minimumGroup'>;

export interface FreshStatement extends PlacedStatement {
  /** The basis was weakened from consent to one that no longer asks. */
  readonly isWeakenedFromConsent: boolean;
  /** Empty where no older word carries it at all. */
  readonly older: readonly OlderWord[];
}

/** A statement that is new and opens nothing, since what stood already says as much: it is bound by what binds that. */
export interface VouchedStatement extends PlacedStatement {
  readonly by: readonly Statement[];
}

/** What a revision newly says on one topic, so that consents given before it no longer carry it, and what it leaves as it was. */
export interface FreshTopic {
  readonly topic: string;
  readonly fresh: readonly FreshStatement[];
  readonly kept: readonly PlacedStatement[];
  /** Those of the kept that did not stand before in these words; left out where there are none. */
  readonly vouched?: readonly VouchedStatement[];
  /** Set for what was found at approval and not again at effect: it binds the policy that changed and no other. */
  readonly isOwnOnly?: true;
}

/** As revisions kept it before topics: every atom of this key, whatever it stated. */
export interface FreshKey {
  readonly key: string;
  readonly region: string | null;
  readonly isWeakenedFromConsent: boolean;
}

export type FreshAtom = FreshTopic | FreshKey;

/** A change that needs fresh consent: consents given before that revision no longer carry what it newly says. */
export type FreshMark = FreshAtom & {
  readonly policy: string;
  readonly revision: number;
  /** Epoch milliseconds; compares consents given under another policy. Null when unknown. */
  readonly effectiveAt: number | null;
};

/** A mark as it binds one atom in one service. */
export interface CandidateMark {
  readonly policy: string;
  readonly revision: number;
  readonly effectiveAt: number | null;
  readonly isWeakenedFromConsent: boolean;
  /** Sharing only: the regions it is about, and those among them where an unchanged statement allows the same; null for all. */
  readonly regions: readonly string[] | null;
  readonly exceptRegions: readonly string[];
  /** Where the subject has nothing newer, the words that carry it as far as they carried what was said before. */
  readonly older: readonly BoundOlderWord[];
}

interface MarkedRulebook extends Standings {
  readonly profile: Profile;
}

/** An older word with what had bound the statement that it was given for. */
export interface BoundOlderWord extends OlderWord {
  readonly marks: readonly CandidateMark[];
}

/** Finds the marks that bind an atom in a service. */
export type MarksOn = (atom: Atom, service: string | null) => readonly CandidateMark[];

const none: readonly never[] = [];

/**
 * Reads marks for a rulebook, in the order in which their revisions took effect: what a mark calls fresh binds every atom
 * that says no more. Where something that was left as it was says as much, the atom is bound by what binds that one.
 */
export function marksReader(marks: readonly FreshMark[], rulebook: MarkedRulebook): MarksOn {
  const byTopic = Map.groupBy(
    marks.filter((mark) => 'topic' in mark),
    (mark) => mark.topic,
  );
  const byKey = Map.groupBy(
    marks.filter((mark) => 'key' in mark),
    (mark) => mark.key,
  );
  const readers = new Map<readonly FreshMark[], TopicMarks>();
  return (atom, service) => {
    const keyed = byKey.size === 0 ? none : keyedMarks(byKey, { atom, service, rulebook });
    const found = byTopic.get(topicOf(atom));
    if (!found) return keyed;
    const statement = statementOf(atom, rulebook.profile);
    const isBinding = (mark: FreshTopic & FreshMark) =>
      !mark.isOwnOnly || isOwn(mark.policy, { atom, service, rulebook });
    const reader = readers.get(found) ?? new TopicMarks(found, rulebook);
    readers.set(found, reader);
    return [...keyed, ...distinct(reader.on(statement, service, isBinding))];
  };
}

interface Place {
  readonly atom: Atom;
  readonly service: string | null;
  readonly rulebook: MarkedRulebook;
}

/** The policy's own atoms; in the service of a service policy all, since it decides there what the general ones may say. */
function isOwn(policy: string, { atom, service, rulebook }: Place): boolean {
  return atom.policy === policy || rulebook.servicePolicies.get(policy) === service;
}

/** What changed for every service also changed for those that were registered after the comparison. */
function keyedMarks(
  byKey: ReadonlyMap<string, readonly (FreshMark & FreshKey)[]>,
  place: Place,
): readonly CandidateMark[] {
  const { atom, service } = place;
  const keys = new Set([atomKey(atom, service), atomKey(atom, atom.service === null ? null : service)]);
  return [...keys]
    .flatMap((key) => byKey.get(key) ?? none)
    .filter(({ policy }) => isOwn(policy, place))
    .map((mark) => ({
      ...mark,
      regions: mark.region === null ? null : [mark.region],
      exceptRegions: none,
      older: none,
    }));
}

/** What told one atom from another before topics: clause, basis and wording did not count. */
export function atomKey(atom: Atom, service: string | null): string {
  return [
    atom.action,
    atom.category,
    atom.purpose,
    service ?? '*',
    atom.recipient ?? '',
    atom.fromService ?? '',
    atom.data ?? '',
    atom.form ?? '',
  ].join('|');
}

/** The marks on one topic, from the oldest on. */
class TopicMarks {
  private readonly read = new Map<string, readonly CandidateMark[]>();

  constructor(
    private readonly marks: readonly (FreshMark & FreshTopic)[],
    private readonly standings: Standings,
  ) {}

  on(
    statement: Statement,
    service: string | null,
    isBinding: (mark: FreshMark & FreshTopic) => boolean,
  ): readonly CandidateMark[] {
    return this.marks.flatMap((mark, index) => (isBinding(mark) ? this.boundBy(index, statement, service) : none));
  }

  /** What binds a statement of all that was marked before. */
  private before(index: number, statement: Statement, service: string | null): readonly CandidateMark[] {
    return this.marks.slice(0, index).flatMap((_, earlier) => this.boundBy(earlier, statement, service));
  }

  private boundBy(index: number, statement: Statement, service: string | null): readonly CandidateMark[] {
    const key = `${index} ${service ?? '*'} ${statementKey(statement)}`;
    const known = this.read.get(key);
    if (known) return known;
    const found = this.find(index, statement, service);
    this.read.set(key, found);
    return found;
  }

  private find(index: number, statement: Statement, service: string | null): readonly CandidateMark[] {
    const mark = this.marks[index];
    if (!mark) return none;
    const { standings } = this;
    const { policy, revision, effectiveAt } = mark;
    const here = placeIn(mark, service);
    const isHere = (one: PlacedStatement) => one.services.includes(here);
    /** What was found fresh in this service itself is bound by that, and by nothing that was found in another. */
    const isJudgedHere = (part: Statement) =>
      mark.fresh.some((fresh) => isHere(fresh) && isInherited(fresh, part, standings));
    /** Elsewhere only what passes without being asked anew is passed on. */
    const isPassedOn = (part: Statement) => !isOnConsent(part) && !isJudgedHere(part);
    const vouched = partsOf(statement).flatMap((part) => {
      const by = (mark.vouched ?? none).filter((one) => isHere(one) && saysTheSame(one, part)).flatMap((one) => one.by);
      const reaching = by.filter((one) => isKept(one, part, { isDirect: true, standings }));
      return this.leastOf(reaching, part, { index, service });
    });
    const fresh = mark.fresh.flatMap((fresh): readonly CandidateMark[] => {
      const isDirect = isHere(fresh);
      const keeping = mark.kept.filter((one) => isHere(one) || (!isDirect && !one.services.every(isThirdParty)));
      const leaving = (part: Statement) =>
        keeping.filter((one) => isKept(one, withKindOf(fresh, part), { isDirect: isDirect || isHere(one), standings }));
      const bound = partsOf(withRegionsOf(fresh, statement)).filter(
        (part) => isInherited(fresh, part, standings) && (isDirect || isPassedOn(part)),
      );
      const open = bound.filter((part) => leaving(part).length === 0);
      const inherited = bound.flatMap((part) => this.leastOf(leaving(part), part, { index, service }));
      if (open.length === 0) return inherited;
      const exceptRegions = regionsWithin(statement.regions ?? none, keeping).filter(
        (region) => leaving({ ...statement, regions: [region] }).length > 0,
      );
      const regions = statement.regions && open.flatMap((part) => part.regions ?? none);
      const { isWeakenedFromConsent } = fresh;
      const older = fresh.older.map((one) => ({
        ...one,
        marks: this.before(index, { ...statement, ...one }, service),
      }));
      return [...inherited, { policy, revision, effectiveAt, isWeakenedFromConsent, regions, exceptRegions, older }];
    });
    return [...vouched, ...fresh];
  }

  /** The marks on whichever of these statements has the fewest, as far as they say what the part does. */
  private leastOf(
    left: readonly Statement[],
    { regions, sources }: Statement,
    { index, service }: { index: number; service: string | null },
  ): readonly CandidateMark[] {
    const [first = none, ...others] = left.map((one) =>
      this.before(index, { ...one, regions, sources }, service).filter(
        (mark) => !asksNobody({ ...mark, basis: one.basis }),
      ),
    );
    return others.reduce((least, marks) => (marks.length < least.length ? marks : least), first);
  }
}

/** A mark on a part of the country binds that part of what is said of the whole, too. */
function withRegionsOf(fresh: Statement, statement: Statement): Statement {
  if (statement.regions === null) return statement;
  return { ...statement, regions: [...new Set([...statement.regions, ...regionsWithin(statement.regions, [fresh])])] };
}

/** Those among the regions of these statements that lie inside the given ones. */
export function regionsWithin(regions: readonly string[], others: readonly Statement[]): readonly string[] {
  return [...new Set(others.flatMap((one) => one.regions ?? none))].filter((region) => isWithin(region, regions));
}

/** Services that a mark does not mention were registered after it: what holds in every service holds there. */
function placeIn({ fresh, kept }: FreshTopic, service: string | null): string | null {
  if (isThirdParty(service)) return service;
  return [...fresh, ...kept].some(({ services }) => services.includes(service)) ? service : null;
}

function isInherited(fresh: FreshStatement, part: Statement, standings: Standings): boolean {
  if (!isOwedToOthers(part.basis) && asksNobody(fresh)) return false;
  const asThen = withKindOf(fresh, part);
  return differsInWordOnly(fresh, asThen) || coversForProcessors(fresh, asThen, standings);
}

/** What is owed to others waits for nobody's word, unless there was one to wait for before. */
function asksNobody({
  isWeakenedFromConsent,
  older,
  basis,
}: Pick<FreshStatement, 'isWeakenedFromConsent' | 'older' | 'basis'>): boolean {
  return isOwedToOthers(basis) && !isWeakenedFromConsent && older.length === 0;
}

/** Whether a part is one of the statement itself: in the same words, from one of its sources and within its regions. */
function saysTheSame(statement: Statement, part: Statement): boolean {
  const wordsOf = (one: Statement) => statementKey({ ...one, regions: null });
  return partsOf(statement).some(
    (own) =>
      wordsOf(own) === wordsOf(part) && (part.regions ?? none).every((region) => isWithin(region, own.regions ?? none)),
  );
}

interface Relation {
  /** In the same service. */
  readonly isDirect: boolean;
  readonly standings: Standings;
}

/** Whether what is left lets the part be done as well: what is left in another service, only where the same policy says it. */
function isKept(kept: Statement, part: Statement, { isDirect, standings }: Relation): boolean {
  if (!isDirect)
    return (
      isOfSamePolicy(kept, part, standings) && coversForProcessors(asSaidBy(part, kept, standings), part, standings)
    );
  return covers(kept, withKindOf(kept, part), standings) || coversForProcessors(kept, part, standings);
}

/** What the register says of a recipient by now makes a mark on it neither lighter nor heavier. */
function withKindOf(earlier: Statement, part: Statement): Statement {
  return earlier.recipient === part.recipient ? { ...part, recipientKind: earlier.recipientKind } : part;
}

function distinct(marks: readonly CandidateMark[]): readonly CandidateMark[] {
  return [...new Map(marks.map((one) => [JSON.stringify(one), one])).values()];
}
