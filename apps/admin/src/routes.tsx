import type { ComponentType } from 'react';
import { createBrowserRouter } from 'react-router';
import { CrashPage } from './frame/CrashPage.js';
import { Frame } from './frame/Frame.js';
import { NotFoundPage } from './frame/NotFoundPage.js';

/** Every page is fetched when it is first opened. */
function page<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  return async () => ({ Component: (await load())[name] });
}

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Frame />,
      errorElement: <CrashPage />,
      HydrateFallback: () => null,
      children: [
        {
          errorElement: <CrashPage />,
          children: [
            { index: true, lazy: page(() => import('./features/overview/OverviewPage.js'), 'OverviewPage') },
            { path: 'account/sessions', lazy: page(() => import('./features/account/OwnSessionsPage.js'), 'OwnSessionsPage') },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ],
  { basename: '/console' },
);
