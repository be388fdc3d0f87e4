import { Alert, Checkbox, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '../policies.types.js';
import type { Locale } from '../../../api/types.js';
import { currentLanguage, languages, useLocalized } from '../../../i18n/language.js';
import { EmptyState } from '../../../ui/EmptyState.js';
import { Panel } from '../../../ui/Panel.js';
import { StateTag } from '../../../ui/StateTag.js';
import { ComparedClauses } from './ComparedClauses.js';
import { DifferenceTable } from './DifferenceTable.js';

/** Two texts: the terms that differ as a table on top, then the clauses beside each other, word by word. */
export function ComparisonView({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation();
  const [locale, setLocale] = useState<Locale>(currentLanguage());
  const [all, setAll] = useState(false);
  const localized = useLocalized();
  const { from, to, differences, clauses, materiality, warnings } = comparison;
  const shown = all ? clauses : clauses.filter(({ state }) => state !== 'same');
  const before = from ? t('policies.number', { number: from.number }) : t('policies.compare.nothingBefore');
  const after = t('policies.number', { number: to.number });
  return (
    <>
      <Panel title={t('policies.compare.terms')} extra={<StateTag state={materiality} />}>
        {!from && <Alert type="info" showIcon title={t('policies.compare.first')} />}
        {from && differences.length === 0 && <Alert type="info" showIcon title={t('policies.compare.wordingOnly')} />}
        {differences.length > 0 && <DifferenceTable differences={differences} clauses={clauses} />}
        {warnings.map(({ id, clauseId, summary }) => (
          <Alert key={id} type="warning" showIcon title={<a href={`#clause-${clauseId}`}>{localized(summary)}</a>} />
        ))}
      </Panel>
      <Panel
        title={t('policies.compare.text')}
        extra={
          <span style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
            <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
              {t('policies.compare.showSame')}
            </Checkbox>
            <Segmented<Locale>
              size="small"
              value={locale}
              onChange={setLocale}
              options={languages.map((value) => ({ value, label: t(`policies.locales.${value}`) }))}
            />
          </span>
        }
      >
        {shown.length === 0 ? (
          <EmptyState text={t('policies.compare.sameText')} />
        ) : (
          <ComparedClauses clauses={shown} locale={locale} before={before} after={after} />
        )}
      </Panel>
    </>
  );
}
