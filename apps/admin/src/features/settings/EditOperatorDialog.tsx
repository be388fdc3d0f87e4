import { App, Button, Form, Modal, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Operator } from '../../api/types.js';
import { useProblem } from '../../ui/use-problem.js';
import { RolesField } from './RolesField.js';
import { isWaiting, useChangeOperator, useSendPasswordLink } from './settings.queries.js';

interface Changes {
  readonly roles: Operator['roles'];
  readonly active: boolean;
}

/** Roles, and whether the operator may sign in; switching that off ends their sessions. */
export function EditOperatorDialog({ operator, close }: { operator: Operator; close: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Changes>();
  const showProblem = useProblem();
  const { message } = App.useApp();
  const change = useChangeOperator(operator.id);
  const link = useSendPasswordLink(operator.id);
  const sendLink = () =>
    link.mutate(undefined, {
      onSuccess: () => void message.info(t('settings.operators.linkSent')),
      onError: (error) => showProblem(error),
    });
  const send = ({ roles, active }: Changes) => {
    const changed = {
      ...(sameRoles(roles, operator.roles) ? {} : { roles }),
      ...(active === (operator.active ?? true) ? {} : { active }),
    };
    if (Object.keys(changed).length === 0) return close();
    change.mutate(changed, {
      onSuccess: (outcome) => {
        if (isWaiting(outcome))
          void message.info(
            t(changed.active === false ? 'settings.operators.waitingRest' : 'settings.operators.waiting'),
          );
        close();
      },
      onError: (error) => showProblem(error, form),
    });
  };
  return (
    <Modal open title={operator.name} footer={null} width={460} onCancel={close}>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ roles: operator.roles, active: operator.active ?? true }}
        onFinish={send}
      >
        <RolesField />
        <Form.Item
          name="active"
          label={t('settings.operators.maySignIn')}
          extra={t('settings.operators.maySignInHint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t('settings.save')}
        </Button>
      </Form>
      {operator.active && (
        <Button type="text" block style={{ marginTop: 8 }} loading={link.isPending} onClick={sendLink}>
          {t(operator.invited ? 'settings.operators.sendInvitation' : 'settings.operators.sendReset')}
        </Button>
      )}
    </Modal>
  );
}

function sameRoles(a: readonly string[], b: readonly string[]): boolean {
  return a.toSorted().join() === b.toSorted().join();
}
