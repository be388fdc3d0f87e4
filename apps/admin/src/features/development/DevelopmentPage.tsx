import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client.js';
import type { DevelopmentMessage } from './development.types.js';
import { EmptyState } from '../../ui/EmptyState.js';
import { Loaded } from '../../ui/Loaded.js';
import { Page } from '../../ui/Page.js';
import { Panel, TwoColumns } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { ClockPanel } from './ClockPanel.js';
import css from './development.module.css';

/** The mailbox and the clock that exist outside production only. */
export function DevelopmentPage() {
  const { t } = useTranslation();
  const messages = useQuery({
    queryKey: ['development', 'messages'],
    queryFn: async ({ signal }) => (await answerOf(api.GET('/api/v1/dev/messages', { signal }))).items,
  });
  return (
    <Page title={t('frame.entries.development')} purpose={t('development.purpose')}>
      <TwoColumns
        left={
          <Panel
            title={t('development.mailbox')}
            note={t('development.mailboxHint')}
            extra={
              <Button size="small" onClick={() => void messages.refetch()}>
                {t('development.refresh')}
              </Button>
            }
          >
            <Loaded query={messages}>{(items) => <Messages items={items} />}</Loaded>
          </Panel>
        }
        right={<ClockPanel />}
      />
    </Page>
  );
}

function Messages({ items }: { items: readonly DevelopmentMessage[] }) {
  const { t } = useTranslation();
  if (items.length === 0) return <EmptyState text={t('development.noMessages')} />;
  return (
    <ul className={css['messages']}>
      {items.map((message, index) => (
        <li key={`${message.sentAt} ${index}`}>
          <div className={css['envelope']}>
            <strong>{message.to}</strong>
            <span className="secondary">
              {t(`policies.channels.${message.channel}`, { defaultValue: message.channel })} ·{' '}
              <Time at={message.sentAt} />
            </span>
          </div>
          {message.subject && <div>{message.subject}</div>}
          <pre className={css['text']}>{message.text}</pre>
        </li>
      ))}
    </ul>
  );
}
