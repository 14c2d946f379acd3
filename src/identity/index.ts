export { createIdentity, type Identity, type IdentityOptions } from './identity.ts'
export type { CredentialHeaders } from './credentials.ts'
export type { Claims, IssuerAccess, IssuerMetadata, KeySet, TokenRules } from './ports.ts'
