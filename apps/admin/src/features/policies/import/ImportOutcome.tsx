import { compare, type PolicyDocument } from '@abide/rulebook';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button, Skeleton } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import type { Draft } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { ErrorState } from '../../../ui/ErrorState.js';
import { Panel } from '../../../ui/Panel.js';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { StateTag } from '../../../ui/StateTag.js';
import { DifferenceTable } from '../compare/DifferenceTable.js';
import { policiesQuery, findDraft, useSaveDraft } from '../policies.queries.js';
import { neighboursQuery, registriesQuery, useDocumentInForce } from '../registry.queries.js';
import { ClauseStates } from './ClauseStates.js';
import css from './import.module.css';

interface Props {
  readonly document: PolicyDocument;
  readonly tidy: (document: PolicyDocument) => void;
}

/** What saving the file would do: which policy, which draft it replaces, and what it changes against the text in force. */
export function ImportOutcome({ document, tidy }: Props) {
  const { policy: slug } = document;
  const isKnown = useQuery(policiesQuery).data?.some((policy) => policy.slug === slug);
  const draft = useQuery({ queryKey: ['policies', slug, 'draft'], queryFn: () => findDraft(slug) });
  if (draft.isError) return <ErrorState error={draft.error} retry={() => void draft.refetch()} />;
  if (isKnown === undefined || draft.isPending) return <Skeleton active />;
  return (
    <>
      {isKnown && <WouldChange document={document} />}
      <SaveImport document={document} draft={draft.data} isKnown={isKnown} tidy={tidy} />
    </>
  );
}

function WouldChange({ document }: { document: PolicyDocument }) {
  const { t } = useTranslation();
  const registries = useQuery(registriesQuery).data;
  const neighbours = useQuery(neighboursQuery(document.policy)).data;
  const inForce = useDocumentInForce(document.policy);
  const comparison = useMemo(() => {
    if (!registries || !neighbours || !inForce) return null;
    return compare({ document: inForce, others: neighbours }, { document, others: neighbours }, registries);
  }, [document, inForce, neighbours, registries]);
  if (inForce === null) return <Alert type="info" showIcon title={t('policies.compare.first')} />;
  if (!comparison) return <Skeleton active />;
  return (
    <Panel
      title={t('policies.import.wouldChange')}
      note={t(`policies.follows.${comparison.materiality}`)}
      extra={<StateTag state={comparison.materiality} />}
    >
      <ClauseStates states={comparison.clauses.map(({ state }) => state)} />
      {comparison.differences.length > 0 && (
        <DifferenceTable differences={comparison.differences} clauses={comparison.clauses} />
      )}
    </Panel>
  );
}

interface SaveProps extends Props {
  readonly draft: Draft | null;
  readonly isKnown: boolean;
}

function SaveImport({ document, draft, isKnown, tidy }: SaveProps) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const save = useSaveDraft();
  const into = search.get('into');
  const isElsewhere = into !== null && into !== document.policy;
  const isClosed = draft !== null && draft.state !== 'draft';
  const name = localized(document.title);

  const send = () =>
    save.mutate(
      { slug: document.policy, document, basedOn: draft?.contentHash ?? null },
      {
        onSuccess: ({ revisionId }) => {
          void message.success(t('policies.editor.saved'));
          void navigate(`/revisions/${revisionId}`);
        },
      },
    );

  const outcome = draft
    ? t('policies.import.replacesDraft', { name, number: draft.number })
    : t(isKnown ? 'policies.import.startsDraft' : 'policies.import.startsPolicy', { name, slug: document.policy });
  return (
    <Panel title={t('policies.import.save')}>
      {isElsewhere && (
        <Alert type="warning" showIcon title={t('policies.import.elsewhere', { slug: document.policy, into })} />
      )}
      {isClosed ? (
        <Alert type="warning" showIcon title={t('policies.import.inReview', { number: draft.number })} />
      ) : (
        <p className={css['outcome']}>{outcome}</p>
      )}
      <ProblemAlert error={save.error} />
      <div className={css['acts']}>
        <Button onClick={() => tidy(document)}>{t('policies.import.tidy')}</Button>
        <Button type="primary" disabled={isClosed} loading={save.isPending} onClick={send}>
          {t('policies.import.saveAsDraft')}
        </Button>
      </div>
    </Panel>
  );
}
