import { Injectable } from '@nestjs/common';
import { HoldingsQueries, nameOf, type Holding, type Holdings } from '@abide/consent';
import { Subjects } from '@abide/identity';
import type { Locale, Localized } from '@abide/kernel';
import { EffectiveRulebook, Registries, type RulebookInForce } from '@abide/policy';
import { describeTerm, labelOf, type RetentionPromise, type RetentionTerm } from '@abide/rulebook';

/** A clause as it was worded in the revision that the records rest on; `body` is Markdown. */
export interface PackedClause {
  readonly policy: string;
  readonly revision: number;
  readonly clauseId: string;
  readonly title: string;
  readonly heading: string;
  readonly body: string;
}

/** Why one kind of data is held, until when and who may receive it, in words of one language. */
export interface CategoryGrounds {
  readonly category: string;
  readonly name: string;
  readonly since: Date | null;
  /** When the last of what has a date falls due. */
  readonly until: Date | null;
  readonly purposes: readonly string[];
  /** Sentences. */
  readonly retention: readonly string[];
  /** Whom the clauses in force let it go to. */
  readonly recipients: readonly string[];
  /** Empty where none covers it, as with proof of what was agreed. */
  readonly clauses: readonly PackedClause[];
}

/** What is of no kind of the catalogue says something about the records themselves. */
const aboutRecords: Localized = { 'zh-CN': '记录本身', en: 'About the records themselves' };

/** Tells for each kind of data what its records rest on. */
@Injectable()
export class PackageGrounds {
  constructor(
    private readonly holdings: HoldingsQueries,
    private readonly subjects: Subjects,
    private readonly rulebooks: EffectiveRulebook,
    private readonly registries: Registries,
  ) {}

  /** What the codes of the catalogue are called. */
  async names(locale: Locale): Promise<ReadonlyMap<string, string>> {
    const { categories, purposes } = (await this.rulebooks.current()).registry.catalogue;
    return new Map([...categories, ...purposes].map(({ code, label }) => [code, label[locale]]));
  }

  /** By category; kinds of which nothing is described have their name alone, and so has everything of somebody without an account. */
  async of(
    subjectId: string,
    categories: readonly string[],
    locale: Locale,
  ): Promise<ReadonlyMap<string, CategoryGrounds>> {
    const inForce = await this.rulebooks.current();
    const isKnown = (await this.subjects.find(subjectId)) !== null;
    const holdings = isKnown ? await this.holdings.of(subjectId) : nothingDescribed(inForce);
    const grounds = new Map<string, CategoryGrounds>();
    for (const category of categories) {
      const held = holdings.own.find((one) => one.category === category);
      const recipients = await this.recipientsOf(category, inForce, locale);
      grounds.set(category, groundsOf(category, held, { recipients, holdings, inForce, locale }));
    }
    return grounds;
  }

  private async recipientsOf(category: string, { rulebook }: RulebookInForce, locale: Locale): Promise<string[]> {
    const sharing = rulebook.atoms.filter((atom) => atom.action === 'share' && atom.category === category);
    const words = new Set<string>();
    for (const reference of new Set(sharing.flatMap(({ recipient }) => recipient ?? []))) {
      const [kind, slug] = reference.split(':');
      words.add(
        slug === undefined
          ? labelOf('recipientKind', kind ?? '', locale)
          : (await this.registries.recipients.get(slug)).name[locale],
      );
    }
    return [...words].sort();
  }
}

function nothingDescribed({ registry }: RulebookInForce): Holdings {
  const { categories, purposes } = registry.catalogue;
  return {
    own: [],
    devices: [],
    isAllSensitive: false,
    categories: new Map(categories.map((one) => [one.code, one])),
    purposes: new Map(purposes.map(({ code, label }) => [code, label])),
    revisions: new Map(),
  };
}

interface Wording {
  readonly recipients: readonly string[];
  readonly holdings: Holdings;
  readonly inForce: RulebookInForce;
  readonly locale: Locale;
}

function groundsOf(category: string, held: Holding | undefined, wording: Wording): CategoryGrounds {
  const { holdings, locale } = wording;
  return {
    category,
    name: holdings.categories.get(category)?.label[locale] ?? aboutRecords[locale],
    since: held?.since ?? null,
    until: held?.until ?? null,
    purposes: (held?.purposes ?? []).map((code) => holdings.purposes.get(code)?.[locale] ?? code),
    retention: [...new Set((held?.retention ?? []).map((promise) => sentenceOf(promise, wording)))],
    recipients: wording.recipients,
    clauses: (held?.clauses ?? []).flatMap((clause) => clauseOf(clause, wording)),
  };
}

function sentenceOf(
  { category, period, until, then, minimum }: RetentionPromise,
  { inForce, locale }: Wording,
): string {
  const term: RetentionTerm = {
    type: 'retention',
    categories: [category],
    then,
    ...(period === null ? {} : { period }),
    ...(until === null ? {} : { until }),
    ...(minimum === null ? {} : { minimum }),
  };
  return describeTerm(term, locale, inForce.registry.catalogue);
}

function clauseOf(
  { policy, revision, clauseId }: Holding['clauses'][number],
  { holdings, locale }: Wording,
): PackedClause[] {
  const cited = holdings.revisions.get(nameOf({ policy, number: revision }));
  const clause = cited?.document.clauses.find(({ id }) => id === clauseId);
  if (!cited || !clause) return [];
  const { heading, body } = clause;
  const title = cited.document.title[locale];
  return [{ policy, revision, clauseId, title, heading: heading[locale], body: body[locale] }];
}
