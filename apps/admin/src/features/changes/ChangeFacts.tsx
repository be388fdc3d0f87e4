import { labelOf } from '@abide/rulebook';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Operator, PendingChange } from '../../api/types.js';
import { currentLanguage, useLocalized } from '../../i18n/language.js';
import { useClientWords, type ClientReach } from '../../ui/client-words.js';
import { Facts } from '../../ui/Facts.js';
import { Num } from '../../ui/Num.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { Time } from '../../ui/Time.js';
import { HolderActFacts } from './HolderActFacts.js';

/** How each kind of thing is to be: the API says it as an object of no fixed shape. */
interface Proposed {
  readonly operator: ProposedOperator;
  readonly hold: ProposedLifting;
  readonly client: ProposedClient;
  readonly requestSettings: ProposedSettings;
  readonly webhookSubscription: ProposedReceiver;
  readonly requestBulk: ProposedBulk;
  readonly relativeRequest: ProposedLink;
  readonly minorLook: ProposedOfPerson;
  readonly death: ProposedOfPerson;
}

type ChangeOf<Type extends keyof Proposed> = PendingChange & { readonly proposed: Proposed[Type] };

function isOf<Type extends keyof Proposed>(type: Type, change: PendingChange): change is ChangeOf<Type> {
  return change.object.type === type;
}

/** How the thing is to be. */
export function ChangeFacts({ change }: { change: PendingChange }) {
  if (isOf('operator', change)) return <OperatorFacts proposed={change.proposed} />;
  if (isOf('hold', change)) return <HoldFacts id={change.object.id} proposed={change.proposed} />;
  if (isOf('client', change)) return <ClientFacts proposed={change.proposed} />;
  if (isOf('requestSettings', change)) return <RequestSettingsFacts proposed={change.proposed} />;
  if (isOf('webhookSubscription', change)) return <ReceiverFacts proposed={change.proposed} />;
  if (isOf('requestBulk', change)) return <BulkFacts id={change.object.id} proposed={change.proposed} />;
  if (isOf('relativeRequest', change)) return <RelativeLinkFacts id={change.object.id} proposed={change.proposed} />;
  if (isOf('minorLook', change) || isOf('death', change)) return <PersonFacts proposed={change.proposed} />;
  if (change.kind === 'holderRemoval' || change.kind === 'holderSecretReplacement')
    return <HolderActFacts change={change} />;
  return <EntryFacts proposed={change.proposed as ProposedEntry} />;
}

interface ProposedLifting {
  readonly article: string;
  readonly ground: 'litigation' | 'courtOrder' | 'investigation' | 'supervision' | 'incident';
  readonly until: string;
}

/** Which hold, and where its notes and the reason to lift it stand. */
function HoldFacts({ id, proposed: { article, ground, until } }: { id: string; proposed: ProposedLifting }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [
          t('holds.article'),
          <Link key="hold" to={`/holds/${id}`}>
            {article}
          </Link>,
        ],
        [t('holds.ground'), t(`holds.grounds.${ground}`)],
        [t('holds.until'), <Time key="until" at={until} />],
      ]}
    />
  );
}

/** Empty once it is forgotten or the person is erased; the reason is there for whoever asked or may agree. */
interface ProposedOfPerson {
  readonly subjectId?: string;
  readonly displayName?: string | null;
  readonly reason?: string;
}

/** About whom, masked, and why. */
function PersonFacts({ proposed: { subjectId, displayName, reason } }: { proposed: ProposedOfPerson }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [
          t('changes.minorLook.person'),
          subjectId && (
            <Link key="person" to={`/subjects/${subjectId}`}>
              {displayName ?? t('changes.minorLook.unnamed')}
            </Link>
          ),
        ],
        [t('changes.minorLook.why'), reason],
      ]}
    />
  );
}

interface ProposedLink {
  readonly subjectId: string;
}

/** Which request, with the evidence that came with it, and which account it would be about. */
function RelativeLinkFacts({ id, proposed: { subjectId } }: { id: string; proposed: ProposedLink }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [
          t('changes.relativeLink.request'),
          <Link key="request" to={`/requests/${id}`}>
            {t('changes.relativeLink.open')}
          </Link>,
        ],
        [
          t('changes.relativeLink.account'),
          <Link key="account" to={`/subjects/${subjectId}`}>
            {t('changes.relativeLink.show')}
          </Link>,
        ],
      ]}
    />
  );
}

interface ProposedReceiver {
  readonly url: string;
  readonly events: readonly ('request.opened' | 'request.closed')[];
}

function ReceiverFacts({ proposed: { url, events } }: { proposed: ProposedReceiver }) {
  const { t } = useTranslation();
  const told = events.map((event) => t(`deliveries.kinds.${event}`)).join(t('ui.listSeparator'));
  return (
    <Facts
      rows={[
        [t('deliveries.receivers.url'), url],
        [t('deliveries.receivers.events'), told],
      ]}
    />
  );
}

interface ProposedBulk {
  readonly outcome: 'grant' | 'refuse' | 'perCategory';
  readonly reason: string | null;
  readonly text: string | null;
  readonly count: number;
}

