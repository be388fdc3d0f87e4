import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { PolicyImport } from './imports.queries.js';
import css from './bring-in.module.css';

/** What was left out of the file or mended while it was read. */
export function Remarks({ remarks }: Pick<PolicyImport, 'remarks'>) {
  const { t } = useTranslation();
  if (remarks.length === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={t('bringIn.remarks.title')}
      description={
        <ul className={css['remarks']}>
          {remarks.map(({ code, count }) => (
            <li key={code}>{t(`bringIn.remarks.${code}`, { count })}</li>
          ))}
        </ul>
      }
    />
  );
}
