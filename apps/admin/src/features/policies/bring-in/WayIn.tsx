import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Spin, Upload } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '../../../ui/ProblemAlert.js';
import { documentTypes, isPolicyFile, policyFileTypes } from './document-types.js';
import { beginImport, showImport } from './imports.queries.js';
import css from './bring-in.module.css';

interface Props {
  /** Takes a file in the policy-as-code format, which is not sent. */
  readonly readPolicyFile: (file: File) => void;
}

/** The one way in for a file: a document is sent and read, a policy file is checked here. */
export function WayIn({ readPolicyFile }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const begin = useMutation({
    mutationFn: beginImport,
    onSuccess: (imported) => {
      showImport(client, imported);
      void navigate(`/policies/import/${imported.id}`);
    },
  });
  const take = (file: File): false => {
    begin.reset();
    if (isPolicyFile(file.name)) readPolicyFile(file);
    else begin.mutate(file);
    return false;
  };
  return (
    <>
      {/* Files of every kind: why one cannot be read is said in words rather than by not letting it be chosen. */}
      <Upload.Dragger
        maxCount={1}
        showUploadList={false}
        beforeUpload={take}
        disabled={begin.isPending}
        aria-label={t('bringIn.drop')}
      >
        {begin.isPending ? <Spin /> : <InboxOutlined className={css['icon']} />}
        <p role="status">
          {begin.isPending ? t('bringIn.reading', { name: begin.variables.name }) : t('bringIn.drop')}
        </p>
        <p className="secondary">
          {t('bringIn.types', { documents: documentTypes.join(' '), policies: policyFileTypes.join(' ') })}
        </p>
      </Upload.Dragger>
      <ProblemAlert error={begin.error} />
    </>
  );
}
