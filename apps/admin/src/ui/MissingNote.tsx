import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What could not be read, in words. */
  readonly names: readonly string[];
  readonly retry: () => void;
}

/** Which parts of a page could not be read; nothing while all are there. */
export function MissingNote({ names, retry }: Props) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      title={t('ui.partsMissing', { names: names.join(t('ui.listSeparator')) })}
      action={
        <Button size="small" onClick={retry}>
          {t('ui.retry')}
        </Button>
      }
      style={{ marginBlockEnd: 12 }}
    />
  );
}
