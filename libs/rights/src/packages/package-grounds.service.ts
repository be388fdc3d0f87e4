import { Injectable } from '@nestjs/common';
import { HoldingsQueries, nameOf, type Holding, type Holdings } from '@abide/consent';
import { Subjects } from '@abide/identity';
import type { Locale, Localized, Page } from '@abide/kernel';
import { LegalMinimums } from '@abide/platform';
import { CitedRevisions, EffectiveRulebook, Registries, type RulebookInForce } from '@abide/policy';
import { describeTerm, labelOf, legalNameIn, type RetentionPromise, type RetentionTerm } from '@abide/rulebook';
import { moduleOf } from './page-words.js';

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
  /** What else it is kept on, in sentences: what the law has kept, and proof of what was agreed and done. */
  readonly law: readonly string[];
  /** Empty where none covers it, as with proof of what was agreed. */
  readonly clauses: readonly PackedClause[];
}

/** What is of no kind of the catalogue says something about the records themselves. */
const aboutRecords: Localized = { 'zh-CN': '办理事项的记录', en: 'Records of what was done' };
const ofRecords = 'none';

/** Keep what was agreed, chosen and asked as long as records of transactions, as their erasures say. */
const keepingEvidence = new Set(['consent', 'policy', 'retention', 'rights']);

const laws = {
  'zh-CN': {
    minimum: (article: string) => `法律要求保存一段时间：${article}。`,
    evidence: (article: string) => `作为约定、选择与请求的凭据，与交易记录一样保存：${article}。`,
    records: '证明我们何时告知了您什么、您的账户中做过什么，不为其他用途。',
  },
  en: {
    minimum: (article: string) => `The law has it kept for a time: ${article}.`,
    evidence: (article: string) =>
      `Proof of what was agreed, chosen and asked, kept like records of transactions: ${article}.`,
    records:
      'Proof of what you were told and when, and of what was done in your account; nothing else is done with it.',
  },
} as const;

interface Named {
  readonly code: string;
  readonly name: Localized;
}

interface Listed {
  list(page: { readonly limit: number; readonly cursor?: string }): Promise<Page<Named>>;
}

async function* entriesOf(register: Listed): AsyncGenerator<Named> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Named> = await register.list({ limit: 100, ...(cursor ? { cursor } : {}) });
    yield* page.items;
    cursor = page.nextCursor;
  }
}

/** A kind of data that goes into a package, and who keeps it. */
interface Kept {
  readonly category: string;
  readonly holder: string;
}

/** Tells for each kind of data what its records rest on. */
@Injectable()
export class PackageGrounds {
  constructor(
    private readonly holdings: HoldingsQueries,
    private readonly subjects: Subjects,
    private readonly rulebooks: EffectiveRulebook,
    private readonly registries: Registries,
    private readonly minimums: LegalMinimums,
    private readonly cited: CitedRevisions,
  ) {}

  /** What people call the codes of kinds of data, purposes, services, recipients and policies. */
  async names(locale: Locale): Promise<ReadonlyMap<string, string>> {
    const { registry, revisionIds } = await this.rulebooks.current();
    const names = new Map<string, string>();
    for (const [policy, id] of revisionIds) names.set(policy, (await this.cited.text(id)).document.title[locale]);
    for (const register of [this.registries.recipients, this.registries.services])
      for await (const { code, name } of entriesOf(register)) names.set(code, name[locale]);
    const { categories, purposes } = registry.catalogue;
    for (const { code, label } of [...categories, ...purposes]) names.set(code, label[locale]);
    return names;
  }

  /** By category; kinds of which nothing is described have their name alone, and so has everything of somebody without an account. */
  async of(subjectId: string, kept: readonly Kept[], locale: Locale): Promise<ReadonlyMap<string, CategoryGrounds>> {
    const inForce = await this.rulebooks.current();
    const isKnown = (await this.subjects.find(subjectId)) !== null;
    const categories = new Set(kept.map(({ category }) => category));
    const holdings = isKnown ? await this.holdings.of(subjectId, [...categories]) : nothingDescribed(inForce);
    const grounds = new Map<string, CategoryGrounds>();
    for (const category of categories) {
      const held = holdings.own.find((one) => one.category === category);
      const recipients = await this.recipientsOf(category, inForce, locale);
      const law = await this.lawOf(category, kept, locale);
      grounds.set(category, { ...groundsOf(category, held, { recipients, holdings, inForce, locale }), law });
    }
    return grounds;
  }

  private async lawOf(category: string, kept: readonly Kept[], locale: Locale): Promise<string[]> {
    const say = laws[locale];
    const minimum = await this.minimums.of(category);
    const { article } = (await this.registries.profile()).rules.transactionRecordsYears;
    const isEvidence = kept.some((one) => one.category === category && keepingEvidence.has(moduleOf(one.holder)));
    return [
      ...(minimum ? [say.minimum(legalNameIn(minimum.article, locale))] : []),
      ...(isEvidence ? [say.evidence(legalNameIn(article, locale))] : []),
      ...(category === ofRecords ? [say.records] : []),
    ];
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

function groundsOf(category: string, held: Holding | undefined, wording: Wording): Omit<CategoryGrounds, 'law'> {
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
  { category, purposes, period, until, then, minimum }: RetentionPromise,
  { inForce, locale }: Wording,
): string {
  const term: RetentionTerm = {
    type: 'retention',
    categories: [category],
    then,
    ...(purposes === null ? {} : { purposes: [...purposes] }),
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
