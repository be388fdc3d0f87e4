import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { Revision } from '../../../api/types.js';
import { Loaded } from '../../../ui/Loaded.js';
import { comparisonQuery, revisionQuery, revisionsQuery } from '../policies.queries.js';
import { RevisionActs } from '../decide/RevisionActs.js';
import { RevisionHead } from '../RevisionHead.js';
import { ComparisonView } from './ComparisonView.js';

/** The revision against the one in force, or against any other of its policy, chosen in the address. */
export function ComparisonPage() {
  const { id = '' } = useParams();
  const revision = useQuery(revisionQuery(id));
  return <Loaded query={revision}>{(found) => <Compared revision={found} />}</Loaded>;
}

function Compared({ revision }: { revision: Revision }) {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const against = search.get('with') ?? 'inForce';
  const comparison = useQuery(comparisonQuery(revision.id, against));
  const others = (useQuery(revisionsQuery(revision.policy.slug)).data ?? []).filter(({ id }) => id !== revision.id);
  const options = [
    { value: 'inForce', label: t('policies.compare.inForce') },
    ...others.map(({ id, number, state }) => ({
      value: id,
      label: `${t('policies.number', { number })} · ${t(`states.${state}`)}`,
    })),
  ];
  return (
    <RevisionHead revision={revision} actions={<RevisionActs revision={revision} />}>
      <label>
        <span className="secondary">{t('policies.compare.with')} </span>
        <Select
          value={against}
          options={options}
          popupMatchSelectWidth={false}
          style={{ minWidth: 200 }}
          onChange={(chosen) => setSearch({ with: chosen }, { replace: true })}
        />
      </label>
      <Loaded query={comparison}>{(found) => <ComparisonView comparison={found} />}</Loaded>
    </RevisionHead>
  );
}
