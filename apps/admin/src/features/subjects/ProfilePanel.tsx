import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RevealableField } from './subjects.types.js';
import type { Subject } from '../../api/types.js';
import { usePermission } from '../../session/permissions.js';
import { Facts } from '../../ui/Facts.js';
import { Panel } from '../../ui/Panel.js';
import { Time } from '../../ui/Time.js';
import { RevealDialog } from './RevealDialog.js';
import { useShortly } from './use-shortly.js';

const revealable: readonly RevealableField[] = [
  'name',
  'phone',
  'email',
  'idNumber',
  'birthDate',
  'contactMethod',
  'guardian',
  'federatedAccount',
  'biometricReference',
  'language',
];

const sensitive: readonly RevealableField[] = ['idNumber', 'biometricReference', 'guardian'];

/** Identifiers and profile, masked; what is revealed for a reason is masked again after thirty seconds. */
export function ProfilePanel({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const mayReveal = usePermission('subject.reveal');
  const mayRevealSensitive = usePermission('subject.revealSensitive');
  const [asking, setAsking] = useState(false);
  const { values, secondsLeft, show, hide } = useShortly();
  const held = new Set<string>([...subject.identifiers.map(({ type }) => type), ...Object.keys(subject.profile)]);
  const fields = revealable.filter((field) => held.has(field) && (mayRevealSensitive || !sensitive.includes(field)));
  const valueOf = (field: string, masked: string) => <span translate="no">{values?.[field] ?? masked}</span>;

  return (
    <Panel
      title={t('subjects.profile')}
      extra={
        values ? (
          <Button size="small" onClick={hide}>
            {t('subjects.maskAgain', { count: secondsLeft })}
          </Button>
        ) : (
          mayReveal &&
          fields.length > 0 && (
            <Button size="small" onClick={() => setAsking(true)}>
              {t('subjects.reveal')}
            </Button>
          )
        )
      }
    >
      <Facts
        rows={[
          ...subject.identifiers.map(
            ({ type, masked, confirmedAt }) =>
              [
                t(`subjects.fields.${type}`, { defaultValue: type }),
                <span key={type}>
                  {valueOf(type, masked)}{' '}
                  {confirmedAt ? (
                    <span className="secondary">
                      {t('subjects.confirmed')} <Time at={confirmedAt} />
                    </span>
                  ) : (
                    <Tag color="warning">{t('subjects.unconfirmed')}</Tag>
                  )}
                </span>,
              ] as const,
          ),
          ...Object.entries(subject.profile).map(
            ([field, masked]) =>
              [t(`subjects.fields.${field}`, { defaultValue: field }), valueOf(field, masked)] as const,
          ),
        ]}
      />
      {asking && (
        <RevealDialog
          subjectId={subject.id}
          fields={fields}
          close={() => setAsking(false)}
          revealed={(answer) => {
            setAsking(false);
            show(answer);
          }}
        />
      )}
    </Panel>
  );
}
