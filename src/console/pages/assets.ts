/** What pages load, all of it. Kept here as text, so that it is there wherever the program is. */

/** Colours keep a contrast of 4.5 to 1 and more (WCAG 2.2, 1.4.3), light and dark. */
export const STYLE = `:root{color-scheme:light dark;--text:#1b1f24;--back:#fff;--soft:#f2f4f7;--line:#c4cad2;--faint:#525b66;--link:#0b57a4;--good:#186a36;--bad:#a4201c;--mark:#fde9a9;--marktext:#3d2c00}
@media (prefers-color-scheme:dark){:root{--text:#e8eaed;--back:#14171a;--soft:#1f2429;--line:#454d56;--faint:#aab2bc;--link:#8ebdf5;--good:#7ed39a;--bad:#ff9d97;--mark:#5a4608;--marktext:#ffedb8}}
*{box-sizing:border-box}
body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--text);background:var(--back)}
a{color:var(--link)}
.skip{position:absolute;left:-999em}.skip:focus{left:.5rem;top:.5rem;background:var(--back);padding:.5rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;justify-content:space-between;padding:.5rem 1rem;border-bottom:1px solid var(--line)}
nav a{margin-right:1rem}.brand{font-weight:700;color:var(--text);text-decoration:none}
main{max-width:60rem;margin:0 auto;padding:1rem}
h1{font-size:1.4rem;margin:.5rem 0}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:0 0 .3rem}h4{font-size:.95rem;margin:.3rem 0}
.list{list-style:none;margin:0;padding:0}
.list li{border:1px solid var(--line);border-radius:.4rem;padding:.6rem .8rem;margin:.5rem 0}
.list a{font-weight:600}
.faint{color:var(--faint);font-size:.9rem;margin:0}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.2rem 1rem;margin:.5rem 0}
dt{color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
.turn{border:1px solid var(--line);border-left-width:.4rem;border-radius:.4rem;padding:.6rem .8rem;margin:.6rem 0}
.user{border-left-color:var(--link)}.assistant{border-left-color:var(--good)}.system{background:var(--soft)}
.text,pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:.3rem 0;unicode-bidi:isolate}
pre{font:.875rem/1.45 ui-monospace,monospace;background:var(--soft);padding:.5rem;border-radius:.3rem;max-height:30rem;overflow:auto}
.tool{margin:.4rem 0}
mark{background:var(--mark);color:var(--marktext);border-radius:.2rem;padding:0 .15rem}
summary{cursor:pointer}.more{font-size:.875rem;color:var(--faint)}
textarea{display:block;width:100%;min-height:5rem;font:inherit;color:inherit;background:var(--back);border:1px solid var(--faint);border-radius:.3rem;padding:.4rem}
label{font-weight:600}
button,.button{font:inherit;min-height:2.75rem;padding:.4rem 1.1rem;border-radius:.4rem;border:1px solid var(--faint);background:var(--soft);color:var(--text);cursor:pointer;display:inline-block;text-decoration:none}
.who{display:flex;gap:.6rem;align-items:center;margin:0}
.actions{display:flex;flex-wrap:wrap;gap:.6rem;margin:.6rem 0}
.approve{border-color:var(--good);color:var(--good);font-weight:600}.deny{border-color:var(--bad);color:var(--bad);font-weight:600}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.notice{border:1px solid var(--bad);border-radius:.4rem;padding:.6rem .8rem}
.status{font-weight:600}
.search{display:grid;grid-template-columns:repeat(auto-fill,minmax(16rem,1fr));gap:.3rem 1rem}.search p{margin:.2rem 0}.search .actions{align-self:center}
input:not([type=hidden]){display:block;width:100%;min-height:2.75rem;font:inherit;color:inherit;background:var(--back);border:1px solid var(--faint);border-radius:.3rem;padding:.3rem .5rem}
`

/**
 * Looks for news without counting as a use of the session. It replaces what the server rendered by what the server
 * rendered, never while a reason is being written, and builds no markup of its own.
 */
export const SCRIPT = `'use strict'
const EVERY = 4000
function localTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.getAttribute('datetime'))
    time.title = time.textContent
    time.textContent = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
  }
}
async function look(parts, seen) {
  const answer = await fetch(location.pathname, { headers: { 'x-phigate-live': '1' }, redirect: 'manual' })
  if (answer.status === 401) location.assign('/signed-out')
  if (!answer.ok) return seen
  const text = await answer.text()
  if (seen === undefined || text === seen) return text
  const written = parts.some((part) => [...part.querySelectorAll('textarea')].some((area) => area.value !== ''))
  if (written) {
    document.getElementById('news').textContent = 'This review has changed. Load the page again to see it.'
    return text
  }
  const fresh = new DOMParser().parseFromString(text, 'text/html')
  localTimes(fresh)
  for (const part of parts) part.replaceChildren(...(fresh.getElementById(part.id)?.childNodes ?? []))
  return text
}
localTimes(document)
const parts = [...document.querySelectorAll('[data-live]')]
if (parts.length > 0) {
  let seen
  const again = () => {
    const next = document.hidden ? Promise.resolve(seen) : look(parts, seen)
    next.then((text) => { seen = text }, () => {}).finally(() => setTimeout(again, EVERY))
  }
  again()
}
`
