import { hoursOf, openNeeds, type Answer } from '../../approve/index.ts'
import type { Review } from '../../schema/index.ts'
import { conversation } from './conversation.ts'
import { html, type Content, type Html } from './html.ts'
import { titleOf } from './inbox.ts'
import { nameOf, time } from './layout.ts'
import type { Marks } from './marked.ts'
import { statusText } from './review-status.ts'

/** What one viewer may see of one review, and do. */
export interface Shown {
  readonly review: Review
  /** The masked body as it would leave; undefined for those who may not read it. */
  readonly body: string | undefined
  /** What the viewer could say now. */
  readonly may: readonly Answer[]
  /** Whether the sign-in is young enough for an answer. */
  readonly fresh: boolean
  readonly csrf: string
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Why an answer was not taken, and what had been written. */
  readonly problem?: { readonly message: string; readonly reason: string }
}

/** One review: what is asked and why, the conversation as it would leave, and the answer. */
export function reviewPage(shown: Shown): Html {
  const { review, body } = shown
  const types = new Set(Object.keys(review.totals))
  return html`<h1>${titleOf(review)}</h1>
    <div id="state" data-live>
      <p role="status" id="news" class="status">${statusText(review, shown.now)}</p>
      ${shown.may.length === 0 || body === undefined ? undefined : html`<p><a href="#answer">To your answer</a></p>`}
      ${facts(shown)}
    </div>
    ${body === undefined ? undefined : whatLeaves(review.id, body, { types })}
    <div id="answer" data-live>${answerForm(shown)}</div>`
}

function whatLeaves(id: string, body: string, marks: Marks): Html {
  return html`<h2>What would leave</h2>
    <p class="faint">
      Masked; what was masked is <mark>marked</mark>.
      <a href="/reviews/${id}/body">The whole body, byte for byte</a>
    </p>
    ${conversation(parsed(body), marks)}`
}

function facts({ review, now }: Shown): Html {
  const { principal, onBehalfOf, purpose, connection, model, session, patients, grant } = review
  const { requestReason } = review
  const signals = [...new Set(review.signals.map(({ name }) => name))]
  const rows: readonly (readonly [string, Content])[] = [
    ['Asked by', onBehalfOf === null ? principal : `${principal}, for ${onBehalfOf}`],
    ['Purpose', purpose ?? undefined],
    ['Connection', `${connection}${model === null ? '' : `, ${model}`}`],
    ['Why', review.reasons.map(({ message }) => html`<div>${message}</div>`)],
    ['Their reason', requestReason ?? undefined],
    ['Signals', signals.length === 0 ? undefined : signals.join(', ')],
    [
      'Found',
      Object.entries(review.totals).map(([type, count]) => html`<div>${type}: ${count}</div>`),
    ],
    ['Patients', patients.length],
    ['An approval holds for', holdsFor(review)],
    ['Needed', needs(review, now)],
    ['Said so far', review.approvals.length === 0 ? undefined : said(review)],
    ['Granted until', grant === null ? undefined : time(grant.until)],
    ['Asked', time(review.createdAt)],
    ['To be answered by', review.status === 'pending' ? time(review.expiresAt) : undefined],
    ['Session', session],
    ['Policy', review.policyRevision],
    ['Digest of the body', review.reviewDigest],
    ['Review', review.id],
  ]
  return html`<dl>
    ${rows.map(([name, value]) =>
      value === undefined
        ? undefined
        : html`<dt>${name}</dt>
            <dd>${value}</dd>`,
    )}
  </dl>`
}

const SCOPES: Readonly<Record<Review['scope'], string>> = {
  exchange: 'this request, once',
  session: 'this conversation, as tools, answers and sub-agents carry it on without anything new',
  job: 'every request of this job, within its limits',
}

