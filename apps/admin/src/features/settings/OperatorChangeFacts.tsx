import { useTranslation } from 'react-i18next';
import type { Operator } from '../../api/types.js';
import { Facts } from '../../ui/Facts.js';
import { DaysLeft, Time } from '../../ui/Time.js';
import type { OperatorChange } from './settings.queries.js';

/** What the change comes to: to confirm that somebody is shut out is a question of its own. */
export function changeNameOf({ kind, proposed }: OperatorChange): OperatorChange['kind'] | 'shutOut' {
  return kind === 'amendment' && proposed.active === false ? 'shutOut' : kind;
}

/** What the change asks for, in one line. */
export function useChangeTitle(change: OperatorChange): string {
  const { t } = useTranslation();
  const { operator, proposed } = change;
  return t(`settings.operators.changes.${changeNameOf(change)}`, { name: operator?.name ?? proposed.name ?? '' });
}

/** Who proposed the change, when, and how long it can still be decided on. */
export function ProposedBy({ change }: { change: OperatorChange }) {
  const { t } = useTranslation();
  return (
    <div className="secondary">
      {t('settings.operators.changes.proposedBy')} {change.proposedBy.name} · <Time at={change.proposedAt} /> ·{' '}
      <DaysLeft until={change.expiresAt} />
    </div>
  );
}

/** How the operator is now and would be: roles, whether they may sign in. */
export function OperatorChangeFacts({ change }: { change: OperatorChange }) {
  const { t } = useTranslation();
  const { operator, proposed } = change;
  const named = (roles: Operator['roles']) =>
    roles.map((role) => t(`roles.${role}`, { defaultValue: role })).join(t('ui.listSeparator')) ||
    t('settings.operators.changes.noRoles');
  return (
    <Facts
      rows={[
        [t('session.email'), operator?.email ?? proposed.email],
        [
          t('settings.operators.changes.rolesTo'),
          proposed.roles &&
            (operator
              ? t('settings.operators.changes.rolesFromTo', {
                  before: named(operator.roles),
                  after: named(proposed.roles),
                })
              : named(proposed.roles)),
        ],
        [
          t('settings.state'),
          proposed.active !== undefined &&
            t(`settings.operators.changes.${proposed.active ? 'maySignInAgain' : 'staysShutOut'}`),
        ],
      ]}
    />
  );
}
