import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'

const PATH = /^\/interaction\/[\w-]+$/
const MOST_BYTES = 4096

/** Where the issuer sends somebody who has to sign in. */
export function loginUrl(uid: string): string {
  return `/interaction/${uid}`
}

/**
 * The demo's sign-in: whoever sits at this machine says who they are, without a password. The issuer listens on loopback
 * alone, and its secrets are in the data directory anyway.
 * @returns whether the request was one of these
 */
export async function login(
  provider: Provider,
  people: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  if (!PATH.test(request.url ?? '')) return false
  try {
    // Fails without the cookie of the browser that was sent here.
    await provider.interactionDetails(request, response)
    if (request.method === 'POST') {
      const accountId = new URLSearchParams(await textOf(request)).get('user') ?? ''
      if (people.includes(accountId)) {
        await provider.interactionFinished(request, response, { login: { accountId } })
        return true
      }
    }
    show(response, 200, people)
  } catch {
    show(response, 400, [])
  }
  return true
}

function show(response: ServerResponse, status: number, people: readonly string[]): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
  })
  response.end(page(people))
}

/** The names are this program's own: nothing in here came from outside. */
function page(people: readonly string[]): string {
  const choices = people.map(
    (name) => `<p><button name="user" value="${name}">${name}</button></p>`,
  )
  const body =
    people.length === 0
      ? '<p>This sign-in is over. Go back to the console and begin anew.</p>'
      : `<p>No passwords: this is a demo on your own machine. Sign in as</p><form method="post">${choices.join('')}</form>`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Demo sign-in</title></head><body><main><h1>phigate demo</h1>${body}</main></body></html>
`
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > MOST_BYTES) throw new Error('too long for a form')
  }
  return text
}
