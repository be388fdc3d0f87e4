/**
 * The house as data: each project, its layer and whom it may import.
 * The lint rule, the drawing in docs/module-map.md and the boundary fixtures are made from this map.
 */
export const moduleMap = {
  kernel: { layer: 0, mayImport: [] },
  rulebook: { layer: 0, mayImport: ['kernel'] },
  platform: { layer: 0, mayImport: ['kernel'] },
  ingest: { layer: 1, mayImport: ['platform', 'kernel'] },
  audit: { layer: 1, mayImport: ['platform', 'kernel'] },
  vault: { layer: 1, mayImport: ['platform', 'kernel'] },
  identity: { layer: 2, mayImport: ['vault', 'audit', 'platform', 'kernel'] },
  notifications: { layer: 3, mayImport: ['identity', 'audit', 'platform', 'kernel'] },
  policy: { layer: 4, mayImport: ['notifications', 'identity', 'audit', 'rulebook', 'platform', 'kernel'] },
  consent: {
    layer: 5,
    mayImport: ['policy', 'notifications', 'identity', 'vault', 'audit', 'rulebook', 'platform', 'kernel'],
  },
  telemetry: {
    layer: 6,
    mayImport: ['consent', 'policy', 'identity', 'vault', 'audit', 'ingest', 'platform', 'kernel'],
  },
  location: { layer: 6, mayImport: ['consent', 'identity', 'vault', 'audit', 'ingest', 'platform', 'kernel'] },
  client: { layer: 0, mayImport: [] },
  api: {
    layer: 8,
    mayImport: [
      'telemetry',
      'location',
      'consent',
      'policy',
      'notifications',
      'identity',
      'vault',
      'audit',
      'rulebook',
      'platform',
      'kernel',
    ],
  },
  admin: { layer: 8, mayImport: ['client', 'rulebook', 'kernel'] },
  sample: { layer: 8, mayImport: ['client'] },
  e2e: { layer: 9, mayImport: ['client'] },
};
