/** The acts worth choosing from a list; any other can still be found by the other filters. */
export const knownActs = [
  'policy.revision_edit', 'policy.revision_submission', 'policy.revision_approval', 'policy.revision_rejection', 'policy.revision_schedule',
  'policy.revision_activation', 'policy.revision_supersession', 'policy.revision_withdrawal', 'policy.revision_weighing', 'policy.accepted',
  'campaign.started', 'campaign.first_pass_completed', 'campaign.cancelled', 'campaign.completed',
  'outreach.started', 'outreach.cancelled', 'outreach.completed',
  'subject.registered', 'subject.guardianAwaited', 'subject.found', 'subject.soughtInVain', 'subject.viewed', 'subject.revealed', 'subject.telemetryViewed', 'subject.telemetryRevealed', 'subject.decisionExplained', 'subject.profileChanged',
  'subject.identifierChanged', 'subject.passwordChanged', 'subject.birthDateStated', 'subject.handedOver',
  'guardianship.requested', 'guardianship.confirmed', 'guardianship.accountFound', 'guardianship.consentGranted', 'guardianship.consentWithdrawn', 'guardianship.ended',
  'guardianship.additionAwaited', 'guardianship.additionAccepted', 'guardianship.additionRefused', 'guardianship.ageKnown', 'guardianship.ageUnknown', 'guardianship.ageAsked', 'guardianship.ageLapsed',
  'guardianship.decided', 'guardianship.evidenceRead',
  'consent.grant', 'consent.renewal', 'consent.withdrawal', 'consent.refusal', 'consent.expire', 'consent.remind', 'consent.reminded', 'consent.evidenceRead', 'positioning.switchedOn', 'positioning.switchedOff', 'privacyControl.seen', 'privacyControl.set', 'privacyControl.cleared',
  'device.linked', 'device.unlinked', 'device.linkEnded',
  'operatorSession.started', 'operatorSession.ended', 'operatorSession.allEnded', 'operatorSession.refused', 'operatorSession.steppedUp',
  'operator.created', 'operator.rolesChanged', 'operator.activated', 'operator.deactivated', 'operator.recovered', 'operator.passwordChanged', 'operator.factorEnrolled', 'operator.factorRemoved', 'operatorChange.proposed', 'operatorChange.confirmed', 'operatorChange.rejected',
  'change.proposed', 'change.confirmed', 'change.rejected',
  'client.created', 'client.leftUnbounded', 'client.reachChanged', 'client.rotated', 'client.revoked', 'registry.entry_added', 'registry.entry_changed', 'signingKey.rotated',
] as const;
