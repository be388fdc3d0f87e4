import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { blankRow, type EventFieldRow } from './event-field-rows.js';
import { EventFieldRowInputs } from './EventFieldRowInputs.js';
import css from './registries.module.css';

interface Props {
  readonly value?: readonly EventFieldRow[];
  readonly onChange?: (rows: readonly EventFieldRow[]) => void;
}

/** The fields of an event, a row each; the form around it hands in `value` and `onChange`. */
export function EventFieldsInput({ value: rows = [], onChange }: Props) {
  const { t } = useTranslation();
  const [added, setAdded] = useState<number | null>(null);
  const addButton = useRef<HTMLButtonElement>(null);
  const add = () => {
    setAdded(rows.length);
    onChange?.([...rows, blankRow]);
  };
  const remove = (index: number) => {
    onChange?.(rows.toSpliced(index, 1));
    addButton.current?.focus();
  };
  return (
    <>
      {rows.length > 0 && (
        // A wide table may scroll sideways, and must then be reachable by keyboard.
        <div className={css['eventFields']} role="region" aria-label={t('consent.eventFields.title')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(['name', 'kept', 'type', 'may'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(`consent.eventFields.${column}`)}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{t('ui.acts')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <EventFieldRowInputs
                  key={index}
                  number={index + 1}
                  row={row}
                  isNew={index === added}
                  change={(next) => onChange?.(rows.with(index, { ...row, ...next }))}
                  remove={() => remove(index)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Button ref={addButton} size="small" icon={<PlusOutlined />} onClick={add}>
        {t('consent.eventFields.add')}
      </Button>
    </>
  );
}
