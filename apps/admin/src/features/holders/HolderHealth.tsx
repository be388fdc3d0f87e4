import { Tag, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/Time.js';
import type { OutsideHolder } from './holders.queries.js';

const tones = { unknown: 'default', answering: 'success', failing: 'error' } as const;

/** Whether it answers, and why it does not; of what people answer for, that they do. */
export function HolderHealth({ holder: { kind, health, lastFailure, failingSince } }: { holder: OutsideHolder }) {
  const { t } = useTranslation();
  if (kind === 'person') return <Tag>{t('holders.byHand')}</Tag>;
  const word = t(`holders.healths.${health}`);
  if (!lastFailure) return <Tag color={tones[health]}>{word}</Tag>;
  return (
    <>
      <Tooltip title={<Time at={failingSince} />}>
        <Tag color={tones[health]} tabIndex={0}>
          {word}
        </Tag>
      </Tooltip>{' '}
      <span className="secondary">{t(`holders.failures.${lastFailure}`)}</span>
    </>
  );
}
