import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage } from '../i18n/language.js';

/** One button that names the other language in that language. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = currentLanguage() === 'en' ? 'zh-CN' : 'en';
  return (
    <Button type="text" lang={other} title={t('frame.language')} onClick={() => void chooseLanguage(other)}>
      {other === 'en' ? 'English' : '中文'}
    </Button>
  );
}
