/** What an operator may be allowed to do; a route asks for each, or the API does not start. */
export const permissions = [
  'overview.read',
  'policy.read',
  'policy.edit',
  'policy.submit',
  'policy.approve',
  'policy.schedule',
  'policy.withdraw',
  'registry.read',
  'registry.edit',
  'campaign.read',
  'outreach.send',
  'consent.remind',
  'delivery.read',
  'delivery.replay',
  'subject.read',
  'subject.reveal',
  'subject.revealMinor',
  'subject.revealSensitive',
  'subject.approveMinorLook',
  'consent.record',
  'guardian.decide',
  'audit.read',
  'operator.read',
  'operator.manage',
  'change.decide',
  'client.read',
  'client.manage',
  'request.read',
  'request.answer',
  'request.decide',
  'request.decideAny',
  'hold.read',
  'hold.write',
  'retention.read',
  'retention.run',
  'request.readSettings',
  'request.configure',
  'holder.read',
  'holder.manage',
] as const;
export type Permission = (typeof permissions)[number];

/** Asked by services of one subject or record, beyond what the route asks for. */
export const furtherPermissions: readonly Permission[] = [
  'subject.revealMinor',
  'subject.revealSensitive',
  'subject.approveMinorLook',
];

export const roles = [
  'administrator',
  'policyEditor',
  'policyApprover',
  'supportAgent',
  'privacyOfficer',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

/** Who may agree to what an administrator asks for. */
export const secondPersonRoles: readonly Role[] = ['administrator', 'privacyOfficer'];

const readingAboutPolicies: readonly Permission[] = ['overview.read', 'policy.read', 'registry.read', 'campaign.read'];
const readingEverything: readonly Permission[] = [
  ...readingAboutPolicies,
  'subject.read',
  'audit.read',
  'operator.read',
  'client.read',
  'delivery.read',
  'hold.read',
  'retention.read',
  'holder.read',
];

/** Who may do what. Editing and approving are apart; that one person approves nothing of their own is policy's rule. */
export const permissionsOfRole: Readonly<Record<Role, readonly Permission[]>> = {
  administrator: [
    ...readingEverything,
    'operator.manage',
    'change.decide',
    'subject.approveMinorLook',
    'client.manage',
    'registry.edit',
    'outreach.send',
    'consent.remind',
    'delivery.replay',
    'hold.write',
    'retention.run',
    'request.readSettings',
    'request.configure',
    'holder.manage',
  ],
  policyEditor: [...readingAboutPolicies, 'policy.edit', 'policy.submit'],
  policyApprover: [...readingAboutPolicies, 'policy.approve', 'policy.schedule', 'policy.withdraw'],
  supportAgent: [
    'overview.read',
    'policy.read',
    'subject.read',
    'subject.reveal',
    'consent.record',
    'request.read',
    'request.readSettings',
    'request.answer',
    'request.decide',
  ],
  privacyOfficer: [
    ...readingEverything,
    'change.decide',
    'policy.approve',
    'policy.schedule',
    'policy.withdraw',
    'outreach.send',
    'consent.remind',
    'delivery.replay',
    'subject.reveal',
    'subject.revealMinor',
    'subject.revealSensitive',
    'subject.approveMinorLook',
    'consent.record',
    'guardian.decide',
    'request.read',
    'request.readSettings',
    'request.answer',
    'request.decide',
    'request.decideAny',
    'hold.write',
    'retention.run',
  ],
  auditor: [...readingEverything, 'request.read', 'request.readSettings'],
};

/** Everything that holders of `held` may do, once each, in the order of the table. */
export function permissionsOf(held: readonly Role[]): Permission[] {
  const granted = new Set(held.flatMap((role) => permissionsOfRole[role]));
  return permissions.filter((permission) => granted.has(permission));
}
