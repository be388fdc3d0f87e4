import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRegistryNames } from '../../ui/registry-names.js';
import css from './collection.module.css';

/** A category by name and code, with a mark where it is sensitive; the empty one is what nobody registered. */
export function CategoryName({ category, sensitive }: { category: string; sensitive: boolean }) {
  const { t } = useTranslation();
  const { nameOf } = useRegistryNames();
  if (category === '') return <>{t('collection.unregistered')}</>;
  const name = nameOf('categories', category);
  return (
    <div className={css['category']}>
      {name} {sensitive && <Tag color="warning">{t('collection.sensitive')}</Tag>}
      {name !== category && <div className="code secondary">{category}</div>}
    </div>
  );
}
