import type { Localized } from '@abide/kernel';
import type { AnswerWithin } from './terms.js';
import type { AppKind } from './vocabulary.js';

/** One number the law or we ourselves set, with where it comes from; `isUnverified` marks what was not read in the primary text. */
export interface LegalRule<T> {
  readonly value: T;
  readonly article: string;
  readonly isUnverified?: true;
  readonly note?: string;
}

export interface LegalMinimum {
  readonly categories: readonly string[];
  readonly period: string;
}

export interface ExportThresholds {
  readonly exemptBelowPeople: number;
  readonly standardContractUpToPeople: number;
  readonly standardContractBelowSensitivePeople: number;
}

export interface LegalRules {
  readonly minimumLeadDays: LegalRule<number>;
  readonly separateConsentForSensitive: LegalRule<boolean>;
  /** Whether a policy may rest something on a legitimate interest of whoever handles it. */
  readonly legitimateInterest: LegalRule<boolean>;
  readonly separateConsentForOtherHandlers: LegalRule<boolean>;
  readonly separateConsentAbroad: LegalRule<boolean>;
  readonly answerWithin: LegalRule<AnswerWithin>;
  readonly extension: LegalRule<AnswerWithin | null>;
  readonly acknowledgeWithin: LegalRule<AnswerWithin | null>;
  readonly optOutWithin: LegalRule<AnswerWithin | null>;
  readonly clockStartsOn: LegalRule<'receipt' | 'verification'>;
  readonly askAgainAfterDays: LegalRule<number>;
  readonly guardianConsentUnder: LegalRule<number>;
  readonly minorUnder: LegalRule<number>;
  readonly legalMinima: LegalRule<readonly LegalMinimum[]>;
  readonly transactionRecordsYears: LegalRule<number>;
  readonly assessmentRecordsYears: LegalRule<number>;
  readonly disclosureRecordsYears: LegalRule<number>;
  readonly incidentReportHours: LegalRule<number>;
  readonly criticalIncidentReportHours: LegalRule<number>;
  readonly minorsAuditEveryMonths: LegalRule<number | null>;
  readonly minorsStaffAccessNeedsApproval: LegalRule<boolean>;
  readonly complianceAudit: LegalRule<{ abovePeople: number; everyYears: number } | null>;
  readonly exportThresholds: LegalRule<ExportThresholds | null>;
  readonly anonymityGroup: LegalRule<number>;
  /** Whether what an accepted contract needs stays, though its deletion is asked for, while the account goes on. */
  readonly runningContract: LegalRule<boolean>;
  /** Categories that others gave, and have a say in. */
  readonly othersData: LegalRule<readonly string[]>;
  /** What an app of a kind may require at all; a kind that is not listed may require anything. */
  readonly necessaryData: LegalRule<Partial<Readonly<Record<AppKind, readonly string[]>>>>;
}

/**
 * The numbers of one jurisdiction, versioned. `homeRegions` are not abroad; `utcOffsetHours` is the zone in which
 * a birthday or a last day counts (where a territory has several, the one where the day ends last).
 */
export interface Profile {
  readonly code: string;
  readonly version: number;
  readonly name: Localized;
  readonly homeRegions: readonly string[];
  readonly utcOffsetHours: number;
  readonly rules: LegalRules;
}

const ours = 'Abide default';
const notRead = { isUnverified: true } as const;

const chinaRules: LegalRules = {
  minimumLeadDays: { value: 7, article: 'E-commerce Law 34' },
  separateConsentForSensitive: { value: true, article: 'PIPL 28–31' },
  legitimateInterest: { value: false, article: 'PIPL 13' },
  separateConsentForOtherHandlers: { value: true, article: 'PIPL 23' },
  separateConsentAbroad: { value: true, article: 'PIPL 39' },
  answerWithin: {
    value: { workingDays: 15 },
    article: 'App violation criteria 2019',
    note: 'Chinese working-day calendar, adjusted weekends included. GB/T 35273 says 30 days †',
    ...notRead,
  },
  extension: { value: null, article: ours },
  acknowledgeWithin: { value: null, article: ours },
  optOutWithin: { value: null, article: ours },
  clockStartsOn: { value: 'receipt', article: ours },
  askAgainAfterDays: {
    value: 90,
    article: 'NDSR 22(5)',
    note: 'The article forbids frequent asking; the number is ours.',
  },
  guardianConsentUnder: { value: 14, article: 'PIPL 31' },
  minorUnder: { value: 18, article: 'PIPL 31' },
  legalMinima: {
    value: [{ categories: ['log.device', 'log.network', 'client.signIn'], period: 'P6M' }],
    article: 'Cybersecurity Law, log clause',
  },
  transactionRecordsYears: { value: 3, article: 'E-commerce Law 31' },
  assessmentRecordsYears: { value: 3, article: 'PIPL 56' },
  disclosureRecordsYears: { value: 3, article: 'NDSR 12' },
  incidentReportHours: { value: 4, article: 'Incident reporting measures 2025' },
  criticalIncidentReportHours: { value: 1, article: 'Incident reporting measures 2025' },
  minorsAuditEveryMonths: { value: 12, article: 'Minors’ Online Protection Regulations 37' },
  minorsStaffAccessNeedsApproval: { value: true, article: 'Minors’ Online Protection Regulations 36' },
  complianceAudit: { value: { abovePeople: 10_000_000, everyYears: 2 }, article: 'Compliance audit measures 2025' },
  exportThresholds: {
    value: {
      exemptBelowPeople: 100_000,
      standardContractUpToPeople: 1_000_000,
      standardContractBelowSensitivePeople: 10_000,
    },
    article: 'Cross-border provisions 2024-03-22',
    note: 'Counted in people per calendar year.',
  },
  anonymityGroup: { value: 20, article: ours },
  runningContract: { value: true, article: 'PIPL 13(2)' },
  othersData: { value: ['content.sharedByOthers'], article: ours },
  necessaryData: {
    value: { performanceTickets: ['registration.phone'], utilities: [] },
    article: 'Necessary data rules 2021 3–5',
    note: 'The lists themselves were not read in the primary text †',
    ...notRead,
  },
};