/** What an approval covers, and for how long: what the reviewer answers for. */
function holdsFor({ scope, needs: all }: Review): Content {
  const seconds = Math.min(...all.map(({ ttlSeconds }) => ttlSeconds))
  const jobs = all.flatMap(({ job }) => (job === undefined ? [] : [job]))
  const limits = jobs.map(
    (job) =>
      html`<div>
        ${hoursOf(job)}; ${job.maxExchanges} requests and ${job.maxPatients} patients at most
      </div>`,
  )
  return html`${SCOPES[scope]}, within ${duration(seconds)} of it ${limits}`
}

function duration(seconds: number): string {
  const [unit, name] = UNITS.find(([size]) => seconds % size === 0) ?? [1, 'second']
  const count = seconds / unit
  return `${count} ${name}${count === 1 ? '' : 's'}`
}

const UNITS: readonly (readonly [number, string])[] = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
]

function needs(review: Review, now: number): Content {
  if (review.status !== 'pending') return undefined
  return openNeeds(review, now).map(({ groups, missing }, at) => {
    const of = groups.join(' or ')
    if (missing === 0) return html`<div>given by ${of}</div>`
    const open = `${missing} more of ${of}`
    const later = review.needs[at]?.escalate
    const since = review.createdAt + (later?.afterSeconds ?? 0) * 1000
    if (later === undefined || since <= now) return html`<div>${open}</div>`
    return html`<div>${open}, from ${time(since)} on also of ${later.groups.join(' or ')}</div>`
  })
}

function said(review: Review): Content {
  return review.approvals.map(
    ({ by, verdict, reason, at }) =>
      html`<div>${VERDICTS[verdict]} by ${nameOf(by)}, ${time(at)}: ${reason}</div>`,
  )
}

const VERDICTS: Readonly<Record<Review['approvals'][number]['verdict'], string>> = {
  approve: 'approved',
  deny: 'denied',
  revoke: 'revoked',
  renew: 'allowed once more',
  'break-glass': 'broke the glass',
  cancel: 'cancelled',
}

function answerForm({ review, may, fresh, csrf, problem }: Shown): Content {
  const notice =
    problem === undefined
      ? undefined
      : html`<p class="notice" role="alert" id="problem">${problem.message}</p>`
  if (may.length === 0) return notice
  if (!fresh) {
    return html`${notice}
      <p>
        Whoever answers has to have signed in a short while ago.
        <a class="button" href="/sign-in?again=1&amp;to=/reviews/${review.id}"
          >Sign in again to answer</a
        >
      </p>`
  }
  return html`<h2 id="answer-title">Your answer</h2>
    ${notice} ${may.includes('renew') ? html`<p>${LOST}</p>` : undefined}
    <form method="post" action="/reviews/${review.id}" aria-labelledby="answer-title">
      <input type="hidden" name="csrf" value="${csrf}" />
      <label for="reason">Reason (goes into the audit log; no patient's name)</label>
      <textarea
        id="reason"
        name="reason"
        required
        maxlength="500"
        ${problem === undefined ? undefined : html` aria-describedby="problem"`}
      >
${problem?.reason}</textarea>
      <div class="actions">${may.map((verb) => button(verb, review))}</div>
    </form>`
}

const LOST =
  'The way to Claude broke off under this request, so nobody knows whether it arrived. Allow it once more only where it does no harm twice.'

function button(verb: Answer, { status }: Review): Html {
  const label = (status === 'approved' ? AFTERWARDS : LABELS)[verb]
  const kind = verb === 'approve' || verb === 'renew' ? 'approve' : 'deny'
  return html`<button class="${kind}" name="verdict" value="${verb}">${label}</button>`
}

/** Where the glass was broken: the exchange did not wait for this answer. */
const AFTERWARDS = {
  approve: 'It was justified',
  deny: 'It was not justified',
  renew: 'Allow once more',
  revoke: 'Revoke the approval',
} as const satisfies Readonly<Record<Answer, string>>

const LABELS: Readonly<Record<Answer, string>> = {
  approve: 'Approve',
  deny: 'Deny',
  renew: 'Allow once more',
  revoke: 'Revoke the approval',
}

function parsed(body: string): unknown {
  try {
    return body === '' ? {} : JSON.parse(body)
  } catch {
    return body
  }
}
