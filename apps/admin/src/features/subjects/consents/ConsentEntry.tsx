import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ConsentEvent } from '../../../api/types.js';
import { usePermission } from '../../../session/permissions.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { usePolicyName } from '../../../ui/policy-names.js';
import { Time } from '../../../ui/Time.js';
import { EvidenceDialog } from './EvidenceDialog.js';
import { ReceiptDialog } from './ReceiptDialog.js';
import { useChoiceName } from './use-choice-name.js';
import css from './consents.module.css';

interface Props {
  readonly subjectId: string;
  readonly event: ConsentEvent;
}

/** One thing a subject said: what, when, by whom, under which words, with its receipt. */
export function ConsentEntry({ subjectId, event, purpose }: Props & { readonly purpose: string | undefined }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const choiceName = useChoiceName();
  const { act, scope, expiresAt } = event;
  return (
    <article id={`consent-${event.id}`}>
      <div>
        <strong>{t(`subjectConsents.acts.${act}`)}</strong> · {purpose ?? nameOf('purposes', scope.purpose)} ·{' '}
        {choiceName(scope) || t('subjectConsents.all')}
      </div>
      <div className={css['facts']}>
        <When event={event} />
        <By event={event} />
        {expiresAt && (
          <span>
            {t('subjectConsents.expiresAt')} <Time at={expiresAt} />
          </span>
        )}
      </div>
      <Shown event={event} />
      <Papers subjectId={subjectId} event={event} />
    </article>
  );
}

/** When it was said; and when it was learned of, where that was later. */
function When({ event: { occurredAt, recordedAt } }: { event: ConsentEvent }) {
  const { t } = useTranslation();
  if (occurredAt === recordedAt) return <Time at={occurredAt} />;
  return (
    <>
      <span>
        {t('subjectConsents.saidAt')} <Time at={occurredAt} />
      </span>
      <span>
        {t('subjectConsents.learnedAt')} <Time at={recordedAt} />
      </span>
    </>
  );
}

function By({
  event: {
    givenBy: { kind, id, name },
  },
}: {
  event: ConsentEvent;
}) {
  const { t } = useTranslation();
  const said = t(`subjectConsents.givenBy.${kind}`, { name: name ?? t('subjectConsents.formerOperator') });
  return kind === 'guardian' && id ? <Link to={`/subjects/${id}`}>{said}</Link> : <span>{said}</span>;
}

function Shown({ event: { policy, revision, revisionId, clauseId, locale, channel } }: { event: ConsentEvent }) {
  const { t } = useTranslation();
  const policyName = usePolicyName();
  const channelName = t(`subjectConsents.channels.${channel}`, { defaultValue: channel });
  return (
    <div className={`secondary ${css['facts'] ?? ''}`}>
      {policy === null ? (
        <span>{t('subjectConsents.nothingShown')}</span>
      ) : (
        <span>
          {t('subjectConsents.shown', { policy: policyName(policy), revision })}
          {clauseId && revisionId && (
            <>
              {' · '}
              <Link to={`/revisions/${revisionId}?clause=${encodeURIComponent(clauseId)}`} className="code">
                {clauseId}
              </Link>
            </>
          )}
        </span>
      )}
      <span>{t(`subjectConsents.languages.${locale}`)}</span>
      <span>{t('subjectConsents.channel', { channel: channelName })}</span>
    </div>
  );
}

function Papers({ subjectId, event: { id, receiptId, hasEvidence, occurredAt } }: Props) {
  const { t } = useTranslation();
  const mayRead = usePermission('subject.reveal');
  const [opened, setOpened] = useState<'receipt' | 'evidence' | null>(null);
  const close = () => setOpened(null);
  return (
    <div className={css['papers']}>
      <Button size="small" onClick={() => setOpened('receipt')}>
        {t('subjectConsents.receipt')}
      </Button>
      {hasEvidence && mayRead && (
        <Button size="small" onClick={() => setOpened('evidence')}>
          {t('subjectConsents.readEvidence')}
        </Button>
      )}
      {opened === 'receipt' && (
        <ReceiptDialog subjectId={subjectId} receiptId={receiptId} at={occurredAt} close={close} />
      )}
      {opened === 'evidence' && <EvidenceDialog subjectId={subjectId} eventId={id} close={close} />}
    </div>
  );
}
