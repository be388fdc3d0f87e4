import { useTranslation } from 'react-i18next';

/** What people call a reason for which an event was refused: one of the door's own, or of the gate's. */
export function useReasonName(): (code: string) => string {
  const { t } = useTranslation();
  return (code) =>
    t(`collection.codes.${code}`, { defaultValue: t(`decisions.codes.${code}`, { defaultValue: code }) });
}
