import {
  decide,
  type Atom,
  type AtomAction,
  type Basis,
  type ConsentFact,
  type Question,
  type Rulebook,
  type SubjectFacts,
} from '@abide/rulebook';

/** The registers whose entries decide what is allowed. */
export type RegisterName = 'category' | 'purpose' | 'service' | 'recipient' | 'thirdPartyService';

/** The entry that changes: only questions that name it can come to be answered otherwise. */
export interface Touched {
  readonly register: RegisterName;
  readonly code: string;
}

/** A question that is refused and would be allowed, for the person who has agreed to least. */
export interface Opening {
  readonly action: AtomAction;
  readonly category: string;
  readonly purpose: string;
  /** Null: wherever no service is named. */
  readonly service: string | null;
  readonly fromService: string | null;
  readonly recipient: string | null;
  readonly thirdPartyService: string | null;
  /** Read on the device and never sent. */
  readonly storage: 'onDevice' | null;
  readonly basis: Basis;
  /** What would no longer stand in the way of what is allowed already. */
  readonly despite: 'positioning' | 'gpc' | null;
}

/** What a change would open; `isCutOff` where there were more questions than are asked. */
export interface Openings {
  readonly openings: readonly Opening[];
  readonly isCutOff: boolean;
}

const mostQuestions = 5000;

/** The questions about `touched` that are refused under `before` and allowed under `after`, at one of the instants. */
export function openingsOf(
  { before, after }: { before: Rulebook; after: Rulebook },
  touched: Touched,
  instants: readonly number[],
): Openings {
  const openings: Opening[] = [];
  const openEverywhere = new Set<string>();
  let asked = 0;
  for (const one of questionsAbout(after, touched)) {
    if (openEverywhere.has(placeless(one))) continue;
    if ((asked += 1) > mostQuestions) return { openings, isCutOff: true };
    const opening = openingOf({ before, after }, one, instants);
    if (!opening) continue;
    openings.push(opening);
    if (one.service === null) openEverywhere.add(placeless(one));
  }
  return { openings, isCutOff: false };
}

type Asked = Omit<Opening, 'basis' | 'despite'> & Pick<Question, 'form' | 'data'>;

function placeless({ action, category, purpose, recipient, fromService, storage }: Asked): string {
  return [action, category, purpose, recipient, fromService, storage].join('|');
}

/** Those without a service first: what is open there need not be said of each service. */
function* questionsAbout(rulebook: Rulebook, touched: Touched): Generator<Asked> {
  for (const action of ['collect', 'use', 'share', 'crossServiceUse'] as const) {
    for (const [category, byPurpose] of rulebook.index[action]) {
      if (touched.register === 'category' && category !== touched.code) continue;
      for (const [purpose, cell] of byPurpose) {
        if (touched.register === 'purpose' && purpose !== touched.code) continue;
        const services = [null, ...cell.byService.keys()].filter((service) => namesService(touched, action, service));
        for (const service of services) {
          const candidates = service === null ? cell.forEveryService : (cell.byService.get(service) ?? []);
          for (const variant of variantsOf(
            rulebook,
            candidates.map(({ atom }) => atom),
            touched,
          ))
            yield { action, category, purpose, ...placeOf(service), ...variant };
        }
      }
    }
  }
}

/** A service can also be the one that data comes from; a third party's is asked about by itself. */
function namesService({ register, code }: Touched, action: AtomAction, service: string | null): boolean {
  if (register === 'service') return service === code || action === 'crossServiceUse';
  if (register === 'thirdPartyService') return service === `thirdParty:${code}`;
  return service?.startsWith('thirdParty:') !== true;
}

function placeOf(service: string | null): Pick<Asked, 'service' | 'thirdPartyService'> {
  const thirdParty = service?.startsWith('thirdParty:') ? service.slice('thirdParty:'.length) : null;
  return { service: thirdParty === null ? service : null, thirdPartyService: thirdParty };
}

const plainly = { recipient: null, fromService: null, form: null, data: null, storage: null } as const;

