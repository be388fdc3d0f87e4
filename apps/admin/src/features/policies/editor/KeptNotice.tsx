import { Alert, Button, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Revision } from '../../../api/types.js';
import { Time } from '../../../ui/Time.js';
import type { DraftEditor } from './use-draft-editor.js';

/** Offers back what was typed and not saved, and says when the saved text has moved on since. */
export function KeptNotice({ editor, revision }: { editor: DraftEditor; revision: Revision }) {
  const { t } = useTranslation();
  const { offered } = editor;
  if (!offered) return null;
  const isStale = offered.basedOn !== revision.contentHash;
  return (
    <Alert
      type="info"
      showIcon
      title={
        <>
          {t('policies.editor.offered')} <Time at={offered.keptAt} />
        </>
      }
      description={isStale ? t('policies.editor.offeredStale') : t('policies.editor.offeredHint')}
      action={
        <Space>
          <Button size="small" onClick={editor.dropOffered}>
            {t('policies.editor.dropOffered')}
          </Button>
          <Button size="small" type="primary" onClick={editor.takeOffered}>
            {t('policies.editor.takeOffered')}
          </Button>
        </Space>
      }
    />
  );
}
