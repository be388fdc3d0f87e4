import { DeleteOutlined, StarOutlined } from '@ant-design/icons';
import { Button, Input, Popover, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useOperator } from '../session/session.queries.js';
import { readSavedViews, writeSavedViews, type SavedView } from './saved-views.js';
import css from './DataTable.module.css';

interface Props {
  readonly list: string;
  readonly presets?: readonly SavedView[] | undefined;
}

/** The views that everybody has of a list; and filters, order and columns kept under a name, for this operator alone in this browser. */
export function SavedViews({ list, presets = [] }: Props) {
  const { t } = useTranslation();
  const owner = useOperator().id;
  const [search, setSearch] = useSearchParams();
  const [views, setViews] = useState<readonly SavedView[]>([]);
  const [name, setName] = useState('');
  useEffect(() => {
    void readSavedViews(owner, list).then(setViews);
  }, [owner, list]);

  const keep = (next: readonly SavedView[]) => {
    void writeSavedViews(owner, list, next);
    setViews(next);
  };
  const save = () => {
    const address = new URLSearchParams(search);
    address.delete('cursor');
    keep([...views.filter((view) => view.name !== name.trim()), { name: name.trim(), address: address.toString() }]);
    setName('');
  };

  const content = (
    <div className={css['columns']}>
      {presets.map((view) => (
        <Button
          key={view.name}
          type="link"
          size="small"
          className={css['preset']}
          onClick={() => setSearch(new URLSearchParams(view.address))}
        >
          {view.name}
        </Button>
      ))}
      {views.length === 0 && presets.length === 0 && <span className="secondary">{t('ui.noViews')}</span>}
      {views.map((view) => (
        <span key={view.name} className={css['view']}>
          <Button type="link" size="small" onClick={() => setSearch(new URLSearchParams(view.address))}>
            {view.name}
          </Button>
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined />}
            aria-label={t('ui.forgetView', { name: view.name })}
            onClick={() => keep(views.filter((one) => one !== view))}
          />
        </span>
      ))}
      <Space.Compact>
        <Input
          value={name}
          maxLength={40}
          aria-label={t('ui.viewName')}
          placeholder={t('ui.viewName')}
          onChange={({ target }) => setName(target.value)}
          onPressEnter={() => name.trim() && save()}
        />
        <Button disabled={name.trim() === ''} onClick={save}>
          {t('ui.saveView')}
        </Button>
      </Space.Compact>
    </div>
  );
  return (
    <Popover trigger="click" placement="bottomRight" content={content}>
      <Button icon={<StarOutlined />}>{t('ui.views')}</Button>
    </Popover>
  );
}
