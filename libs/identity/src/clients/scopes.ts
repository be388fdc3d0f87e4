/** What a service client may be allowed to do; routes for services name one. */
export const scopes = [
  'decisions:read', 'telemetry:write', 'telemetry:read', 'location:write', 'location:read', 'disclosures:write', 'policies:write',
] as const;
export type Scope = (typeof scopes)[number];
