import { Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EventFieldsInput } from './EventFieldsInput.js';
import { problemOf, type EventFieldRow } from './event-field-rows.js';

/** The fields of an event in the form of an entry. The first row that cannot be kept is named on saving, and from then on while one types. */
export function EventFieldsItem() {
  const { t } = useTranslation();
  const [trigger, setTrigger] = useState<'onSubmit' | 'onChange'>('onSubmit');
  const allUsable = (_rule: unknown, rows: readonly EventFieldRow[] = []): Promise<void> => {
    const problems = rows.map((row) => problemOf(row, rows));
    const index = problems.findIndex((problem) => problem !== null);
    const problem = problems[index];
    if (!problem) return Promise.resolve();
    setTrigger('onChange');
    return Promise.reject(
      new Error(
        t('consent.eventFields.wrong', { number: index + 1, problem: t(`consent.eventFields.problems.${problem}`) }),
      ),
    );
  };
  return (
    <Form.Item
      name="eventFields"
      label={t('consent.eventFields.title')}
      extra={t('consent.eventFields.hint')}
      validateTrigger={trigger}
      rules={[{ validator: allUsable }]}
    >
      <EventFieldsInput />
    </Form.Item>
  );
}
