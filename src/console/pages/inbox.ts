import { statusOf } from '../../approve/index.ts'
import type { Review } from '../../schema/index.ts'
import { html, type Html } from './html.ts'
import { nameOf, time } from './layout.ts'

/** Reviews by what they mean to the viewer, the newest first. */
export interface Inbox {
  readonly mine: readonly Review[]
  /** Pending as well, but for others to answer. */
  readonly others: readonly Review[]
  readonly answered: readonly Review[]
}

/** The list of reviews, replaced by the script when it has changed. */
export function inbox({ mine, others, answered }: Inbox): Html {
  return html`<h1>Reviews</h1>
    <div id="list" data-live>
      <p role="status" id="news" class="status">
        ${mine.length === 0 ? 'Nothing waits for you.' : `${mine.length} waiting for you.`}
      </p>
      ${list('Waiting for you', mine)} ${list('Waiting for others', others)}
      ${list('Answered lately', answered)}
    </div>`
}

function list(title: string, reviews: readonly Review[]): Html | undefined {
  if (reviews.length === 0) return undefined
  return html`<h2>${title}</h2>
    <ul class="list">
      ${reviews.map(item)}
    </ul>`
}

function item(review: Review): Html {
  const { id, reasons, principal, connection, model, createdAt, expiresAt, totals } = review
  const found = Object.values(totals).reduce((sum, count) => sum + count, 0)
  return html`<li>
    <a href="/reviews/${id}">${titleOf(review)}</a>
    <p>${reasons.map(({ message }) => message).join(' ')}</p>
    <p class="faint">
      ${nameOf(principal)} on ${connection}${model === null ? '' : `, ${model}`}; findings:
      ${found}; patients: ${review.patients.length}
    </p>
    <p class="faint">
      ${statusOf(review)}; asked
      ${time(createdAt)}${review.status === 'pending' ? html`, to be answered by ${time(expiresAt)}` : undefined}
    </p>
  </li>`
}

/** Reason codes: what policy says of it, in its own words. */
export function titleOf({ reasons, id }: Review): string {
  const codes = [...new Set(reasons.map(({ code }) => code))]
  return codes.length === 0 ? id : codes.join(', ')
}
