import { html, type Content } from './html.ts'

/** Who sees a page. */
export interface Viewer {
  /** `issuer|subject`. */
  readonly id: string
  readonly csrf: string
  /** Whether the audit log is theirs to read. */
  readonly reads: boolean
}

/** A whole document. @param viewer undefined for a page that everybody sees */
export function page(title: string, viewer: Viewer | undefined, main: Content): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · phigate</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <script src="/assets/script.js" defer></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <nav aria-label="Console">
            <a class="brand" href="/reviews">phigate</a
            >${viewer === undefined ? undefined : html`<a href="/reviews">Reviews</a>`}${viewer?.reads === true ? html`<a href="/sessions">Sessions</a><a href="/audit">Audit log</a>` : undefined}
          </nav>
          ${viewer === undefined ? undefined : signedIn(viewer)}
        </header>
        <main id="main">${main}</main>
      </body>
    </html> `.toString()
}

function signedIn({ id, csrf }: Viewer): Content {
  return html`<form method="post" action="/sign-out" class="who">
    <span title="${id}">${nameOf(id)}</span>
    <input type="hidden" name="csrf" value="${csrf}" /><button>Sign out</button>
  </form>`
}

/** The subject of `issuer|subject`: the issuer is the same for everybody on most days. */
export function nameOf(id: string): string {
  return id.slice(id.indexOf('|') + 1)
}

/** A time as the reader's own clock shows it where the script runs, else in UTC. */
export function time(at: number): Content {
  const iso = new Date(at).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}
