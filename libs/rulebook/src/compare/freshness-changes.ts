import type { Atom } from '../atoms.js';
import {
  regionsWithin,
  type FreshStatement,
  type FreshTopic,
  type OlderWord,
  type PlacedStatement,
} from '../freshness.js';
import {
  asSaidBy,
  covers,
  coversForProcessors,
  differsInWordOnly,
  isOfSamePolicy,
  isOnConsent,
  isRecipientWithin,
  isThirdParty,
  isWithin,
  partsOf,
  statementKey,
  type Standings,
  type Statement,
} from '../statements.js';
import { standingsOf } from '../rulebook.js';
import { atomsIn, servicesOf, type SideView } from './side.js';

type Service = string | null;
/** The statements of each topic, each once. */
type Topics = ReadonlyMap<string, ReadonlyMap<string, Statement>>;
type Judged = Omit<FreshStatement, 'services'>;

interface Found {
  readonly judged: Judged;
  readonly isFresh: boolean;
  /** What stood before and says as much; empty for what stood itself, and for what is fresh. */
  readonly by: readonly Statement[];
}

/** What the later side newly lets be done, and what it leaves as it was. */
export interface Freshness {
  readonly topics: readonly FreshTopic[];
  /** Whether an atom, in a service and region, says anything new that needs a word of its own. */
  isFresh(atom: Atom, service: Service, region: string | null): boolean;
}

/**
 * Finds the statements that no single statement in force before lets stand: whatever they allow was refused, or allowed on
 * a stronger ground, less exactly, from fewer sources or in fewer regions. Two things pass: a further processor of what
 * processors receive there already, and a further service of what the policy says elsewhere.
 */
export function freshnessOf(before: SideView, after: SideView): Freshness {
  const judge = new Judge(before, after);
  const judged = new Map<string, Map<Service, readonly Found[]>>();
  for (const service of servicesOf(before, after)) {
    for (const [topic, stated] of topicsIn(after, service)) {
      const found = [...stated].flatMap(([key, statement]) => judge.judge(key, statement, { topic, service }));
      const services = judged.get(topic) ?? new Map();
      judged.set(topic, services.set(service, found));
    }
  }
  const topics = [...judged].flatMap(([topic, byService]) => toTopic(topic, byService));
  return { topics, isFresh: freshIn(topics, after) };
}

class Judge {
  private readonly past = new Map<Service, Topics>();
  /** In any service, and in any but those of third parties. */
  private readonly everywhere: ReadonlyMap<string, readonly Statement[]>;
  private readonly everywhereOurs: ReadonlyMap<string, readonly Statement[]>;
  private readonly standings: Standings;

  constructor(before: SideView, after: SideView) {
    for (const service of servicesOf(before, after)) this.past.set(service, topicsIn(before, service));
    this.everywhere = joined([...this.past.values()]);
    this.everywhereOurs = joined(
      [...this.past].filter(([service]) => !isThirdParty(service)).map(([, topics]) => topics),
    );
    this.standings = standingsOf(after.rulebook.policies);
  }

  /** Splits a statement into what is fresh of it and what is not. */
  judge(key: string, statement: Statement, { topic, service }: { topic: string; service: Service }): readonly Found[] {
    const stated = this.past.get(service)?.get(topic);
    if (stated?.has(key)) return [kept(statement, [])];
    const here = [...(stated?.values() ?? [])];
    const vouchers = (part: Statement) => {
      const each = partsOf(part).map((one) => this.vouchersOf(one, { here, topic, service }));
      return each.every((found) => found.length > 0) ? each.flat() : [];
    };
    if (statement.regions === null) {
      const by = vouchers(statement);
      return [by.length > 0 ? kept(statement, by) : this.fresh(statement, { here, topic })];
    }
    const inRegion = (region: string) => ({ ...statement, regions: [region] });
    const known = new Map(
      [...statement.regions, ...regionsWithin(statement.regions, here)].flatMap((region) => {
        const by = vouchers(inRegion(region));
        return by.length > 0 ? [[region, by] as const] : [];
      }),
    );
    const open = statement.regions.filter((region) => !known.has(region));
    return [
      ...(known.size > 0 ? [kept({ ...statement, regions: [...known.keys()] }, [...known.values()].flat())] : []),
      ...open.map((region) => this.fresh(inRegion(region), { here, topic })),
    ];
  }

  private vouchersOf(
    part: Statement,
    { here, topic, service }: { here: readonly Statement[]; topic: string; service: Service },
  ): readonly Statement[] {
    const isVoucher = (one: Statement) =>
      covers(one, part, this.standings) ||
      (part.recipientKind === 'processor' && coversForProcessors(one, part, this.standings));
    const isFurtherService = here.length === 0 && !isOnConsent(part) && part.form === null && !isThirdParty(service);
    if (!isFurtherService) return here.filter(isVoucher);
    return (this.everywhereOurs.get(topic) ?? [])
      .filter((one) => isOfSamePolicy(one, part, this.standings))
      .map((one) => asSaidBy(part, one, this.standings))
      .filter(isVoucher);
  }

