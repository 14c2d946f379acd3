import type { Review } from '../../schema/index.ts'
import { html, type Html } from './html.ts'
import { nameOf, time } from './layout.ts'
import { statusText } from './review-status.ts'

/** Reviews by what they mean to the viewer, the newest first. */
export interface Inbox {
  /** To be answered, to be looked at afterwards, or to be allowed once more. */
  readonly mine: readonly Review[]
  /** Pending as well, but for others to answer. */
  readonly others: readonly Review[]
  readonly answered: readonly Review[]
}

/** The list of reviews, replaced by the script when it has changed. */
export function inbox({ mine, others, answered }: Inbox, now: number): Html {
  return html`<h1>Reviews</h1>
    <div id="list" data-live>
      <p role="status" id="news" class="status">
        ${mine.length === 0 ? 'Nothing waits for you.' : `${mine.length} waiting for you.`}
      </p>
      ${list('Waiting for you', mine, now)} ${list('Waiting for others', others, now)}
      ${list('Answered lately', answered, now)}
    </div>`
}

/** More would be longer than anybody reads, and than a page should be. */
const MOST_LISTED = 200

function list(title: string, reviews: readonly Review[], now: number): Html | undefined {
  if (reviews.length === 0) return undefined
  const more = reviews.length - MOST_LISTED
  return html`<h2>${title}</h2>
    <ul class="list">
      ${reviews.slice(0, MOST_LISTED).map((review) => item(review, now))}
    </ul>
    ${more > 0 ? html`<p class="faint">And ${more} more, asked before these.</p>` : undefined}`
}

function item(review: Review, now: number): Html {
  const { id, reasons, principal, connection, model, createdAt, expiresAt, totals } = review
  const found = Object.values(totals).reduce((sum, count) => sum + count, 0)
  return html`<li>
    <a href="/reviews/${id}">${reasons.map(({ message }) => message).join(' ') || id}</a>
    <p class="faint">
      ${titleOf(review)}; ${nameOf(principal)} on
      ${connection}${model === null ? '' : `, ${model}`}; findings: ${found}; patients:
      ${review.patients.length}; …${id.slice(-6)}
    </p>
    <p class="faint">
      ${statusText(review, now)}; asked
      ${time(createdAt)}${review.status === 'pending' ? html`, to be answered by ${time(expiresAt)}` : undefined}
    </p>
  </li>`
}

/** Reason codes: what policy says of it, in its own words. */
export function titleOf({ reasons, id }: Review): string {
  const codes = [...new Set(reasons.map(({ code }) => code))]
  return codes.length === 0 ? id : codes.join(', ')
}
