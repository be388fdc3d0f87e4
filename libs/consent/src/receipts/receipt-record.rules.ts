import { createHash } from 'node:crypto';
import type { Locale } from '@abide/kernel';
import { retentionFor, type Choice, type PolicyDocument, type Rulebook, type RulebookRegistry } from '@abide/rulebook';
import type { ConsentAct } from '../events/consent-event.entity.js';
import type { ConsentScope } from '../events/scope.rules.js';

/** The version of the record's form; ISO/IEC TS 27560:2023 names the members. */
export const schemaVersion = 'ISO/IEC TS 27560:2023 abide-1';

/** The words of TS 27560 for what happened; only the first two are valid consents. */
export const eventStates: Readonly<Record<ConsentAct, string>> = {
  grant: 'ConsentGiven',
  renewal: 'RenewedConsentGiven',
  refusal: 'Refused',
  withdrawal: 'Withdrawn',
  expiry: 'Expired',
};

/** Whoever answers for the processing, as receipts name them. */
export interface Controller {
  readonly name: string;
  readonly address: string;
  /** The public address of the product, without a trailing slash. */
  readonly site: string;
}

/** A text that a consent rests on, and the clause of it. */
export interface Notice {
  readonly policy: string;
  readonly revision: number;
  readonly document: PolicyDocument;
  readonly clauseId: string | null;
}

export interface ProcessingFacts {
  /** What was in force when the consent was given. */
  readonly rulebook: Rulebook;
  readonly registry: RulebookRegistry;
  readonly scope: ConsentScope;
  readonly choices: readonly Choice[];
  /** The text that was shown. */
  readonly notice: Notice | null;
  /** The texts that the clauses of the choices stand in, by policy. */
  readonly texts: ReadonlyMap<string, Omit<Notice, 'clauseId'>>;
  readonly locale: Locale;
  readonly controller: Controller;
}

/** What a consent says under one clause. */
interface UnderClause {
  readonly notice: Notice | null;
  readonly choices: readonly Choice[];
  readonly categories: readonly string[];
}

/** The part of a record that is the same for everybody who says the same under the same texts: each clause with what is consented to under it. */
export function processingOf(given: ProcessingFacts): { pii_processing: object[]; party_identification: object[] } {
  const { rulebook, notice, choices, locale, controller } = given;
  const recipients = recipientsOf(choices);
  return {
    pii_processing: byClause(given).map((one) => processingUnder(one, given)),
    party_identification: [
      controllerParty(controller, notice, locale),
      ...recipients.map((slug) => recipientParty(rulebook, slug)),
    ],
  };
}

/** The clause that was shown comes first; what no clause speaks of is said once, under what was shown. */
function byClause({ choices, notice, texts, scope }: ProcessingFacts): UnderClause[] {
  if (choices.length === 0) return [{ notice, choices, categories: scope.categories ?? [] }];
  const groups = [...Map.groupBy(choices, ({ policy, clauseId }) => `${policy} ${clauseId}`).values()].map(
    (own): UnderClause => {
      const [{ policy = '', clauseId = null } = {}] = own;
      const text = texts.get(policy);
      return {
        notice: text ? { ...text, clauseId } : notice,
        choices: own,
        categories: [...new Set(own.map(({ category }) => category))].sort(),
      };
    },
  );
  const isShown = ({ notice: one }: UnderClause) =>
    one?.policy === notice?.policy && one?.clauseId === notice?.clauseId;
  return [...groups.filter(isShown), ...groups.filter((group) => !isShown(group))];
}

function processingUnder(
  { notice, choices, categories }: UnderClause,
  { rulebook, registry, scope, locale, controller }: ProcessingFacts,
): object {
  const information = categories.map((category) =>
    informationOf(rulebook, registry, { category, service: scope.service, purpose: scope.purpose, locale }),
  );
  const [home = ''] = rulebook.profile.homeRegions;
  return {
    privacy_notice: notice
      ? `${controller.site}/policies/${notice.policy}/${notice.revision}`
      : `${controller.site}/policies`,
    clause: notice?.clauseId ?? null,
    wording_hash: notice && wordingHashOf(notice, locale),
    language: locale,
    purpose: scope.purpose,
    purpose_description:
      registry.catalogue.purposes.find(({ code }) => code === scope.purpose)?.label[locale] ?? scope.purpose,
    service: scope.service,
    lawful_basis: choices.some((choice) => choice.isSeparate) ? 'separateConsent' : 'consent',
    pii_information: information,
    pii_type: categories,
    pii_controllers: [controller.site],
    storage_locations: [home],
    retention_period: [...new Set(information.map((one) => one.retention_period))].join(', ') || 'none',
    jurisdiction: home,
    recipient_third_parties: recipientsOf(choices),
    region: scope.region,
    withdrawal_method: `${controller.site}/api/v1/me/consents/${scope.purpose}`,
  };
}

function recipientsOf(choices: readonly Choice[]): string[] {
  return [...new Set(choices.flatMap(({ recipient }) => (recipient === null ? [] : [recipient])))];
}

/** SHA-256 of the words of a clause, hexadecimal; null where the text has no such clause. */
export function wordingHashOf(
  { document, clauseId }: Pick<Notice, 'document' | 'clauseId'>,
  locale: Locale,
): string | null {
  const wording = document.clauses.find(({ id }) => id === clauseId)?.body[locale];
  return wording === undefined ? null : createHash('sha256').update(wording).digest('hex');
}

function informationOf(
  rulebook: Rulebook,
  registry: RulebookRegistry,
  about: { category: string; service: string | null; purpose: string; locale: Locale },
) {
  const { category, locale } = about;
  const entry = registry.catalogue.categories.find(({ code }) => code === category);
  const promise = retentionFor(rulebook, about);
  return {
    pii_type: category,
    description: entry?.label[locale] ?? category,
    sensitive_pii: entry?.isSensitive ?? false,
    retention_period: promise?.period ?? (promise?.until ? `until ${promise.until}` : 'none'),
  };
}

function controllerParty({ name, address, site }: Controller, notice: Notice | null, locale: Locale): object {
  return {
    party_id: site,
    party_type: 'controller',
    party_name: name,
    party_address: address,
    party_contact: notice?.document.contact?.[locale] ?? site,
  };
}

function recipientParty(rulebook: Rulebook, slug: string): object {
  const recipient = rulebook.recipients.get(slug);
  return {
    party_id: slug,
    party_type: recipient?.kind ?? 'recipient',
    party_name: recipient?.name ?? slug,
    party_address: recipient?.region ?? '',
    party_contact: '',
  };
}
