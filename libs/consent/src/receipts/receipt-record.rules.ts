import type { Locale } from '@abide/kernel';
import { retentionFor, type Choice, type PolicyDocument, type Rulebook, type RulebookRegistry } from '@abide/rulebook';
import type { ConsentAct } from '../events/consent-event.entity.js';
import type { ConsentScope } from '../events/scope.rules.js';

/** The version of the record's form; ISO/IEC TS 27560:2023 names the members. */
export const schemaVersion = 'ISO/IEC TS 27560:2023 abide-1';

/** The words of TS 27560 for what happened; only the first two are valid consents. */
export const eventStates: Readonly<Record<ConsentAct, string>> = {
  grant: 'ConsentGiven', renewal: 'RenewedConsentGiven', refusal: 'Refused', withdrawal: 'Withdrawn', expiry: 'Expired',
};

/** Whoever answers for the processing, as receipts name them. */
export interface Controller {
  readonly name: string;
  readonly address: string;
  /** The public address of the product, without a trailing slash. */
  readonly site: string;
}

export interface Notice {
  readonly policy: string;
  readonly revision: number;
  readonly document: PolicyDocument;
  readonly clauseId: string | null;
}

export interface ProcessingFacts {
  readonly rulebook: Rulebook;
  readonly registry: RulebookRegistry;
  readonly scope: ConsentScope;
  readonly choices: readonly Choice[];
  readonly notice: Notice | null;
  readonly locale: Locale;
  readonly controller: Controller;
}

/** The part of a record that is the same for everybody who says the same under the same texts. */
export function processingOf(given: ProcessingFacts): { pii_processing: object[]; party_identification: object[] } {
  const { rulebook, registry, scope, choices, notice, locale, controller } = given;
  const categories = scope.categories ?? [...new Set(choices.map((choice) => choice.category))];
  const information = categories.map((category) => informationOf(rulebook, registry, { category, service: scope.service, locale }));
  const recipients = [...new Set(choices.flatMap((choice) => (choice.recipient === null ? [] : [choice.recipient])))];
  const [home = ''] = rulebook.profile.homeRegions;
  return {
    pii_processing: [
      {
        privacy_notice: notice ? `${controller.site}/policies/${notice.policy}/${notice.revision}` : `${controller.site}/policies`,
        clause: notice?.clauseId ?? null,
        language: locale,
        purpose: scope.purpose,
        purpose_description: registry.catalogue.purposes.find(({ code }) => code === scope.purpose)?.label[locale] ?? scope.purpose,
        service: scope.service,
        lawful_basis: choices.some((choice) => choice.isSeparate) ? 'separateConsent' : 'consent',
        pii_information: information,
        pii_type: categories,
        pii_controllers: [controller.site],
        storage_locations: [home],
        retention_period: [...new Set(information.map((one) => one.retention_period))].join(', ') || 'none',
        jurisdiction: home,
        recipient_third_parties: recipients,
        region: scope.region,
        withdrawal_method: `${controller.site}/api/v1/me/consents/${scope.purpose}`,
      },
    ],
    party_identification: [controllerParty(controller, notice, locale), ...recipients.map((slug) => recipientParty(rulebook, slug))],
  };
}

function informationOf(rulebook: Rulebook, registry: RulebookRegistry, { category, service, locale }: { category: string; service: string | null; locale: Locale }) {
  const entry = registry.catalogue.categories.find(({ code }) => code === category);
  const promise = retentionFor(rulebook, category, service);
  return {
    pii_type: category,
    description: entry?.label[locale] ?? category,
    sensitive_pii: entry?.isSensitive ?? false,
    retention_period: promise?.period ?? (promise?.until ? `until ${promise.until}` : 'none'),
  };
}

function controllerParty({ name, address, site }: Controller, notice: Notice | null, locale: Locale): object {
  return { party_id: site, party_type: 'controller', party_name: name, party_address: address, party_contact: notice?.document.contact?.[locale] ?? site };
}

function recipientParty(rulebook: Rulebook, slug: string): object {
  const recipient = rulebook.recipients.get(slug);
  return { party_id: slug, party_type: recipient?.kind ?? 'recipient', party_name: recipient?.name ?? slug, party_address: recipient?.region ?? '', party_contact: '' };
}
