import { lazy, Suspense } from 'react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client.js';
import { features } from './features.js';
import { router } from './routes.js';
import { ChallengeDialog } from './session/ChallengeDialog.js';
import { SessionGate } from './session/SessionGate.js';
import { ThemeProvider } from './theme/ThemeProvider.js';
import { FeaturesContext } from './ui/features-context.js';

const ChoosePasswordPage = lazy(async () => ({
  default: (await import('./session/ChoosePasswordPage.js')).ChoosePasswordPage,
}));

/** The console: texts, looks, server state, then whoever is signed in, then the pages. A one-time link needs nobody signed in. */
export function ConsoleApp() {
  return (
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        {window.location.pathname === '/console/password' ? (
          <Suspense>
            <ChoosePasswordPage />
          </Suspense>
        ) : (
          <SessionGate>
            <FeaturesContext value={features}>
              <RouterProvider router={router} />
            </FeaturesContext>
          </SessionGate>
        )}
        <ChallengeDialog />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
