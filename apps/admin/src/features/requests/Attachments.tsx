import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import { saveAsFile } from '../../ui/csv.js';
import { useProblem } from '../../ui/use-problem.js';
import css from './requests.module.css';
import { useReadAttachment, type SubjectRequest } from './requests.queries.js';

/** The files that a request rests on, to be downloaded by who answers it. */
export function Attachments({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const mayRead = usePermission('request.answer');
  return (
    <>
      <ul className={css['files']}>
        {request.attachments.map((file) => (
          <li key={file.id}>{mayRead ? <FileButton requestId={request.id} file={file} /> : file.name}</li>
        ))}
      </ul>
      {mayRead && <span className="secondary">{t('requests.attachmentNote')}</span>}
    </>
  );
}

function FileButton({ requestId, file }: { requestId: string; file: SubjectRequest['attachments'][number] }) {
  const read = useReadAttachment(requestId);
  const fail = useProblem();
  const save = async (): Promise<void> => saveAsFile(file.name, await read.mutateAsync(file.id), file.type);
  return (
    <Button type="link" size="small" loading={read.isPending} onClick={() => void save().catch(fail)}>
      {file.name}
    </Button>
  );
}
