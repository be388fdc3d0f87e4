import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useSyncExternalStore, type ReactNode } from 'react';
import { preferLanguage } from '../i18n/language.js';
import { ErrorState } from '../ui/ErrorState.js';
import { SignInPage } from './SignInPage.js';
import { LockedPage } from './LockedPage.js';
import { currentLock, listenToTabs, subscribeToLock } from './session-tabs.js';
import { OperatorContext, sessionQuery, showSignedOut } from './session.queries.js';

const FactorRequiredPage = lazy(async () => ({
  default: (await import('./FactorRequiredPage.js')).FactorRequiredPage,
}));

/** Shows the page of the address to whoever is signed in, and the sign-in form in its place to anybody else. */
export function SessionGate({ children }: { children: ReactNode }) {
  const session = useQuery(sessionQuery);
  const client = useQueryClient();
  const lock = useSyncExternalStore(subscribeToLock, currentLock);
  const locale = session.data?.operator.locale;
  useEffect(() => {
    if (locale) void preferLanguage(locale);
  }, [locale]);

  useEffect(() => {
    listenToTabs(() => showSignedOut(client));
  }, [client]);

  if (lock) return <LockedPage lock={lock} />;
  if (session.isPending) return null;
  if (session.isError) return <ErrorState error={session.error} retry={() => void session.refetch()} />;
  if (!session.data) return <SignInPage />;
  if (session.data.factorRequired)
    return (
      <Suspense>
        <FactorRequiredPage />
      </Suspense>
    );
  return <OperatorContext value={session.data.operator}>{children}</OperatorContext>;
}
