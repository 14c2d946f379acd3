import assert from 'node:assert/strict'

/** As much of a browser as the tests need: cookies by host, redirects, forms. No script. */
export interface Browser {
  get(url: URL | string, headers?: Readonly<Record<string, string>>): Promise<Page>
  /** Sends a form of a page. @param fields what is typed or pressed in it, over what the form brings along */
  submit(page: Page, action: string, fields: Readonly<Record<string, string>>): Promise<Page>
  post(
    url: URL | string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Page>
  /** By name; what a thief takes along. */
  readonly cookies: Map<string, string>
}

/** What came in the end, after the redirects. */
export interface Page {
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Addresses on the way. */
  readonly way: readonly string[]
}

const MOST_REDIRECTS = 10

export function openBrowser(home: URL): Browser {
  const cookies = new Map<string, string>()
  const send = async (url: URL, init: RequestInit, way: readonly string[]): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      accept: 'text/html',
      cookie,
      ...Object.fromEntries(new Headers(init.headers)),
    }
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...flags] = line.split(';').map((part) => part.trim())
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      const over = flags.some((flag) => /^max-age=0$|^expires=.*1970/i.test(flag))
      if (over) cookies.delete(name)
      else cookies.set(name, value)
    }
    const text = await answer.text()
    const to = answer.headers.get('location')
    if (to === null || answer.status < 300) {
      return { url, status: answer.status, headers: answer.headers, text, way }
    }
    assert.ok(way.length < MOST_REDIRECTS, 'too many redirects')
    return send(new URL(to, url), {}, [...way, url.href])
  }
  const form = (fields: Readonly<Record<string, string>>): RequestInit => ({
    method: 'POST',
    body: new URLSearchParams(fields),
  })
  const browser: Browser = {
    cookies,
    get: (url, headers = {}) => send(new URL(url, home), { headers }, []),
    post: (url, fields, headers = {}) => send(new URL(url, home), { ...form(fields), headers }, []),
    submit: (page, action, fields) => {
      const brought = hiddenIn(formOf(page.text, action))
      const origin = page.url.origin
      const init = { ...form({ ...brought, ...fields }), headers: { origin } }
      return send(new URL(action === '' ? page.url : action, page.url), init, [])
    },
  }
  return browser
}

/** Signs somebody in at the demo's issuer, from wherever they wanted to go. */
export async function signInAs(browser: Browser, user: string, to = '/reviews'): Promise<Page> {
  const login = await browser.get(to)
  assert.match(login.text, /Demo sign-in/)
  return browser.submit(login, '', { user })
}

function formOf(text: string, action: string): string {
  const forms = text.match(/<form[\s\S]*?<\/form>/g) ?? []
  const found = forms.find((one) =>
    action === '' ? !one.includes('action=') : one.includes(`action="${action}"`),
  )
  assert.ok(found !== undefined, 'the page has no such form')
  return found
}

function hiddenIn(form: string): Record<string, string> {
  const inputs = form.match(/<input[^>]*type="hidden"[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.map((input) => [
      /name="([^"]*)"/.exec(input)?.[1] ?? '',
      /value="([^"]*)"/.exec(input)?.[1] ?? '',
    ]),
  )
}
