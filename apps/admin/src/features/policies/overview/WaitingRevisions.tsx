import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useLocalized } from '../../../i18n/language.js';
import { LinkButton } from '../../../ui/LinkButton.js';
import css from '../../../ui/Rows.module.css';
import { StateTag } from '../../../ui/StateTag.js';
import { Time } from '../../../ui/Time.js';
import type { OpenRevision } from '../policies.types.js';

/** Revisions that wait for an act, each with the act where it is this operator's to do. */
export function WaitingRevisions({ rows }: { rows: readonly OpenRevision[] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  return (
    <ul className={css['rows']}>
      {rows.map(({ id, title, number, state, updatedAt, nextAct }) => (
        <li key={id}>
          <div className={css['what']}>
            <div>
              <Link to={`/revisions/${id}`}>{t('policies.titleAndNumber', { title: localized(title), number })}</Link>{' '}
              <StateTag state={state} />
            </div>
            <div className="secondary">
              {t('policies.changedAt')} <Time at={updatedAt} />
            </div>
          </div>
          {nextAct && (
            <LinkButton
              size="small"
              type={nextAct === 'approval' ? 'primary' : 'default'}
              to={nextAct === 'submission' ? `/revisions/${id}` : `/revisions/${id}/${nextAct}`}
            >
              {t(`policies.nextActs.${nextAct}`)}
            </LinkButton>
          )}
        </li>
      ))}
    </ul>
  );
}
