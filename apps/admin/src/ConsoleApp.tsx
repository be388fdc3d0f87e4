import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import { queryClient } from './api/query-client.js';
import { router } from './routes.js';
import { ChallengeDialog } from './session/ChallengeDialog.js';
import { SessionGate } from './session/SessionGate.js';
import { ThemeProvider } from './theme/ThemeProvider.js';

/** The console: texts, looks, server state, then whoever is signed in, then the pages. */
export function ConsoleApp() {
  return (
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <SessionGate>
          <RouterProvider router={router} />
        </SessionGate>
        <ChallengeDialog />
      </QueryClientProvider>
    </ThemeProvider>
  );
}
