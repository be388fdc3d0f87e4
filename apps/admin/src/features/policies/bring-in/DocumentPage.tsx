import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { LinkButton } from '../../../ui/LinkButton.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { ClausesStep } from './ClausesStep.js';
import { DiscardButton } from './DiscardButton.js';
import { DraftStep } from './DraftStep.js';
import { importQuery, type PolicyImport } from './imports.queries.js';
import { LanguageStep } from './LanguageStep.js';
import { MissingStep } from './MissingStep.js';
import { Remarks } from './Remarks.js';
import { stepAddress, stepOf, steps, type Step } from './steps.js';
import { TermsStep } from './TermsStep.js';
import { useDecisions } from './use-decisions.js';
import css from './bring-in.module.css';

/** A document on its way to a draft: clauses, terms, what is missing, the other language, the draft. */
export function DocumentPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(importQuery(id));
  return (
    <Page
      title={query.data?.fileName ?? t('bringIn.title')}
      purpose={t('bringIn.purpose')}
      trail={<Link to="/policies/import">{t('bringIn.title')}</Link>}
      actions={query.data?.state === 'open' && <DiscardButton imported={query.data} />}
    >
      <Loaded query={query}>
        {(imported) =>
          imported.state === 'open' ? <Steps key={id} imported={imported} /> : <Closed imported={imported} />
        }
      </Loaded>
    </Page>
  );
}

function Steps({ imported }: { imported: PolicyImport }) {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const step = stepOf(search);
  const decisions = useDecisions(imported);
  const following = steps[steps.indexOf(step) + 1];
  const onward = following && (
    <LinkButton to={stepAddress(search, following)}>
      {t('bringIn.onward', { step: t(`bringIn.steps.${following}`) })}
    </LinkButton>
  );
  return (
    <>
      <StepLinks step={step} search={search} />
      {step === 'clauses' && (
        <>
          <Remarks remarks={imported.remarks} />
          <ClausesStep imported={imported} decisions={decisions} />
        </>
      )}
      {step === 'terms' && <TermsStep imported={imported} decisions={decisions} onward={onward} />}
      {step === 'missing' && <MissingStep imported={imported} decisions={decisions} />}
      {step === 'language' && <LanguageStep imported={imported} decisions={decisions} />}
      {step === 'draft' && <DraftStep imported={imported} decisions={decisions} />}
      {step !== 'terms' && onward && <div className={css['onward']}>{onward}</div>}
    </>
  );
}

function StepLinks({ step, search }: { step: Step; search: URLSearchParams }) {
  const { t } = useTranslation();
  return (
    <nav className={css['steps']} aria-label={t('bringIn.steps.label')}>
      <ol>
        {steps.map((one, index) => (
          <li key={one}>
            <Link to={stepAddress(search, one)} aria-current={one === step ? 'step' : undefined}>
              <span className={css['stepNumber']}>{index + 1}</span> {t(`bringIn.steps.${one}`)}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Closed({ imported }: { imported: PolicyImport }) {
  const { t } = useTranslation();
  if (imported.state === 'discarded' || !imported.draftedRevisionId)
    return <Alert type="info" showIcon title={t('bringIn.discarded')} />;
  return (
    <Alert
      type="success"
      showIcon
      title={t('bringIn.drafted')}
      action={<LinkButton to={`/revisions/${imported.draftedRevisionId}`}>{t('bringIn.openDraft')}</LinkButton>}
    />
  );
}
