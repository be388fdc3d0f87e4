/**
 * The modules as data: each project, its layer and whom it may import.
 * The lint rule and the boundary fixtures are made from this map.
 */
const modules = {
  kernel: { layer: 0, mayImport: [] },
  rulebook: { layer: 0, mayImport: ['kernel'] },
  platform: { layer: 0, mayImport: ['kernel'] },
  ingest: { layer: 1, mayImport: ['platform', 'kernel'] },
  vault: { layer: 1, mayImport: ['platform', 'kernel'] },
  audit: { layer: 2, mayImport: ['vault', 'platform', 'kernel'] },
  identity: { layer: 3, mayImport: ['vault', 'audit', 'platform', 'kernel'] },
  attachments: { layer: 4, mayImport: ['identity', 'vault', 'audit', 'platform', 'kernel'] },
  notifications: { layer: 4, mayImport: ['identity', 'audit', 'platform', 'kernel'] },
  policy: { layer: 5, mayImport: ['notifications', 'identity', 'audit', 'rulebook', 'platform', 'kernel'] },
  consent: {
    layer: 6,
    mayImport: ['policy', 'notifications', 'identity', 'vault', 'audit', 'rulebook', 'platform', 'kernel'],
  },
  'policy-import': { layer: 6, mayImport: ['policy', 'identity', 'audit', 'rulebook', 'platform', 'kernel'] },
  telemetry: {
    layer: 7,
    mayImport: ['consent', 'policy', 'identity', 'vault', 'audit', 'ingest', 'platform', 'kernel'],
  },
  location: { layer: 7, mayImport: ['consent', 'identity', 'vault', 'audit', 'ingest', 'platform', 'kernel'] },
  holders: { layer: 7, mayImport: ['identity', 'vault', 'audit', 'rulebook', 'platform', 'kernel'] },
  retention: {
    layer: 7,
    mayImport: ['attachments', 'policy', 'identity', 'vault', 'audit', 'rulebook', 'platform', 'kernel'],
  },
  rights: {
    layer: 8,
    mayImport: [
      'retention',
      'holders',
      'policy',
      'consent',
      'identity',
      'attachments',
      'notifications',
      'vault',
      'audit',
      'rulebook',
      'platform',
      'kernel',
    ],
  },
};

/** With what is no module; the composition root may import every one. */
export const moduleMap = {
  ...modules,
  client: { layer: 0, mayImport: [] },
  api: { layer: 9, mayImport: Object.keys(modules) },
  admin: { layer: 9, mayImport: ['client', 'rulebook', 'kernel'] },
  sample: { layer: 9, mayImport: ['client'] },
  e2e: { layer: 10, mayImport: ['client'] },
};

const inConsole = (path) => `apps/admin/src/${path}`;

/** Who in the console may not import what, as zones of `import-x/no-restricted-paths`. */
export const consoleZones = (featureNames) => [
  ...featureNames.map((name) => ({
    target: inConsole(`features/${name}`),
    from: inConsole('features'),
    except: [`./${name}`],
    message: 'Features never import features: what they share goes to ui/ or api/, or is put together at app level.',
  })),
  {
    target: ['api', 'i18n', 'session', 'theme', 'ui'].map(inConsole),
    from: inConsole('features'),
    message: 'What every page shares knows no feature.',
  },
  {
    target: ['features', 'api', 'i18n', 'theme', 'ui'].map(inConsole),
    from: ['features.ts', 'routes.tsx', 'ConsoleApp.tsx', 'frame'].map(inConsole),
    message: 'The console is put together around its features, not by them.',
  },
];
