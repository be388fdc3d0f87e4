import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Role } from './settings.types.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel } from '../../ui/Panel.js';
import { rolesQuery } from './settings.queries.js';
import css from './settings.module.css';

/** Which role may do what. */
export function RolesPage() {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery);
  return (
    <Page title={t('frame.entries.roles')} purpose={t('settings.roles.purpose')}>
      <Panel>
        <Loaded query={roles}>{(items) => <RoleMatrix roles={items} />}</Loaded>
      </Panel>
    </Page>
  );
}

function RoleMatrix({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation();
  const permissions = [...new Set(roles.flatMap((role) => role.permissions))].toSorted();
  return (
    // A wide table may scroll sideways, and must then be reachable by keyboard.
    <div className={css['scroll']} role="region" aria-label={t('frame.entries.roles')} tabIndex={0}>
      <table className={css['matrix']}>
        <thead>
          <tr>
            <th scope="col">{t('settings.roles.permission')}</th>
            {roles.map(({ role }) => (
              <th key={role} scope="col">
                {t(`roles.${role}`, { defaultValue: role })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {permissions.map((permission) => (
            <tr key={permission}>
              <th scope="row">
                {t(`settings.permissions.${permission}`, { defaultValue: permission })}{' '}
                <span className="code secondary">{permission}</span>
              </th>
              {roles.map(({ role, permissions: held }) => (
                <td key={role}>
                  {held.includes(permission) ? (
                    <span role="img" aria-label={t('settings.yes')}>
                      ✓
                    </span>
                  ) : (
                    <span className="visually-hidden">{t('settings.no')}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
