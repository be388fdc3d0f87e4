import { useTranslation } from 'react-i18next';
import { usePermission } from '../../session/permissions.js';
import type { SubjectRequest } from './requests.queries.js';

/** The files that a request rests on, to be downloaded by who answers it. */
export function Attachments({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const mayRead = usePermission('request.answer');
  return (
    <>
      <ul>
        {request.attachments.map(({ id, name }) => (
          <li key={id}>
            {mayRead ? (
              <a href={`/api/v1/operator/requests/${request.id}/attachments/${id}`} download>
                {name}
              </a>
            ) : (
              name
            )}
          </li>
        ))}
      </ul>
      {mayRead && t('requests.attachmentNote')}
    </>
  );
}
