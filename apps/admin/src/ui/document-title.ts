import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

/** Names the browser tab after the page. */
export function useDocumentTitle(title: string): void {
  const { t } = useTranslation();
  const brand = t('frame.brand');
  useEffect(() => {
    document.title = title ? `${title} · ${brand}` : brand;
  }, [title, brand]);
}
