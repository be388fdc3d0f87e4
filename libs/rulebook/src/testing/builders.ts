import type { PolicyDocument } from '../document.js';
import { offlineRegistry, type RulebookRegistry } from '../registry.js';
import type {
  ChangeTerm,
  CollectionTerm,
  CrossServiceUseTerm,
  MinorsTerm,
  RetentionTerm,
  RightTerm,
  SharingTerm,
  Term,
  UseTerm,
} from '../terms.js';

/** Fictional policies with valid defaults, for specs only. */
export function aPolicy(given: Partial<PolicyDocument> & { terms?: readonly Term[] } = {}): PolicyDocument {
  const { terms, ...rest } = given;
  return {
    policy: 'privacy',
    kind: 'general',
    title: { 'zh-CN': '隐私政策', en: 'Privacy policy' },
    contact: { 'zh-CN': '客服', en: 'Customer service' },
    glossary: [],
    definitions: [],
    services: ['ticketing', 'signing'],
    recipients: [
      { slug: 'map-provider', kind: 'processor', region: 'CN' },
      { slug: 'cloud-host', kind: 'processor', region: 'CN' },
      { slug: 'carrier', kind: 'partner', region: 'CN' },
    ],
    clauses: [aClause('first', terms ?? [])],
    ...rest,
  };
}

export function aServicePolicy(terms: readonly Term[], service = 'ticketing'): PolicyDocument {
  return aPolicy({ policy: `${service}-privacy`, kind: 'service', service, terms });
}

/** A text for children beside the policies. */
export function aGuide(terms: readonly Term[]): PolicyDocument {
  return aPolicy({ policy: 'for-children', kind: 'guide', audience: 'children', terms });
}

export function aClause(id: string, terms: readonly Term[]): PolicyDocument['clauses'][number] {
  return {
    id,
    heading: { 'zh-CN': `条款${id}`, en: `Clause ${id}` },
    body: { 'zh-CN': '正文', en: 'Text' },
    terms: [...terms],
  };
}

export function aCollection(given: Partial<CollectionTerm> = {}): CollectionTerm {
  return {
    type: 'collection',
    categories: ['log.search'],
    purposes: ['product.improvement'],
    basis: 'consent',
    ...given,
  };
}

export function aUse(given: Partial<UseTerm> = {}): UseTerm {
  return { type: 'use', categories: ['log.search'], purposes: ['advertising.relevant'], basis: 'consent', ...given };
}

export function aSharing(given: Partial<SharingTerm> = {}): SharingTerm {
  return {
    type: 'sharing',
    categories: ['log.search'],
    recipients: ['recipient:map-provider'],
    purposes: ['service.provision'],
    basis: 'consent',
    regions: ['CN'],
    ...given,
  };
}

export function aCrossServiceUse(given: Partial<CrossServiceUseTerm> = {}): CrossServiceUseTerm {
  return {
    type: 'crossServiceUse',
    categories: ['usage.habit'],
    purposes: ['product.development'],
    from: ['ticketing'],
    to: ['signing'],
    form: 'aggregated',
    minimumGroup: 20,
    basis: 'consent',
    ...given,
  };
}

export function aRetention(given: Partial<RetentionTerm> = {}): RetentionTerm {
  const length = given.until === undefined ? { period: 'P6M' } : {};
  return { type: 'retention', categories: ['log.search'], then: 'delete', ...length, ...given };
}

export function aRight(given: Partial<RightTerm> = {}): RightTerm {
  return { type: 'right', rights: ['access'], answerWithin: { workingDays: 15 }, ...given };
}

export function aMinors(given: Partial<MinorsTerm> = {}): MinorsTerm {
  return { type: 'minors', under: 14, requires: 'guardianConsent', ...given };
}

export function aChange(
  given: { leadDays?: number; channels?: ChangeTerm['notice']['channels']; acceptance?: ChangeTerm['acceptance'] } = {},
): ChangeTerm {
  return {
    type: 'change',
    notice: { leadDays: given.leadDays ?? 7, channels: given.channels ?? ['inApp', 'email'] },
    acceptance: given.acceptance ?? 'explicit',
  };
}

export function aRegistry(given: Partial<RulebookRegistry> = {}): RulebookRegistry {
  return { ...offlineRegistry(), ...given };
}
