import { createBrowserRouter } from 'react-router';
import { features } from './features.js';
import { CrashPage } from './frame/CrashPage.js';
import { Frame } from './frame/Frame.js';
import { NotFoundPage } from './frame/NotFoundPage.js';

const pages = features.flatMap(({ routes = [] }) => routes);

export const router = createBrowserRouter(
  [
    {
      path: '/',
      element: <Frame />,
      errorElement: <CrashPage />,
      HydrateFallback: () => null,
      children: [{ errorElement: <CrashPage />, children: [...pages, { path: '*', element: <NotFoundPage /> }] }],
    },
  ],
  { basename: '/console' },
);