const europeRules: LegalRules = {
  ...chinaRules,
  minimumLeadDays: { value: 7, article: ours },
  necessaryData: { value: {}, article: ours },
  runningContract: { value: true, article: 'GDPR 6(1)(b) †', ...notRead },
  separateConsentForSensitive: { value: true, article: 'GDPR 9(2)(a) †', ...notRead },
  legitimateInterest: { value: true, article: 'GDPR 6(1)(f) †', ...notRead },
  separateConsentForOtherHandlers: { value: false, article: ours },
  separateConsentAbroad: { value: false, article: ours },
  answerWithin: { value: { months: 1 }, article: 'GDPR 12(3)' },
  extension: { value: { months: 2 }, article: 'GDPR 12(3)' },
  askAgainAfterDays: { value: 90, article: ours },
  guardianConsentUnder: { value: 16, article: 'GDPR 8(1) †', ...notRead },
  minorUnder: { value: 18, article: ours },
  legalMinima: { value: [], article: ours },
  transactionRecordsYears: { value: 3, article: ours },
  assessmentRecordsYears: { value: 3, article: ours },
  disclosureRecordsYears: { value: 3, article: ours },
  incidentReportHours: { value: 72, article: 'GDPR 33' },
  criticalIncidentReportHours: { value: 72, article: 'GDPR 33' },
  minorsAuditEveryMonths: { value: null, article: ours },
  complianceAudit: { value: null, article: ours },
  exportThresholds: { value: null, article: ours },
};

const californiaRules: LegalRules = {
  ...europeRules,
  separateConsentForSensitive: { value: false, article: ours },
  legitimateInterest: { value: true, article: ours },
  runningContract: { value: true, article: ours },
  answerWithin: { value: { calendarDays: 45 }, article: 'CCPA regs 7021' },
  extension: { value: { calendarDays: 45 }, article: 'CCPA regs 7021' },
  acknowledgeWithin: { value: { workingDays: 10 }, article: 'CCPA regs 7021' },
  optOutWithin: { value: { workingDays: 15 }, article: 'CCPA regs 7021' },
  askAgainAfterDays: { value: 365, article: 'CCPA regs 7021', note: 'Twelve months.' },
  guardianConsentUnder: { value: 13, article: 'CCPA, consumers under 13 †', ...notRead },
  incidentReportHours: { value: 72, article: ours },
  criticalIncidentReportHours: { value: 72, article: ours },
};

const europeanUnion = [
  'EU',
  'AT',
  'BE',
  'BG',
  'HR',
  'CY',
  'CZ',
  'DK',
  'EE',
  'FI',
  'FR',
  'DE',
  'GR',
  'HU',
  'IE',
  'IT',
  'LV',
  'LT',
  'LU',
  'MT',
  'NL',
  'PL',
  'PT',
  'RO',
  'SK',
  'SI',
  'ES',
  'SE',
  'IS',
  'LI',
  'NO',
];

export type ProfileCode = 'cn-pipl' | 'eu-gdpr' | 'us-ccpa';

/** The shipped profiles; `cn-pipl` is the default. */
export const profiles: Readonly<Record<ProfileCode, Profile>> = {
  'cn-pipl': {
    code: 'cn-pipl',
    version: 1,
    name: { 'zh-CN': '中国（个人信息保护法）', en: 'China (PIPL)' },
    homeRegions: ['CN'],
    utcOffsetHours: 8,
    rules: chinaRules,
  },
  'eu-gdpr': {
    code: 'eu-gdpr',
    version: 1,
    name: { 'zh-CN': '欧盟（通用数据保护条例）', en: 'European Union (GDPR)' },
    homeRegions: europeanUnion,
    utcOffsetHours: -1,
    rules: europeRules,
  },
  'us-ccpa': {
    code: 'us-ccpa',
    version: 1,
    name: { 'zh-CN': '美国加州（消费者隐私法）', en: 'California (CCPA)' },
    homeRegions: ['US'],
    utcOffsetHours: -10,
    rules: californiaRules,
  },
};

/** Whether a region (`CN`, `CN-11`) lies inside the profile's own country or union. */
export function isHomeRegion(profile: Profile, region: string): boolean {
  return profile.homeRegions.includes(region.split('-')[0] ?? region);
}
