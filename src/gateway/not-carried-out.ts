import { GatewayError, type Receipt } from '../domain/index.ts'

/** A decision is in the log, and what has to be on disk with it is not: nothing is forwarded. */
export class NotCarriedOut extends GatewayError {
  /** The record that the refusal takes the place of. */
  readonly supersedes: number

  constructor(cause: GatewayError, { seq }: Receipt) {
    super(cause.code, cause.message, { cause })
    this.name = 'NotCarriedOut'
    this.supersedes = seq
  }
}
