import { BulbOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { appearanceChoices, chooseAppearance, useAppearanceChoice } from '../theme/appearance.js';

export function AppearanceMenu() {
  const { t } = useTranslation();
  const choice = useAppearanceChoice();
  const items = appearanceChoices.map((key) => ({
    key,
    label: t(`frame.appearance.${key}`),
    onClick: () => chooseAppearance(key),
  }));
  return (
    <Dropdown trigger={['click']} menu={{ items, selectedKeys: [choice] }}>
      <Button
        type="text"
        icon={<BulbOutlined />}
        aria-label={t('frame.appearance.label')}
        title={t('frame.appearance.label')}
      />
    </Dropdown>
  );
}
