export {
  createIdentity,
  type Identity,
  type IdentityOptions,
  type RefusedBecause,
} from './identity.ts'
export {
  createRefusedTokens,
  type RefusedTokens,
  type RefusedTokensOptions,
} from './refused-tokens.ts'
export type { ClaimMapping, RequiredClaims } from './claims.ts'
export type { CredentialHeaders } from './credentials.ts'
export type { IssuerRules } from './issuer.ts'
export type { Claims, IssuerAccess, IssuerMetadata, KeySet, TokenRules } from './ports.ts'
export {
  createSignIn,
  type SignedIn,
  type SignIn,
  type SignInAccess,
  type SignInOptions,
  type SignInSecrets,
} from './sign-in.ts'
