import { Form, Input, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../i18n/language.js';
import { EventFieldsItem } from './EventFieldsItem.js';
import type { EntryFlag, RegistryKind } from './registry-kinds.js';

interface Props {
  readonly kind: RegistryKind;
  readonly flags: readonly EntryFlag[];
  /** Flags that come with the product and stay. */
  readonly guarded?: readonly EntryFlag[];
}

/** What a new entry and a changed one have in common: names in both languages, what it is for, and flags. */
export function EntryFields({ kind, flags, guarded = [] }: Props) {
  const { t } = useTranslation();
  return (
    <>
      {languages.map((locale) => (
        <Form.Item
          key={locale}
          name={['name', locale]}
          label={t(`consent.names.${locale}`)}
          rules={[{ required: true, whitespace: true, message: t('settings.missing') }]}
        >
          <Input lang={locale} maxLength={200} autoComplete="off" />
        </Form.Item>
      ))}
      {kind.hasPurpose &&
        languages.map((locale) => (
          <Form.Item key={locale} name={['purpose', locale]} label={t(`consent.whatFor.${locale}`)}>
            <Input.TextArea lang={locale} rows={2} maxLength={2000} />
          </Form.Item>
        ))}
      {flags.map((flag) => (
        <Form.Item
          key={flag}
          name={flag}
          label={t(`consent.flags.${flag}`)}
          extra={t(guarded.includes(flag) ? 'consent.guarded' : `consent.flagHints.${flag}`)}
          valuePropName="checked"
        >
          <Switch disabled={guarded.includes(flag)} />
        </Form.Item>
      ))}
      {kind.hasEventFields && <EventFieldsItem />}
    </>
  );
}
