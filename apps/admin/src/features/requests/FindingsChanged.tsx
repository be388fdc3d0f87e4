import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { groundsOf, partKey, type Difference } from './decision-values.js';
import { useCategoryName, useHolderName } from './holder-names.js';
import type { Finding, SubjectRequest } from './requests.queries.js';

interface Props {
  readonly changes: readonly Difference[];
  readonly names: SubjectRequest['names'];
  readonly seen: () => void;
}

/** What is held has changed since the page was opened: of which kind and at which holder, from what to what. */
export function FindingsChanged({ changes, names, seen }: Props) {
  const { t } = useTranslation();
  const categoryName = useCategoryName(names);
  const holderName = useHolderName(names);
  const stateOf = useStateWords();
  if (changes.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      closable={{ onClose: seen }}
      title={t('requests.changed.title')}
      description={
        <ul>
          {changes.map(({ from, to }) => {
            const about = to ?? from;
            if (!about) return null;
            return (
              <li key={partKey(about)}>
                {t('requests.changed.line', {
                  category: categoryName(about.category),
                  holder: holderName(about.holder),
                  from: stateOf(from),
                  to: stateOf(to),
                })}
                {from &&
                  to &&
                  groundsOf(from.exemptions).join() !== groundsOf(to.exemptions).join() &&
                  t('requests.changed.grounds')}
              </li>
            );
          })}
        </ul>
      }
    />
  );
}

function useStateWords(): (finding: Finding | null) => string {
  const { t } = useTranslation();
  return (finding) => {
    if (!finding) return t('requests.changed.none');
    return finding.outcome === 'done'
      ? t('requests.changed.records', { count: finding.count })
      : t(`requests.holderOutcomes.${finding.outcome}`);
  };
}
