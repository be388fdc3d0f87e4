import { labelOf, type Term } from '@abide/rulebook';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../../i18n/language.js';
import type { Registries } from '../registry.queries.js';
import type { Proposal } from './imports.queries.js';
import { sentenceSoFar } from './term-words.js';
import css from './bring-in.module.css';

interface Props {
  readonly proposals: readonly Proposal[];
  readonly registries: Registries;
  readonly open: (proposal: Proposal) => void;
}

/** The terms of a clause that were accepted, to be looked at again. */
export function DecidedHere({ proposals, registries, open }: Props) {
  const { t } = useTranslation();
  const language = currentLanguage();
  if (proposals.length === 0) return null;
  return (
    <section aria-label={t('bringIn.terms.acceptedHere')}>
      <h2 className={css['acceptedHead']}>{t('bringIn.terms.acceptedHere')}</h2>
      <ul className={css['accepted']}>
        {proposals.map((proposal) => {
          const term = (proposal.acceptedTerm ?? proposal.term) as Term;
          return (
            <li key={proposal.id}>
              <button type="button" onClick={() => open(proposal)}>
                <Tag>{labelOf('termType', term.type, language)}</Tag>
                {sentenceSoFar(term, registries, language) ?? t('policies.editor.incompleteTerm')}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
