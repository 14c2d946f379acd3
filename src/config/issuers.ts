import type { ConfigFile } from '../schema/index.ts'
import type { ClaimsConfig, IssuerConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { isPrivate } from './private-url.ts'

type IssuerFile = ConfigFile['issuers'][number]

const DAY = 86_400

/**
 * The issuers of a configuration file, complete.
 * @throws ConfigError when one could be impersonated, or two cannot be told apart
 */
export function issuersOf(issuers: readonly IssuerFile[], file: string): readonly IssuerConfig[] {
  const complete = issuers.map((issuer, index) => issuerOf(issuer, file, `/issuers/${index}`))
  // The slash that a URL gets at its end tells no two issuers apart.
  const names = complete.map(({ url }) => url.href.replace(/\/$/, ''))
  if (new Set(names).size !== names.length)
    throw new ConfigError(`${file}: /issuers has a url twice`)
  return complete
}

function issuerOf(issuer: IssuerFile, file: string, where: string): IssuerConfig {
  const url = new URL(issuer.url)
  if (!isPrivate(url)) {
    throw new ConfigError(`${file}: ${where}/url must be https, or http on loopback`)
  }
  return {
    url,
    audience: issuer.audience ?? 'phigate',
    consoleAudience: issuer.consoleAudience ?? 'phigate-console',
    algorithms: issuer.algorithms ?? ['RS256', 'PS256', 'ES256', 'EdDSA'],
    clockToleranceSeconds: issuer.clockToleranceSeconds ?? 5,
    maxKeyAgeSeconds: issuer.maxKeyAgeSeconds ?? DAY,
    claims: claimsOf(issuer.claims ?? {}),
    requiredClaims: issuer.requiredClaims ?? {},
    grantScopes: issuer.grantScopes ?? [],
    baseScope: issuer.baseScope ?? 'claude:invoke',
  }
}

function claimsOf(claims: NonNullable<IssuerFile['claims']>): ClaimsConfig {
  const { scopes, groups, purpose, kind } = claims
  return {
    ...(scopes === undefined ? {} : { scopes: list(scopes) }),
    ...(groups === undefined ? {} : { groups: list(groups) }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(kind === undefined ? {} : { kind }),
  }
}

function list(names: string | readonly string[]): readonly string[] {
  return typeof names === 'string' ? [names] : names
}

/** The usual settings of one issuer, for what has no file: the demo. */
export function usualIssuer(url: URL): IssuerConfig {
  return issuerOf({ url: url.href }, 'the demo', '')
}
