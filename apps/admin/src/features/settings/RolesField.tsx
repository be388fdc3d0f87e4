import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { atLeastOne } from '../../ui/rules.js';
import { rolesQuery } from './settings.queries.js';

/** The roles an operator holds, one box each. */
export function RolesField() {
  const { t } = useTranslation();
  const roles = useQuery(rolesQuery).data ?? [];
  return (
    <Form.Item name="roles" label={t('frame.entries.roles')} rules={[atLeastOne(t('settings.operators.rolesMissing'))]}>
      <Checkbox.Group
        options={roles.map(({ role }) => ({ value: role, label: t(`roles.${role}`, { defaultValue: role }) }))}
      />
    </Form.Item>
  );
}