  private fresh(statement: Statement, { here, topic }: { here: readonly Statement[]; topic: string }): Found {
    const older = here
      .filter((one) => differsInWordOnly(one, statement) || isForProcessorsOnContract(one, statement))
      .map(({ policy, basis, validFor, minimumGroup }): OlderWord => ({ policy, basis, validFor, minimumGroup }));
    const isWeakenedFromConsent = older.length === 0 && this.isWeakened(statement, { here, topic });
    return { judged: { ...statement, isWeakenedFromConsent, older: distinct(older) }, isFresh: true, by: [] };
  }

  /** By what the same service said of it in that region, or else by what was said of it anywhere. */
  private isWeakened(statement: Statement, { here, topic }: { here: readonly Statement[]; topic: string }): boolean {
    if (isOnConsent(statement)) return false;
    const isAbout = (one: Statement) => isRecipientWithin(one, statement) || isRecipientWithin(statement, one);
    const near = here.filter(
      (one) => isAbout(one) && (statement.regions?.every((region) => isWithin(region, one.regions ?? [])) ?? true),
    );
    if (near.length > 0) return near.every(isOnConsent);
    return (this.everywhere.get(topic) ?? []).some((one) => isAbout(one) && isOnConsent(one));
  }
}

/** A further processor of what processors receive on a contract: an acceptance carries it as far as it carried them. */
function isForProcessorsOnContract(earlier: Statement, later: Statement): boolean {
  const areProcessors = earlier.recipientKind === 'processor' && later.recipientKind === 'processor';
  return (
    areProcessors &&
    earlier.basis === 'contract' &&
    differsInWordOnly({ ...earlier, recipient: later.recipient }, later)
  );
}

function kept(statement: Statement, by: readonly Statement[]): Found {
  return { judged: { ...statement, isWeakenedFromConsent: false, older: [] }, isFresh: false, by: distinct(by) };
}

function toTopic(topic: string, byService: ReadonlyMap<Service, readonly Found[]>): readonly FreshTopic[] {
  const all = [...byService].flatMap(([service, found]) => found.map((one) => ({ ...one, service })));
  if (!all.some(({ isFresh, by }) => isFresh || by.length > 0)) return [];
  const left = all
    .filter((one) => !one.isFresh)
    .map(({ judged: { isWeakenedFromConsent: _, older: __, ...statement }, ...rest }) => ({ statement, ...rest }));
  const vouched = left
    .filter(({ by }) => by.length > 0)
    .map(({ statement, by, service }) => ({ statement: { ...statement, by }, service }));
  return [
    {
      topic,
      fresh: placed(all.filter((one) => one.isFresh).map(({ judged, service }) => ({ statement: judged, service }))),
      kept: placed(left),
      ...(vouched.length > 0 && { vouched: placed(vouched) }),
    },
  ];
}

/** Each statement once, with the services that it was found in. */
function placed<T extends Statement>(
  all: readonly { readonly statement: T; readonly service: Service }[],
): readonly (T & PlacedStatement)[] {
  return [...Map.groupBy(all, ({ statement }) => JSON.stringify(statement)).values()].flatMap((group) =>
    group.slice(0, 1).map(({ statement }) => ({ ...statement, services: group.map(({ service }) => service) })),
  );
}

/** What an older word goes on carrying is no matter of fresh consent. */
function freshIn(topics: readonly FreshTopic[], after: SideView): Freshness['isFresh'] {
  const keyOf = (topic: string, statement: Statement, service: Service) =>
    [topic, service ?? '*', statementKey({ ...statement, regions: null })].join(' ');
  const fresh = new Set(
    topics.flatMap(({ topic, fresh: all }) =>
      all
        .filter(({ older }) => older.length === 0)
        .flatMap((one) => one.services.map((service) => `${keyOf(topic, one, service)} ${one.regions?.join() ?? ''}`)),
    ),
  );
  return (atom, service, region) => {
    if (fresh.size === 0) return false;
    const { topic, statement } = after.stated(atom);
    return fresh.has(`${keyOf(topic, statement, service)} ${region ?? ''}`);
  };
}

function topicsIn(view: SideView, service: Service): Topics {
  const topics = new Map<string, Map<string, Statement>>();
  for (const atom of atomsIn(view, service)) {
    const { topic, key, statement } = view.stated(atom);
    const stated = topics.get(topic) ?? new Map<string, Statement>();
    topics.set(topic, stated.set(key, statement));
  }
  return topics;
}

function joined(all: readonly Topics[]): ReadonlyMap<string, readonly Statement[]> {
  const topics = new Map<string, Map<string, Statement>>();
  for (const one of all) {
    for (const [topic, stated] of one) topics.set(topic, new Map([...(topics.get(topic) ?? []), ...stated]));
  }
  return new Map([...topics].map(([topic, stated]) => [topic, [...stated.values()]]));
}

function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}
