import { UserOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useOperator, useSignOut } from '../session/session.queries.js';
import { useProblem } from '../ui/use-problem.js';

export function AccountMenu() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const operator = useOperator();
  const signOut = useSignOut();
  const showProblem = useProblem();
  const roles = operator.roles.map((role) => t(`roles.${role}`, { defaultValue: role })).join(t('ui.listSeparator'));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'who', type: 'group', label: `${operator.email} · ${roles}` },
          { key: 'sessions', label: t('frame.account.sessions'), onClick: () => void navigate('/account/sessions') },
          { key: 'security', label: t('frame.account.security'), onClick: () => void navigate('/account/security') },
          { type: 'divider' },
          {
            key: 'out',
            label: t('frame.account.signOut'),
            onClick: () => signOut.mutate(undefined, { onError: (error) => showProblem(error) }),
          },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined />} aria-label={t('frame.account.label', { name: operator.name })}>
        {operator.name}
      </Button>
    </Dropdown>
  );
}
