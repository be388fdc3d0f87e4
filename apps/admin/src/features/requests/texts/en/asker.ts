/** Who asks for somebody else. */
export const asker = {
  enterprise: 'Enterprise',
  itself: 'its own account',
  contact: 'contact person {{name}}',
  member: 'member {{name}}',
  guardian: 'guardian {{name}}, for {{ward}}',
  theWard: 'their child',
  guardianTitle: 'Asked by',
  gone: '(gone)',
  relative: 'Near relative of somebody who died',
  title: 'Asked for somebody else by',
};
