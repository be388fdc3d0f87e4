import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../../api/types.js';
import { opensData, scopes, useClientWords } from '../../ui/client-words.js';
import { ManySelect } from '../../ui/ManySelect.js';
import { useRegistryNames } from '../../ui/registry-names.js';
import { atLeastOne } from '../../ui/rules.js';

/** What a client may do, for which purposes and in which services; bounds are needed once it opens personal data. */
export function ClientReachFields() {
  const { t } = useTranslation();
  const words = useClientWords();
  const { optionsOf } = useRegistryNames();
  const held = Form.useWatch<Scope[] | undefined>('scopes') ?? [];
  const opens = opensData(held);
  return (
    <>
      <Form.Item
        name="scopes"
        label={t('settings.clients.scopes')}
        extra={opens ? t('settings.clients.secondNeeded') : undefined}
        rules={[atLeastOne(t('settings.clients.scopesMissing'))]}
      >
        <Checkbox.Group options={scopes.map((scope) => ({ value: scope, label: words.scope(scope) }))} />
      </Form.Item>
      {(['purposes', 'services'] as const).map((bound) => (
        <Form.Item
          key={bound}
          name={bound}
          label={t(`settings.clients.${bound}`)}
          extra={t(opens ? 'settings.clients.boundsNeeded' : 'settings.clients.boundsHint')}
          rules={opens ? [atLeastOne(t('settings.missing'))] : []}
        >
          <ManySelect optionFilterProp="label" options={[...(optionsOf(bound) ?? [])]} />
        </Form.Item>
      ))}
    </>
  );
}
