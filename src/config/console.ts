import type { SignInFile } from '../schema/index.ts'
import {
  DEFAULT_SIGN_IN,
  type IssuerConfig,
  type SignInConfig,
  type WebhookConfig,
} from './config.ts'
import type { SoundParts } from './file.ts'
import { isLoopback, isPrivate, secretOf, type Source } from './source.ts'

/** How people sign in; what is wrong with it is added to the source's problems. */
export function signInOf(
  parts: SoundParts,
  issuers: readonly IssuerConfig[],
  from: Source,
): SignInConfig | undefined {
  const signIn = parts.console?.signIn
  if (signIn === undefined) return undefined
  checkAddress(parts, from)
  const path = '/console/signIn'
  const clientSecret = secretOf(signIn.clientSecret, `${path}/clientSecret`, from)
  const issuer = issuers.find(({ url }) => url.href === new URL(signIn.issuer).href)
  if (issuer === undefined) {
    from.problems.push({ path: `${path}/issuer`, message: 'must be the url of one of /issuers' })
  }
  if (clientSecret === undefined || issuer === undefined) return undefined
  return { issuer, clientSecret, ...settingsOf(signIn) }
}

function settingsOf(signIn: SignInFile): Omit<SignInConfig, 'issuer' | 'clientSecret'> {
  const { clientId, scopes = [], issuer: _issuer, clientSecret: _secret, ...times } = signIn
  return { ...DEFAULT_SIGN_IN, ...times, clientId, scopes: [...new Set(['openid', ...scopes])] }
}

/** The browser comes back to the public address, with a cookie that may only travel in private. */
function checkAddress({ console: listener, approvals }: SoundParts, from: Source): void {
  const { publicUrl } = approvals ?? {}
  const path = '/approvals/publicUrl'
  if (publicUrl === undefined && !isLoopback(listener?.host ?? '127.0.0.1')) {
    const message = 'is needed for /console/signIn where the console is not on loopback'
    from.problems.push({ path, message })
  }
  if (publicUrl !== undefined && !isPrivate(new URL(publicUrl))) {
    const message = 'must be https, or http on loopback, for /console/signIn'
    from.problems.push({ path, message })
  }
}

const EVERY_ADDRESS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** The console answers for the host names that it knows: where it listens on every address, it has to be told one. */
export function checkConsoleHost(
  { console: listener, approvals }: SoundParts,
  from: Pick<Source, 'problems'>,
): void {
  if (approvals?.publicUrl !== undefined || listener?.signIn !== undefined) return
  if (!EVERY_ADDRESS.has(listener?.host ?? '')) return
  const message =
    'is needed where /console/host is every address: the console answers for its own host name alone'
  from.problems.push({ path: '/approvals/publicUrl', message })
}

const EVERY_EVENT = [
  'review.created',
  'review.escalated',
  'review.settled',
  'grant.revoked',
] as const

/** Who is notified; what is wrong with it is added to the source's problems. */
export function webhooksOf({ webhooks = [] }: SoundParts, from: Source): readonly WebhookConfig[] {
  const complete = webhooks.map(({ url, events = EVERY_EVENT }, index) => {
    const address = new URL(url)
    if (!isPrivate(address)) {
      const path = `/webhooks/${index}/url`
      from.problems.push({ path, message: 'must be https, or http on loopback' })
    }
    return { url: address, events }
  })
  if (new Set(complete.map(({ url }) => url.href)).size !== complete.length) {
    from.problems.push({ path: '/webhooks', message: 'has a url twice' })
  }
  return complete
}
