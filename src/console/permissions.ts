import type { Principal } from '../domain/index.ts'

/** What a principal needs in order to use a route. */
export interface Permission {
  /** Whoever writes has to be a person, whatever groups it is in. */
  readonly access: 'read' | 'write'
  /** One of these groups; `anyone` is whoever holds a token for the console. */
  readonly groups: readonly string[] | 'anyone'
  /** Whoever reads has to be a person as well: what is read is payload. */
  readonly persons?: true
}

const EVERY_ROLE = ['privacy-officers', 'auditors', 'admins']

/** Who may do what in the console: the whole table. */
export const PERMISSIONS = {
  'api:describe': { access: 'read', groups: 'anyone' },
  'status:read': { access: 'read', groups: EVERY_ROLE },
  'policy:read': { access: 'read', groups: EVERY_ROLE },
  'principals:read': { access: 'read', groups: EVERY_ROLE },
  'webhooks:read': { access: 'read', groups: EVERY_ROLE },
  'retention:write': { access: 'write', groups: ['admins'] },
  'audit:export': { access: 'write', groups: ['privacy-officers', 'auditors'] },
  'audit:read': { access: 'read', groups: ['privacy-officers', 'auditors'] },
  'reviews:read': { access: 'read', groups: 'anyone' },
  'reviews:write': { access: 'write', groups: 'anyone' },
  'sessions:list': { access: 'read', groups: EVERY_ROLE },
  'sessions:read': { access: 'read', groups: ['auditors', 'privacy-officers'], persons: true },
  'sessions:scan': { access: 'write', groups: ['auditors', 'privacy-officers'] },
  'retention:read': { access: 'read', groups: EVERY_ROLE },
  'sessions:end': { access: 'write', groups: ['privacy-officers', 'admins'] },
  'sessions:shred': { access: 'write', groups: ['privacy-officers', 'admins'] },
  'webhooks:write': { access: 'write', groups: ['admins'] },
  'principals:write': { access: 'write', groups: ['admins'] },
} as const satisfies Readonly<Record<string, Permission>>

export type Action = keyof typeof PERMISSIONS

/** Whether the principal holds the permission. */
export function permits(permission: Permission, principal: Principal): boolean {
  return missing(permission, principal) === undefined
}

/** Why the principal may not, in words for it. */
export function refusalOf(action: Action, principal: Principal): string {
  const why = missing(PERMISSIONS[action], principal)
  return `The caller lacks the permission ${action}${why === undefined ? '' : `: ${why}`}`
}

function missing(
  { access, groups, persons }: Permission,
  principal: Principal,
): string | undefined {
  const needsPerson = access === 'write' || persons === true
  if (needsPerson && principal.kind !== 'person') {
    return 'it takes a person, and this token is read as that of a service account'
  }
  if (groups === 'anyone' || principal.groups.some((group) => groups.includes(group)))
    return undefined
  return `it takes one of the groups ${groups.join(', ')}`
}