/** What is decided about how many requests, in the words that everybody would read. */
function BulkFacts({ id, proposed: { outcome, reason, text, count } }: { id: string; proposed: ProposedBulk }) {
  const { t } = useTranslation();
  return (
    <Facts
      rows={[
        [t('changes.bulk.count'), <Num key="count" value={count} />],
        [t('requests.decision'), t(`requests.bulk.choices.${outcome === 'refuse' ? 'refuse' : 'grant'}`)],
        [t('requests.refusalReason'), reason],
        [t('requests.answer'), text],
        [
          t('changes.bulk.each'),
          <Link key="each" to={`/requests/bulk/${id}`}>
            {t('changes.bulk.show')}
          </Link>,
        ],
      ]}
    />
  );
}

interface RequestTerms {
  readonly preparesItself: boolean;
  readonly correctsItself: boolean;
  readonly waitingDays: number;
}

interface ProposedSettings extends RequestTerms {
  readonly before: RequestTerms;
}

function RequestSettingsFacts({ proposed }: { proposed: ProposedSettings }) {
  const { t } = useTranslation();
  const { before } = proposed;
  const turn = (of: (terms: RequestTerms) => string) =>
    of(before) === of(proposed) ? of(proposed) : `${of(before)} → ${of(proposed)}`;
  return (
    <Facts
      rows={[
        [
          t('requests.settings.preparesItself'),
          turn((terms) => t(terms.preparesItself ? 'settings.yes' : 'settings.no')),
        ],
        [
          t('requests.settings.correctsItself'),
          turn((terms) => t(terms.correctsItself ? 'settings.yes' : 'settings.no')),
        ],
        [t('requests.settings.waitingDays'), turn((terms) => String(terms.waitingDays))],
      ]}
    />
  );
}

interface ProposedClient extends ClientReach {
  readonly before?: ClientReach;
  readonly expiresInDays?: number;
}

function ClientFacts({ proposed }: { proposed: ProposedClient }) {
  const { t } = useTranslation();
  const words = useClientWords();
  const { before } = proposed;
  const turn = (of: (reach: ClientReach) => string) =>
    before && of(before) !== of(proposed) ? `${of(before)} → ${of(proposed)}` : of(proposed);
  return (
    <Facts
      rows={[
        [t('settings.clients.scopes'), turn(words.scopes)],
        [t('settings.clients.purposes'), turn(words.purposes)],
        [t('settings.clients.services'), turn(words.services)],
        [t('settings.clients.expiresInDays'), proposed.expiresInDays],
      ]}
    />
  );
}

interface ProposedOperator {
  readonly email: string;
  readonly roles?: Operator['roles'];
  readonly active?: boolean;
  readonly before?: { readonly roles: Operator['roles'] };
}

/** Whom it is about by their address, and what becomes of their roles and of whether they may sign in. */
function OperatorFacts({ proposed: { email, roles, active, before } }: { proposed: ProposedOperator }) {
  const { t } = useTranslation();
  const named = (held: Operator['roles']) =>
    held.map((role) => t(`roles.${role}`, { defaultValue: role })).join(t('ui.listSeparator')) || t('changes.noRoles');
  return (
    <Facts
      rows={[
        [t('session.email'), email],
        [t('changes.fields.roles'), roles && (before ? `${named(before.roles)} → ${named(roles)}` : named(roles))],
        [
          t('changes.fields.access'),
          active !== undefined && t(`changes.${active ? 'maySignInAgain' : 'staysShutOut'}`),
        ],
      ]}
    />
  );
}

/** Of a new entry its values, of a change what turns from one value to another. */
interface ProposedEntry {
  readonly values?: Readonly<Record<string, unknown>>;
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly before?: Readonly<Record<string, unknown>>;
}

const shown = [
  'label',
  'name',
  'kind',
  'baseUrl',
  'networks',
  'categories',
  'region',
  'contractUntil',
  'contact',
  'purpose',
  'isActive',
  'isSensitive',
  'isLocation',
  'isCoveredByGpc',
  'isLocationBased',
  'policyLink',
  'use',
  'eventFields',
] as const;

function EntryFacts({ proposed: { values, changes, before } }: { proposed: ProposedEntry }) {
  const { t } = useTranslation();
  const say = useValueWords();
  const after = changes ?? values ?? {};
  const said = (field: (typeof shown)[number]) => {
    if (!(field in after)) return null;
    return before ? `${say(field, before[field])} → ${say(field, after[field])}` : say(field, after[field]);
  };
  return <Facts rows={shown.map((field) => [t(`changes.fields.${field}`), said(field)])} />;
}

/** A value of an entry in the words of the reader. */
function useValueWords(): (field: (typeof shown)[number], value: unknown) => string {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { nameOf } = useRegistryNames();
  const language = currentLanguage();
  return (field, value) => {
    if (value === null || value === undefined) return '–';
    if (typeof value === 'boolean') return t(value ? 'settings.yes' : 'settings.no');
    if (field === 'kind') return labelOf('recipientKind', String(value), language);
    if (field === 'use') return t(`changes.uses.${String(value) as 'link'}`);
    if (field === 'region')
      return (
        new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }).of(String(value).slice(0, 2)) ??
        String(value)
      );
    if (Array.isArray(value)) {
      const words = field === 'categories' ? value.map((code) => nameOf('categories', String(code))) : value;
      return words.join(t('ui.listSeparator')) || '–';
    }
    if (field === 'eventFields') return t('changes.changedValue');
    return typeof value === 'object' ? localized(value) : String(value);
  };
}
