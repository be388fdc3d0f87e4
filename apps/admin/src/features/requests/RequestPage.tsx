import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Facts } from '../../ui/Facts.js';
import { Loaded } from '../../ui/Loaded.js';
import { MinorLookGate } from '../../ui/MinorLookGate.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { Time } from '../../ui/Time.js';
import { askerWords, isAccountGone } from './asker-words.js';
import { ChangedMeanwhile } from './ChangedMeanwhile.js';
import { ClockPanel } from './ClockPanel.js';
import { DeadlineTag } from './DeadlineTag.js';
import { DecidedPanel, DecisionPanel, isUndecided } from './DecisionPanel.js';
import { useCategoryName } from './holder-names.js';
import { HoldersPanel } from './HoldersPanel.js';
import { ClosedPanel, WaitingPanel } from './HowItStands.js';
import { RequestActs } from './RequestActs.js';
import { AppealTag, RequestStateTag } from './RequestTags.js';
import { RequestTimeline } from './RequestTimeline.js';
import { Attachments } from './Attachments.js';
import { requesterFacts } from './requester-facts.js';
import { keyed, useRequestKeys } from './request-keys.js';
import { WhoDecides } from './WhoDecides.js';
import { WrittenWords } from './written-words.js';
import { requestQuery, type SubjectRequest } from './requests.queries.js';
import css from './requests.module.css';

const progressEvery = 3000;

/** One request: what is asked, what is held, what follows from each decision, and how far it is. */
export function RequestPage() {
  const { id = '' } = useParams();
  const isCarriedOut = (request: SubjectRequest | undefined) => request?.state === 'fulfilling';
  const query = useQuery({
    ...requestQuery(id),
    refetchInterval: ({ state }) => isCarriedOut(state.data) && progressEvery,
  });
  return <Loaded query={query}>{(request) => <Request request={request} />}</Loaded>;
}

function Request({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const [written, setWritten] = useState('');
  useRequestKeys();
  return (
    <Page
      title={`${t(`requests.types.${request.type}`)} ${request.number}`}
      trail={<Link to="/requests">{t('frame.entries.requests')}</Link>}
      tags={
        <>
          {request.isEnterprise && <Tag>{t('requests.asker.enterprise')}</Tag>}
          {request.isAppeal && <AppealTag />}
          <RequestStateTag state={request.state} isJoined={request.joinedTo !== null} />{' '}
          {request.dueAt && <DeadlineTag request={request} />}
        </>
      }
      purpose={
        request.requester?.hasAccount === false ? (
          t(`requests.requester.${request.requester.isAccountEnded ? 'accountEnded' : 'noAccount'}`)
        ) : isAccountGone(request) ? (
          t('requests.who.accountClosed')
        ) : (
          <Link to={`/subjects/${request.subjectId}`}>{request.personName || t('requests.toSubject')}</Link>
        )
      }
      actions={<RequestActs request={request} />}
    >
      <TwoColumns
        left={
          <>
            {request.isWithheld && (
              <Panel
                title={t('requests.withheld')}
                note={t(request.state === 'awaitingSecond' ? 'requests.withheldSecond' : 'requests.withheldNote')}
              >
                <MinorLookGate subjectId={request.subjectId} />
              </Panel>
            )}
            <Asked request={request} />
            <ChangedMeanwhile key={request.id} request={request} written={written} />
            <WaitingPanel request={request} />
            <ClosedPanel request={request} />
            {!isUndecided(request) && <DecidedPanel request={request} />}
            <HoldersPanel request={request} />
          </>
        }
        right={
          <>
            <ClockPanel request={request} />
            <RequestTimeline request={request} />
          </>
        }
      />
      <div {...keyed('d')} className={css['deciding']}>
        <WhoDecides request={request} />
        <WrittenWords value={setWritten}>
          <DecisionPanel request={request} />
        </WrittenWords>
      </div>
    </Page>
  );
}

/** In the person's words, with what they would have changed. */
function Asked({ request }: { request: SubjectRequest }) {
  const { t } = useTranslation();
  const nameOf = useCategoryName(request.names);
  const registered = useRegistryNames();
  const about = ({ categories, isAboutHeldData }: SubjectRequest) =>
    categories.map((code) => nameOf(code)).join(t('ui.listSeparator')) || (isAboutHeldData && t('requests.everything'));
  return (
    <Panel title={t('requests.asked')}>
      <Facts
        rows={[
          [
            t(request.isEnterprise ? 'requests.asker.title' : 'requests.asker.guardianTitle'),
            request.askerId ? (
              <Link key="asker" to={`/subjects/${request.askerId}`}>
                {askerWords(request, t)}
              </Link>
            ) : (
              askerWords(request, t)
            ),
          ],
          [
            t('requests.joined.title'),
            request.joinedTo && (
              <Link key="joined" to={`/requests/${request.joinedTo.id}`}>
                {request.joinedTo.number}
              </Link>
            ),
          ],
          ...requesterFacts(request, t),
          [t('requests.record.evidence'), request.evidence],
          [t('requests.secondProof.title'), request.lacksSecondProof && t('requests.secondProof.missing')],
          [
            t('requests.relative.asAsked'),
            request.linkedFrom && (
              <Link key="linked" to={`/requests/${request.linkedFrom}`}>
                {t('requests.relative.openAsked')}
              </Link>
            ),
          ],
          [t('requests.attachments'), request.attachments.length > 0 && <Attachments key="files" request={request} />],
          [t('requests.words'), request.text],
          [t('requests.about'), about(request)],
          ...request.corrections.map(
            ({ category, held, value }) =>
              [
                t('requests.correctTo', { category: nameOf(category) }),
                held ? t('requests.fromTo', { held, value }) : value,
              ] as const,
          ),
          [t('requests.objectsTo'), request.purpose && nameOf(request.purpose)],
          [t('requests.transferTo'), request.target],
          [t('requests.ofService'), request.service && registered.nameOf('services', request.service)],
          [t('requests.channel'), t(`requests.channels.${request.channel}`)],
          [t('requests.openedAt'), <Time key="opened" at={request.openedAt} />],
          [t('requests.verifiedAt'), request.verifiedAt && <Time key="verified" at={request.verifiedAt} />],
          [t('requests.assignee'), request.assignee ?? t('requests.assignees.nobody')],
          [t('requests.answer'), request.answer],
        ]}
      />
    </Panel>
  );
}
