import type { ConfigFile } from '../schema/index.ts'
import type { ClaimsConfig, IssuerConfig } from './config.ts'
import { isPrivate, type Source } from './source.ts'

type IssuerFile = ConfigFile['issuers'][number]

const DAY = 86_400

/** The issuers of a configuration file, complete: none that could be impersonated, no two that cannot be told apart. */
export function issuersOf(
  issuers: readonly IssuerFile[],
  from: Pick<Source, 'problems'>,
): readonly IssuerConfig[] {
  const complete = issuers.map((issuer, index) => issuerOf(issuer, `/issuers/${index}`, from))
  // The slash that a URL gets at its end tells no two issuers apart.
  const names = complete.map(({ url }) => url.href.replace(/\/$/, ''))
  if (new Set(names).size !== names.length) {
    from.problems.push({ path: '/issuers', message: 'has a url twice' })
  }
  return complete
}

function issuerOf(issuer: IssuerFile, path: string, from: Pick<Source, 'problems'>): IssuerConfig {
  const url = new URL(issuer.url)
  if (!isPrivate(url)) {
    from.problems.push({ path: `${path}/url`, message: 'must be https, or http on loopback' })
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
  return issuerOf({ url: url.href }, '', { problems: [] })
}
