import { useQuery } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { ManySelect } from '../../ui/ManySelect.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { atLeastOne } from '../../ui/rules.js';
import { useProblem } from '../../ui/use-problem.js';
import { answeringQuery, useRegisterPeople, type AnsweringRole } from './holders.queries.js';

interface Given {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly code: string;
  readonly categories: string[];
  readonly by: AnsweringRole | 'named';
  readonly operatorIds?: string[];
}

/** Proposes a place that only people answer for; a second operator confirms who does. */
export function NewPeopleDialog({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Given>();
  const showProblem = useProblem();
  const { optionsOf } = useRegistryNames();
  const register = useRegisterPeople();
  const send = ({ nameZh, nameEn, by, operatorIds = [], ...given }: Given) =>
    register.mutate(
      {
        ...given,
        name: { 'zh-CN': nameZh, en: nameEn },
        answeredBy: by === 'named' ? { role: null, operatorIds } : { role: by, operatorIds: [] },
      },
      {
        onSuccess: (outcome) => {
          if ('change' in outcome) void message.info(t('holders.waiting'));
          close();
        },
        onError: (error) => showProblem(error, form),
      },
    );
  const needed = [{ required: true, whitespace: true, message: t('settings.missing') }];
  return (
    <Modal open title={t('holders.addPeople')} footer={null} width={520} onCancel={close}>
      <p>{t('holders.people.purpose')}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ categories: [], by: 'supportAgent' }}
        onFinish={send}
      >
        <Form.Item name="nameZh" label={t('holders.nameZh')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="nameEn" label={t('holders.nameEn')} rules={needed}>
          <Input maxLength={80} autoComplete="off" />
        </Form.Item>
        <Form.Item name="code" label={t('holders.code')} extra={t('holders.codeHint')} rules={needed}>
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="categories" label={t('holders.categories')} rules={[atLeastOne(t('settings.missing'))]}>
          <ManySelect optionFilterProp="label" options={[...(optionsOf('categories') ?? [])]} />
        </Form.Item>
        <Answerers />
        <Button type="primary" htmlType="submit" block loading={register.isPending}>
          {t('holders.addPeople')}
        </Button>
      </Form>
    </Modal>
  );
}

/** Everybody of a role, or operators by name. */
function Answerers() {
  const { t } = useTranslation();
  const { data } = useQuery(answeringQuery);
  const by = Form.useWatch<string | undefined>('by');
  const roles = (data?.roles ?? []).map((role) => ({ value: role, label: t(`roles.${role}`) }));
  return (
    <>
      <Form.Item name="by" label={t('holders.answeredBy')} extra={t('holders.people.officersToo')}>
        <Radio.Group options={[...roles, { value: 'named', label: t('holders.people.named') }]} />
      </Form.Item>
      {by === 'named' && (
        <Form.Item name="operatorIds" label={t('holders.people.operators')} rules={[atLeastOne(t('settings.missing'))]}>
          <ManySelect
            maxCount={20}
            optionFilterProp="label"
            options={(data?.operators ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
    </>
  );
}
