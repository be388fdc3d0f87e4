import { labelOf, type Term } from '@abide/rulebook';
import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.js';
import { fieldName, fieldValue, termFields } from '../editor/term-fields.js';
import type { Registries } from '../registry.queries.js';
import type { Proposal } from './imports.queries.js';
import { ChangeForm } from './ChangeForm.js';
import { missingFields, sentenceSoFar, valueNames } from './term-words.js';
import css from './bring-in.module.css';

interface Props {
  readonly proposal: Proposal;
  readonly registries: Registries;
  readonly isOpen: boolean;
  readonly open: (isOpen: boolean) => void;
  /** As proposed where no term is given. */
  readonly accept: (term?: Term) => void;
  readonly decline: () => void;
  readonly undo: () => void;
}

/** The term that a sentence seems to promise: what it would say, what the text leaves open, and what to make of it. */
export function ProposalCard({ proposal, registries, isOpen, open, accept, decline, undo }: Props) {
  const { t } = useTranslation();
  const language = currentLanguage();
  const [term, setTerm] = useState((proposal.acceptedTerm ?? proposal.term) as Term);
  const missing = missingFields(term);
  const isDecided = proposal.decision !== 'undecided';
  return (
    <section className={css['card']} aria-label={t('bringIn.terms.proposal')} data-decision={proposal.decision}>
      <div className={css['cardHead']}>
        <Tag>{labelOf('termType', term.type, language)}</Tag>
        {proposal.isAdded && <Tag>{t('bringIn.terms.added')}</Tag>}
        {isDecided && (
          <Tag color={proposal.decision === 'accepted' ? 'success' : 'default'}>
            {t(`bringIn.decisions.${proposal.decision}`)}
          </Tag>
        )}
      </div>
      <p className={css['sentenceOfTerm']}>
        {sentenceSoFar(term, registries, language) ?? t('policies.editor.incompleteTerm')}
      </p>
      {isOpen ? (
        <ChangeForm
          term={term}
          registries={registries}
          setTerm={setTerm}
          accept={() => accept(term)}
          close={() => open(false)}
        />
      ) : (
        <>
          <TermFacts term={term} registries={registries} />
          {missing.length > 0 && (
            <p className={css['missing']}>
              {t(proposal.isAdded ? 'bringIn.terms.unchosen' : 'bringIn.terms.unsaid', {
                names: missing.map((field) => t(`policies.fields.${fieldName(field)}`)).join(t('ui.listSeparator')),
              })}
            </p>
          )}
          <div className={css['acts']}>
            {proposal.decision !== 'accepted' && (
              <Button type="primary" onClick={() => (missing.length > 0 ? open(true) : accept())}>
                {t(missing.length > 0 ? 'bringIn.terms.chooseAndAccept' : 'bringIn.terms.accept')}
              </Button>
            )}
            <Button onClick={() => open(true)}>{t('bringIn.terms.change')}</Button>
            {proposal.decision !== 'declined' && <Button onClick={decline}>{t('bringIn.terms.decline')}</Button>}
            {isDecided && (
              <Button type="link" onClick={undo}>
                {t('bringIn.terms.takeBack')}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function TermFacts({ term, registries }: { term: Term; registries: Registries }) {
  const { t } = useTranslation();
  const facts = termFields[term.type].flatMap((field) => {
    const value = fieldValue(term, field.path);
    const names = value === undefined ? [] : valueNames(field, value, registries, currentLanguage());
    return names.length > 0 ? [{ field, names }] : [];
  });
  return (
    <dl className={css['facts']}>
      {facts.map(({ field, names }) => (
        <div key={field.path.join('.')}>
          <dt>{t(`policies.fields.${fieldName(field)}`)}</dt>
          <dd>
            {names.map((name) => (
              <Tag key={name}>{name}</Tag>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
