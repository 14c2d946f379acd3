/** The policy cannot be loaded or gave no usable answer. The message names files and rules, never a value. */
export class PolicyError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'PolicyError'
  }
}
