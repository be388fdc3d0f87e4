import { useTranslation } from 'react-i18next';
import type { Revision } from '../../api/types.js';
import { useLocalized } from '../../i18n/language.js';
import { Facts } from '../../ui/Facts.js';
import { Panel } from '../../ui/Panel.js';

/** What whoever submitted the text last answered to its warnings. */
export function AnsweredWarnings({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const answers = revision.history.findLast(({ act }) => act === 'submission')?.answers ?? [];
  if (answers.length === 0) return null;
  return (
    <Panel title={t('policies.decide.answers')}>
      <Facts rows={answers.map(({ summary, answer }) => [localized(summary), answer])} />
    </Panel>
  );
}
