import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ReasonField } from '../../../ui/ReasonField.js';
import type { ConsentStanding } from '../subjects.types.js';
import type { Subject } from '../../../api/types.js';
import { useLocalized } from '../../../i18n/language.js';
import { InstantField } from '../../../ui/InstantField.js';
import { useProblem } from '../../../ui/use-problem.js';
import { guardianshipsQuery } from '../guardians/guardians.queries.js';
import { wishOf, type WishForm } from './consent-wish.js';
import { useRecordConsent } from './subject-consents.queries.js';
import { useChoiceName } from './use-choice-name.js';

const channels = ['telephone', 'letter', 'email', 'inPerson'] as const;

interface Props {
  readonly subject: Subject;
  readonly standing: readonly ConsentStanding[];
  readonly close: () => void;
}

/** Records what the subject said in another way, with the evidence of it. */
export function RecordConsentDialog({ subject, standing, close }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<WishForm>();
  const showProblem = useProblem();
  const record = useRecordConsent(subject.id);
  const purpose = Form.useWatch('purpose', form);
  const state = Form.useWatch('state', form);
  const chosen = standing.find((one) => one.purpose === purpose);
  const send = (wish: WishForm) =>
    record.mutate(wishOf(wish, chosen?.separately ?? []), {
      onSuccess: ({ duplicate, state }) => {
        if (state === wish.state)
          void message.success(t(duplicate ? 'subjectConsents.repeated' : 'subjectConsents.recorded'));
        else void message.warning(t(`subjectConsents.stands.${state}`), 10);
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  return (
    <Modal open title={t('subjectConsents.recordTitle')} footer={null} width={560} onCancel={close}>
      <p>{t('subjectConsents.recordWhy')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={send}
        onValuesChange={(changed: Partial<WishForm>) => 'purpose' in changed && form.setFieldValue('about', '')}
      >
        <WhatFields standing={standing} chosen={chosen} />
        {subject.minor === 'under14' && <WhoseField subjectId={subject.id} isGrant={state === 'granted'} />}
        <HowFields />
        <Button type="primary" htmlType="submit" block loading={record.isPending}>
          {t('subjectConsents.record')}
        </Button>
      </Form>
    </Modal>
  );
}

function WhatFields({
  standing,
  chosen,
}: {
  standing: readonly ConsentStanding[];
  chosen: ConsentStanding | undefined;
}) {
  const { t } = useTranslation();
  const localized = useLocalized();
  const choiceName = useChoiceName();
  const about = [
    { value: '', label: t('subjectConsents.wholePurpose') },
    ...(chosen?.separately ?? []).map((choice, index) => ({ value: String(index), label: choiceName(choice) })),
  ];
  return (
    <>
      <Form.Item
        name="purpose"
        label={t('subjectConsents.purpose')}
        rules={[{ required: true, message: t('subjectConsents.purposeMissing') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={standing.map(({ purpose, name }) => ({ value: purpose, label: `${localized(name)} · ${purpose}` }))}
        />
      </Form.Item>
      <Form.Item
        name="state"
        label={t('subjectConsents.state')}
        rules={[{ required: true, message: t('subjectConsents.stateMissing') }]}
      >
        <Radio.Group
          options={[
            { value: 'granted', label: t('subjectConsents.grant') },
            { value: 'withdrawn', label: t('subjectConsents.withdraw') },
          ]}
        />
      </Form.Item>
      <Form.Item name="about" label={t('subjectConsents.about')} initialValue="">
        <Select showSearch={{ optionFilterProp: 'label' }} options={about} />
      </Form.Item>
    </>
  );
}

/** Of a child: the guardian whose word it is. A withdrawal needs none. */
function WhoseField({ subjectId, isGrant }: { subjectId: string; isGrant: boolean }) {
  const { t } = useTranslation();
  const guardians = useQuery(guardianshipsQuery(subjectId));
  if (!isGrant || !guardians.data) return null;
  const counting = guardians.data.filter(({ state, awaits }) => state === 'confirmed' && awaits.length === 0);
  if (counting.length === 0) return <p role="status">{t('guardians.noneCounts')}</p>;
  return (
    <Form.Item
      name="guardianshipId"
      label={t('guardians.whose')}
      extra={t('guardians.whoseHint')}
      rules={[{ required: true, message: t('guardians.whoseMissing') }]}
    >
      <Select
        options={counting.map(({ id, guardian }) => ({
          value: id,
          label: [guardian?.displayName, guardian?.masked].filter(Boolean).join(' · '),
        }))}
      />
    </Form.Item>
  );
}

function HowFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="channel" label={t('subjectConsents.how')}>
        <Select
          allowClear
          options={channels.map((channel) => ({ value: channel, label: t(`subjectConsents.channels.${channel}`) }))}
        />
      </Form.Item>
      <Form.Item name="occurredAt" label={t('subjectConsents.occurredAt')} extra={t('subjectConsents.occurredAtHint')}>
        <InstantField />
      </Form.Item>
      <Form.Item
        name="evidence"
        label={t('subjectConsents.evidence')}
        extra={t('subjectConsents.evidenceHint')}
        rules={[{ required: true, whitespace: true, min: 10, message: t('subjectConsents.evidenceMissing') }]}
      >
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <ReasonField />
    </>
  );
}
