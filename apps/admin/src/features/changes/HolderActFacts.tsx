import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PendingChange } from '../../api/types.js';
import { Facts } from '../../ui/Facts.js';
import { Num } from '../../ui/Num.js';

interface ProposedAct {
  readonly reason: string;
  /** As it stands now, of a removal: requests that still count on the holder. */
  readonly expecting?: { readonly decided: number; readonly undecided: number } | null;
}

/** Why a holder is to be removed or its secret replaced, and what counts on it at this moment. */
export function HolderActFacts({ change: { object, proposed } }: { change: PendingChange }) {
  const { t } = useTranslation();
  const { reason, expecting } = proposed as unknown as ProposedAct;
  return (
    <Facts
      rows={[
        [
          t('changes.holder.which'),
          <Link key="holder" to={`/holders/${object.id}`}>
            {t('changes.holder.show')}
          </Link>,
        ],
        [t('changes.holder.why'), reason],
        [t('changes.holder.decided'), expecting && <Num key="decided" value={expecting.decided} />],
        [t('changes.holder.undecided'), expecting && <Num key="undecided" value={expecting.undecided} />],
      ]}
    />
  );
}