/** With whom it would be shared, or from where and in which form it would be used. */
function variantsOf(
  rulebook: Rulebook,
  atoms: readonly Atom[],
  touched: Touched,
): Pick<Asked, 'recipient' | 'fromService' | 'form' | 'data' | 'storage'>[] {
  const [first] = atoms;
  if (!first) return [];
  if (first.action === 'share') {
    // What an authority gets is bounded by its order, which says what it covers when it is made.
    const others = [...rulebook.recipients].filter(([, { kind }]) => kind !== 'authority').map(([slug]) => slug);
    const slugs = touched.register === 'recipient' ? [touched.code] : others;
    return slugs.map((recipient) => ({ ...plainly, recipient }));
  }
  if (touched.register === 'recipient') return [];
  // What the device may do with what it reads follows from what it may read.
  if (first.action === 'collect' && atoms.some(({ isOnDevice }) => isOnDevice))
    return [plainly, { ...plainly, storage: 'onDevice' }];
  if (first.action !== 'crossServiceUse') return [plainly];
  const concerned = atoms.filter(
    (atom) => touched.register !== 'service' || atom.service === touched.code || atom.fromService === touched.code,
  );
  return concerned.map(({ fromService, form, data }) => ({ ...plainly, fromService, form, data }));
}

/** How much somebody has agreed to, from the least. */
const agreements = ['nothing', 'terms', 'consent', 'separateConsent'] as const;
const obstacles = [null, 'positioning', 'gpc'] as const;

/** Who has agreed to everything is allowed whatever anybody is, so that the others need not be asked about where they are refused. */
function openingOf(
  rulebooks: { before: Rulebook; after: Rulebook },
  asked: Asked,
  instants: readonly number[],
): Opening | null {
  for (const at of instants) {
    if (!answerFor(rulebooks.after, asked, { agreement: 'separateConsent', obstacle: null, at })) continue;
    for (const obstacle of obstacles) {
      for (const agreement of agreements) {
        const who = { agreement, obstacle, at };
        const basis = answerFor(rulebooks.after, asked, who);
        if (!basis || answerFor(rulebooks.before, asked, who)) continue;
        const { form: _form, data: _data, ...place } = asked;
        return { ...place, basis, despite: obstacle };
      }
    }
  }
  return null;
}

interface Who {
  readonly agreement: (typeof agreements)[number];
  readonly obstacle: (typeof obstacles)[number];
  readonly at: number;
}

/** The basis on which it is allowed; null where it is refused. */
function answerFor(rulebook: Rulebook, { action, category, ...asked }: Asked, who: Who): Basis | null {
  const question: Question = {
    ...asked,
    action: action === 'crossServiceUse' ? 'use' : action,
    categories: [category],
    at: who.at,
  };
  const [result] = decide(rulebook, factsOf(rulebook, { ...asked, category }, who), question).results;
  return result?.allowed ? result.basis : null;
}

/** Orders and agreements are taken for granted: what keeps a recipient out today may be on file tomorrow. */
function factsOf(
  rulebook: Rulebook,
  { category, purpose, recipient }: Pick<Asked, 'category' | 'purpose' | 'recipient'>,
  { agreement, obstacle, at }: Who,
): SubjectFacts {
  const then = at - 1;
  const grant: ConsentFact = {
    state: 'granted',
    purpose,
    at: then,
    ...(agreement === 'separateConsent' ? { categories: [category], recipient } : {}),
  };
  return {
    kind: 'person',
    isPositioningOn: obstacle !== 'positioning',
    gpcSince: obstacle === 'gpc' ? at : null,
    acceptances:
      agreement === 'nothing'
        ? []
        : rulebook.policies.map(({ policy, revision }) => ({ policy, revision, mode: 'explicit', at: then })),
    consents: agreement === 'consent' || agreement === 'separateConsent' ? [grant] : [],
    grounds: recipient ? (['order', 'agreement'] as const).map((kind) => ({ kind, recipient })) : [],
  };
}
