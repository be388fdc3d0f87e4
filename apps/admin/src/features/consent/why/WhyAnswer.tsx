import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CitedClause, ExplainedStatement, Explanation } from '../consent.types.js';
import type { ConsentEvent } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { Facts } from '../../../ui/Facts.js';
import { Panel } from '../../../ui/Panel.js';
import { useRegistryNames } from '../../../ui/registry-names.js';
import { Time } from '../../../ui/Time.js';
import { RuleList } from './RuleList.js';
import type { WholeQuestion } from './why-question.js';
import css from './why.module.css';

/** The answer as a sentence, then every rule that led to it. */
export function WhyAnswer({ question, answer }: { question: WholeQuestion; answer: Explanation }) {
  const { t } = useTranslation();
  const { subjectId } = question;
  return (
    <div className={css['answer']}>
      <Sentence question={question} answer={answer} />
      <Panel title={t('decisions.why.first')}>
        <RuleList rules={answer.rules} />
        <Facts
          rows={[
            [t('decisions.why.answeredFor'), <Time key="at" at={answer.at} />],
            [
              t('decisions.why.subjectId'),
              <Link key="subject" to={`/subjects/${subjectId}`} className="code">
                {subjectId}
              </Link>,
            ],
          ]}
        />
      </Panel>
      <Panel title={t('decisions.why.statements')}>
        {answer.statements.length === 0 && <p className="secondary">{t('decisions.why.noStatements')}</p>}
        {answer.statements.map((statement, index) => (
          <Statement
            key={index}
            statement={statement}
            subjectId={subjectId}
            clause={answer.clauses.find(
              ({ policy, clauseId }) => policy === statement.policy && clauseId === statement.clauseId,
            )}
            consent={answer.consents.find(({ id }) => id === statement.consentEventId)}
          />
        ))}
      </Panel>
    </div>
  );
}

function Sentence({
  question: { action, purpose, category },
  answer: { decision, clauses },
}: {
  question: WholeQuestion;
  answer: Explanation;
}) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const names = { purpose: nameOf('purposes', purpose), category: nameOf('categories', category) };
  const said = decision.allowed
    ? t(`decisions.why.allowed.${decision.storage === 'onDevice' ? 'onDevice' : action}`, names)
    : t('decisions.why.refused', {
        reason: t(`decisions.why.reasons.${decision.code ?? 'clause.none'}`, {
          ...names,
          defaultValue: decision.code ?? '',
        }),
      });
  const instead = decision.fallback
    ? t('decisions.why.instead', { fallback: t(`decisions.why.fallbacks.${decision.fallback}`) })
    : '';
  const clause = clauses.find(({ policy, clauseId }) => policy === decision.policy && clauseId === decision.clauseId);
  return (
    <Alert
      type={decision.allowed ? 'success' : 'error'}
      showIcon
      role="status"
      title={<strong>{said}</strong>}
      description={
        (instead || clause) && (
          <>
            {instead} {clause && <ClauseLink clause={clause} />}
          </>
        )
      }
    />
  );
}

interface StatementProps {
  readonly statement: ExplainedStatement;
  readonly subjectId: string;
  readonly clause: CitedClause | undefined;
  readonly consent: ConsentEvent | undefined;
}

function Statement({ statement, subjectId, clause, consent }: StatementProps) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  const { policy, revision, clauseId, basis, service, recipient, rules } = statement;
  return (
    <section className={css['statement']}>
      <h3>
        {clause ? (
          <ClauseLink clause={clause} />
        ) : (
          <span className="code">
            {t('decisions.why.revision', { policy, revision })} {clauseId}
          </span>
        )}
      </h3>
      <p className="secondary">
        {t('decisions.why.basis', { basis: t(`decisions.why.bases.${basis}`) })} ·{' '}
        {service === null ? t('decisions.why.anyService') : nameOf('services', service)}
        {recipient && ` · ${nameOf('recipients', recipient.replace(/^recipient:/, ''))}`}
      </p>
      <RuleList rules={rules} />
      {consent && (
        <p>
          {t('decisions.why.carriedBy')} <Time at={consent.occurredAt} /> ·{' '}
          <Link to={`/subjects/${subjectId}/consents#consent-${consent.id}`}>{t('decisions.why.seeConsent')}</Link>
        </p>
      )}
      {rules.some(({ code }) => code?.startsWith('consent.')) && (
        <p>
          <Link to={`/subjects/${subjectId}/consents`}>{t('decisions.why.seeConsents')}</Link>
        </p>
      )}
    </section>
  );
}

function ClauseLink({ clause: { policy, revision, revisionId, clauseId, heading } }: { clause: CitedClause }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <Link to={`/revisions/${revisionId}?clause=${encodeURIComponent(clauseId)}`}>
      {localized(heading)} · {t('decisions.why.revision', { policy, revision })}
    </Link>
  );
}
