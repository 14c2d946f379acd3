/** Who is asked whether a token is good. */
import type { Config } from '../config/index.ts'
import { fetchKeys } from '../identity/adapters/jose-verify.ts'
import { discover } from '../identity/adapters/openid-discovery.ts'
import {
  createIdentity,
  type Identity,
  type IssuerAccess,
  type RefusedTokens,
} from '../identity/index.ts'
import { clock } from './process.ts'

export function identity(
  config: Config,
  of: 'gateway' | 'console',
  refused: RefusedTokens,
): Identity {
  const access: IssuerAccess = { discover, fetchKeys }
  const issuers = config.issuers.map(
    ({ url, consoleAudience, maxKeyAgeSeconds, baseScope, ...rules }) => ({
      ...rules,
      issuer: url,
      maxKeyAgeMs: maxKeyAgeSeconds * 1000,
      ...(of === 'gateway' ? { requiredScope: baseScope } : { audience: consoleAudience }),
    }),
  )
  const checks = createIdentity({ issuers, clock, onRefused: refused.count }, access)
  // Asked once now, so that the keys are there before the first caller is.
  checks.ready()
  return checks
}
