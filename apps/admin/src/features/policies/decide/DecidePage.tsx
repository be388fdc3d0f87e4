import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { Revision } from '../../../api/types.js';
import type { RevisionAct } from '../policies.types.js';
import { useLocalized } from '../../../i18n/language.js';
import { Loaded } from '../../../ui/Loaded.js';
import { Page } from '../../../ui/Page.js';
import { StateTag } from '../../../ui/StateTag.js';
import { revisionQuery } from '../policies.queries.js';

interface Props {
  readonly act: Exclude<RevisionAct, 'edit' | 'rejection' | 'activation'>;
  readonly children: (revision: Revision) => ReactNode;
}

/** A decision about a revision: what is asked, then what the decision needs; or why it is not this operator's to make. */
export function DecidePage({ act, children }: Props) {
  const { id = '' } = useParams();
  const revision = useQuery(revisionQuery(id));
  return <Loaded query={revision}>{(found) => <Decision act={act} revision={found} form={children} />}</Loaded>;
}

function Decision({ act, revision, form }: { act: Props['act']; revision: Revision; form: Props['children'] }) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const name = t('policies.titleAndNumber', { title: localized(revision.policy.title), number: revision.number });
  const standing = revision.allowedActs.find((one) => one.act === act);
  return (
    <Page
      title={t(`policies.decide.${act}.title`, { name })}
      trail={
        <>
          <Link to={`/policies/${revision.policy.slug}`}>{localized(revision.policy.title)}</Link> /{' '}
          <Link to={`/revisions/${revision.id}`}>{t('policies.number', { number: revision.number })}</Link>
        </>
      }
      tags={<StateTag state={revision.state} />}
      purpose={t(`policies.decide.${act}.asked`)}
    >
      {standing?.allowed ? form(revision) : <NotAllowed code={standing?.code} />}
    </Page>
  );
}

function NotAllowed({ code }: { code: string | undefined }) {
  const { t } = useTranslation();
  const reason = t(`problems.${code ?? 'policy.wrong_state'}`, { defaultValue: '' }) || t('policies.decide.notNow');
  return <Alert type="warning" showIcon title={reason} />;
}
