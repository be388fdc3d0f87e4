import type { RelativesAct } from '@abide/identity';
import type { HolderOutcome } from '@abide/platform';

export const requestTypes = [
  'access',
  'portability',
  'correction',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
  'explanation',
  'inquiry',
  'complaint',
  'transfer',
] as const;
export type RequestType = (typeof requestTypes)[number];

/** What can be asked without an account: neither a correction nor an objection says by an address alone of what. */
export const publicRequestTypes = [
  'access',
  'portability',
  'deletion',
  'restriction',
  'accountClosure',
  'explanation',
  'inquiry',
  'complaint',
] as const satisfies readonly RequestType[];
export type PublicRequestType = (typeof publicRequestTypes)[number];

export const isPublic = (type: RequestType): boolean => publicRequestTypes.some((one) => one === type);

export const requestStates = [
  'awaitingIdentity',
  'open',
  'awaitingSubject',
  'awaitingSecond',
  'waiting',
  'fulfilling',
  'closed',
  'lapsed',
  'cancelled',
] as const;
export type RequestState = (typeof requestStates)[number];

/** What somebody who only holds a session may not have: these ask for a code on a confirmed channel as well. */
const provenByCode: readonly RequestType[] = ['access', 'portability', 'correction', 'deletion', 'accountClosure'];

/** What a near relative asks in the sense of PIPL art. 49; what is none of these is not for them alone to be kept from. */
export function relativesActOf(type: RequestType): RelativesAct | null {
  if (isShown(type) || type === 'explanation') return 'access';
  if (type === 'correction') return 'correction';
  return isIrrevocable(type) ? 'deletion' : null;
}

/** What is done to data that is held, category by category; anything else is answered in words. */
export const aboutHeldData: readonly RequestType[] = [
  'access',
  'portability',
  'correction',
  'deletion',
  'restriction',
  'accountClosure',
];

/** What takes something away for good: the subject sees what will go, and may take it back, before it does. */
const irrevocable: readonly RequestType[] = ['deletion', 'accountClosure'];

/** What is answered in words alone: nothing but the answer comes of it. */
const answeredInWords: readonly RequestType[] = ['explanation', 'inquiry', 'complaint'];

/** What may be asked by whoever has not proven anything yet: nothing is looked up, shown or changed by it. */
const open: readonly RequestType[] = ['inquiry', 'complaint'];

/** What a support agent decides; a privacy officer decides every kind. */
const decidedBySupport: readonly RequestType[] = ['access', 'correction', 'inquiry'];

/** What changes or takes away what is held, or ends a use of it. */
const changing: readonly RequestType[] = [
  'correction',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
  'transfer',
];

/** What its kind, the kinds of data and the purpose say whole: of two, the second asks nothing more. Of anything else words or values say what is asked. */
const saidByItsKind: readonly RequestType[] = [
  'access',
  'portability',
  'deletion',
  'restriction',
  'objection',
  'accountClosure',
];

export const needsCode = (type: RequestType): boolean => provenByCode.includes(type);
export const isSaidByItsKind = (type: RequestType): boolean => saidByItsKind.includes(type);
export const changesSomething = (type: RequestType): boolean => changing.includes(type);
export const beginsUnproven = (type: RequestType): boolean => open.includes(type);
/** Answered in words, to words. */
export const needsWords = (type: RequestType): boolean => beginsUnproven(type) || type === 'explanation';
export const isAboutHeldData = (type: RequestType): boolean => aboutHeldData.includes(type);
/** Answered with a package of what is held. */
export const isShown = (type: RequestType): boolean => type === 'access' || type === 'portability';
export const isAnsweredInWords = (type: RequestType): boolean => answeredInWords.includes(type);
export const isIrrevocable = (type: RequestType): boolean => irrevocable.includes(type);
export const isDecidedBySupport = (type: RequestType): boolean => decidedBySupport.includes(type);

/** Whether somebody has to answer by a deadline in this state: not before identity is proven, while the subject owes an answer, nor once it is over. */
export const isAnsweredByDeadline = (state: RequestState): boolean =>
  ['open', 'awaitingSecond', 'waiting', 'fulfilling'].includes(state);

/** Over: nothing more happens to it unless the subject appeals. */
export const isOver = (state: RequestState): boolean => ['closed', 'lapsed', 'cancelled'].includes(state);

export const requestChannels = ['app', 'web', 'telephone', 'letter', 'counter'] as const;
export type RequestChannel = (typeof requestChannels)[number];

/** By which an operator records a request for somebody. */
export const helpedChannels = ['telephone', 'letter', 'counter'] as const satisfies readonly RequestChannel[];
export type HelpedChannel = (typeof helpedChannels)[number];

export const decisionOutcomes = ['grant', 'refuse', 'keep', 'restrict'] as const;
export type DecisionOutcome = (typeof decisionOutcomes)[number];

export const requestOutcomes = ['granted', 'partlyGranted', 'refused'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** What can be decided about a kind of data: what would be deleted may stay or be restricted instead, what would be corrected may have to stay as it is. */
export function outcomesOf(type: RequestType): readonly DecisionOutcome[] {
  if (isIrrevocable(type)) return decisionOutcomes;
  return type === 'correction' ? ['grant', 'refuse', 'keep'] : ['grant', 'refuse'];
}

/** Where a decision leads that nobody else has to look at: what goes for good waits first, what is held is carried out, anything else is an answer already. */
export function stateAfter(type: RequestType, outcome: RequestOutcome): 'closed' | 'waiting' | 'fulfilling' {
  if (outcome === 'refused' || !isAboutHeldData(type)) return 'closed';
  return isIrrevocable(type) ? 'waiting' : 'fulfilling';
}

/** Whether a person has to see to what a holder could not do, or does no more: nobody is asked again. */
export function isLeftToAPerson(outcome: HolderOutcome | null): boolean {
  return outcome === 'manual' || outcome === 'needsIdentifier' || outcome === 'withdrawn';
}

/** What a person may say of what a holder left to them. `withdrawn`: of a holder that is gone, with whatever it kept. */
export const handOutcomes = ['done', 'nothing', 'withdrawn'] as const satisfies readonly HolderOutcome[];
export type HandOutcome = (typeof handOutcomes)[number];

/** What a holder may say that is not its last word. */
export const owedOutcomes: readonly HolderOutcome[] = ['unreachable', 'blocked'];

/** Whether a holder is asked until it says something else. */
export function isOwed(outcome: HolderOutcome | null): boolean {
  return outcome === null || owedOutcomes.includes(outcome);
}
